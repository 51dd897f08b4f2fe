import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../src/api/schema.ts';
import { SYSTEM_ROLES } from '../src/identity/role.ts';
import { ask, socket } from './harness/client.ts';
import { until } from './harness/until.ts';
import { type Place, placesOf } from './walk/places.ts';
import { selectAll } from './walk/selection.ts';
import { makeWorld, type World } from './walk/world.ts';

const schema = createSchema();
const fields = Object.values(schema.getSubscriptionType()?.getFields() ?? {});
const places = placesOf(schema).filter((place) => place.on === 'Subscription');
const roles = Object.keys(SYSTEM_ROLES);
const DEPTH = 4;

let world: World;
beforeAll(async () => void (world = await makeWorld(schema)));
afterAll(() => world.app.close());

interface Wanted {
  field: string;
  /** Arguments as GraphQL writes them. */
  args: string;
}

/**
 * Subscribes with a key to all of these at once and gives, for each, the text of everything that came, errors included, until both
 * tenants have had another change.
 */
async function listen(apiKey: string, wanted: Wanted[]): Promise<string[]> {
  const client = socket(world.app.url, { apiKey });
  const heard = wanted.map(() => '');
  const ended = wanted.map(() => false);
  wanted.forEach(({ field, args }, index) => {
    const type = fields.find((one) => one.name === field)?.type;
    if (!type) throw new Error(`There is no subscription ${field}.`);
    client.subscribe(
      { query: `subscription { ${field}${args}${selectAll(type, DEPTH)} }` },
      {
        next: (value) => void (heard[index] += JSON.stringify(value)),
        error: (error) => void ((heard[index] += JSON.stringify(error)), (ended[index] = true)),
        complete: () => void (ended[index] = true),
      },
    );
  });
  // Once all are at the live end, whatever the others are sent has been sent when a later event has come here.
  let last = '';
  client.subscribe(
    { query: `subscription { eventRecorded(after: "${world.ourStart}") { subjectId kind } }` },
    { next: (value) => void (last = JSON.stringify(value)), error: () => undefined, complete: () => undefined },
  );
  await until(() => last !== '' && world.app.app.hub?.size === wanted.length + 1 - ended.filter(Boolean).length);
  await change(world.theirs.apiKeys.owner ?? '', world.theirIds.Conversation?.[2] ?? '');
  for (const id of [world.ourIds.Conversation?.[0] ?? '', world.ourIds.Conversation?.[2] ?? '']) {
    last = '';
    await change(world.ours.apiKeys.owner ?? '', id);
    await until(() => last.includes(id));
  }
  await client.dispose();
  return heard;
}

let isGiven = false;

/** Gives a conversation to somebody or to nobody, so that something changes each time. */
async function change(apiKey: string, conversationId: string): Promise<void> {
  const members = await ask(world.app.url, { apiKey }, '{ members { id } }');
  isGiven = !isGiven;
  const input = { conversationId, memberId: isGiven ? members.data?.members[1].id : members.data?.members[2].id };
  await ask(
    world.app.url,
    { apiKey },
    'mutation($input: AssignConversationInput!) { assignConversation(input: $input) { userErrors { code } } }',
    { input },
  );
}

const ABOUT: Record<string, () => string | undefined> = { templateChanged: () => world.ourIds.Template?.[0] };

const found = (answer: string, canaries: string[]) => canaries.filter((canary) => answer.includes(canary));

describe.each(roles)('a key of %s', (role) => {
  test('hears all that ever happened to us and all that happens now, and nothing of the other tenant', async () => {
    const all = fields.map(({ name }) => ({ field: name, args: `(after: "${world.ourStart}")` }));
    const heard = await listen(world.ours.apiKeys[role] ?? '', all);
    heard.forEach((text, index) => {
      expect(found(text, world.theirCanaries), fields[index]?.name).toEqual([]);
      // What is about something else than conversations is heard of as well.
      expect(text, fields[index]?.name).toContain(ABOUT[fields[index]?.name ?? '']?.() ?? world.ourConversation);
      expect(text, fields[index]?.name).not.toContain('"errors"');
    });
  });

  test("hears for another tenant's ids and cursors what it hears for those that do not exist", async () => {
    const pairs = places.flatMap((place) => {
      const { theirs, none } = valuesOf(place);
      const args = (value: string) => {
        const from = place.path[0] === 'after' ? '' : `, after: "${world.ourStart}"`;
        return { field: place.field.name, args: `(${place.path[0]}: "${value}"${from})` };
      };
      return [args(theirs), args(none)];
    });
    const heard = await listen(world.ours.apiKeys[role] ?? '', pairs);
    places.forEach((place, index) => {
      const [theirs = '', none = ''] = heard.slice(index * 2, index * 2 + 2);
      expect(theirs, place.name).toBe(none);
      expect(found(theirs, world.theirCanaries), place.name).toEqual([]);
      if (place.holds === 'log') expect(theirs, place.name).toContain('RESYNC_REQUIRED');
    });
  });
});

function valuesOf({ holds, subject, name }: Place): { theirs: string; none: string } {
  if (holds === 'log') {
    const bytes = Buffer.from(world.theirCursor, 'base64url').map((byte, index) =>
      index > 0 && index < 9 ? ~byte & 0xff : byte,
    );
    return { theirs: world.theirCursor, none: Buffer.from(bytes).toString('base64url') };
  }
  const theirs = world.theirIds[subject]?.[0];
  if (!theirs) throw new Error(`${name}: the world holds no ${subject} to ask for.`);
  return { theirs, none: `${theirs.slice(0, -6)}f00f00` };
}

test('the walk knows every place of a subscription', () => {
  expect(places.map((place) => place.name)).toEqual(
    fields.flatMap((field) =>
      field.args.filter((arg) => arg.name !== 'kinds').map((arg) => `Subscription.${field.name}(${arg.name})`),
    ),
  );
});

describe('whoever holds nothing that is good here', () => {
  test.each(['a revoked key', 'a removed member', 'nobody', 'our key that names their tenant'])(
    '%s hears nothing',
    async (who) => {
      const theirs = { 'x-tenant-id': world.theirs.id };
      const headers: Record<string, Record<string, string>> = {
        'a revoked key': { authorization: `Bearer ${world.revokedKey}` },
        'a removed member': { cookie: world.removedSession },
        nobody: {},
        'our key that names their tenant': { authorization: `Bearer ${world.ours.apiKeys.owner}`, ...theirs },
      };
      for (const { name } of fields) {
        const response = await fetch(`${world.app.url}/graphql/stream`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers[who] },
          body: JSON.stringify({ query: `subscription { ${name} { __typename } }` }),
        });
        expect(response.status, name).toBe(401);
        expect(await response.json(), name).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
      }
    },
  );
});
