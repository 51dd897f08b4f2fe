import { isRequiredArgument, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assembleSchema, createSchema } from '../src/api/schema.ts';
import { Conversation } from '../src/conversations/conversation.ts';
import { SYSTEM_ROLES } from '../src/identity/role.ts';
import { asTenant } from '../src/platform/database.ts';
import { guardSchema } from '../src/platform/guard.ts';
import { askInside } from './walk/ask-inside.ts';
import { placesOf } from './walk/places.ts';
import { selectAll } from './walk/selection.ts';
import { makeWorld, type World } from './walk/world.ts';

const DEPTH = 6;
const schema = createSchema();
const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
const roles = Object.keys(SYSTEM_ROLES);

let world: World;
beforeAll(async () => void (world = await makeWorld(schema)));
afterAll(() => world.app.close());

/** The field with a selection, by default all that can be selected below it, its required arguments being ids of ours. */
function everythingOf(field: GraphQLField<unknown, unknown>, selection = selectAll(field.type, DEPTH, 1)): string {
  const places = placesOf(schema).filter(
    (place) => place.on === 'Query' && place.field.name === field.name && place.path.length === 1,
  );
  const required = field.args.filter(isRequiredArgument).map((arg) => {
    if (field.name === 'messagePrice') return `${arg.name}: { conversationId: "${world.ourConversation}" }`;
    const subject = places.find((place) => place.path[0] === arg.name)?.subject ?? '';
    const id = world.ourIds[subject]?.[0];
    if (!id) throw new Error(`Query.${field.name} needs ${arg.name}: teach the walk what to give.`);
    return `${arg.name}: "${id}"`;
  });
  return `{ ${field.name}${required.length ? `(${required.join(', ')})` : ''}${selection} }`;
}

const found = (answer: string, canaries: string[]) => canaries.filter((canary) => answer.includes(canary));

describe.each(roles)('everything %s can read, selected six levels deep', (role) => {
  test.each(queries.map((field) => [field.name, field] as const))(
    '%s holds nothing of the other tenant',
    async (_name, field) => {
      const answer = await askInside(world.app, schema, world.ours.apiKeys[role] ?? '', everythingOf(field));
      expect(found(answer, world.theirCanaries)).toEqual([]);
      const { errors = [] } = JSON.parse(answer) as { errors?: { message: string }[] };
      expect(errors.filter((error) => !error.message.startsWith('You may not see or do this'))).toEqual([]);
    },
  );
});

test('an owner is shown all of the own canaries by the same selections, so that their absence says something', async () => {
  const answers: string[] = [];
  for (const field of queries)
    answers.push(await askInside(world.app, schema, world.ours.apiKeys.owner ?? '', everythingOf(field)));
  const all = answers.join('\n');
  expect(world.ourCanaries.filter((canary) => !all.includes(canary))).toEqual([]);
});

describe('a resolver that gets hold of a conversation of the other tenant', () => {
  /** The schema with such a resolver below the guard, or without any guard. */
  function sabotaged(isGuarded: boolean) {
    const built = assembleSchema();
    const theirs = async () => {
      const em = asTenant(world.app.services.database.orm, world.theirs.id);
      return em.findOneOrFail(Conversation, { id: world.theirIds.Conversation?.[0] ?? '' });
    };
    const fields = built.getQueryType()?.getFields() ?? {};
    const [single, list] = [fields['conversation'], fields['conversations']];
    if (!single || !list) throw new Error('These fields are gone: sabotage others.');
    single.resolve = theirs;
    list.resolve = async () => ({
      nodes: [await theirs()],
      edges: [{ cursor: '', node: await theirs() }],
      pageInfo: { hasNextPage: false, hasPreviousPage: false },
    });
    return isGuarded ? guardSchema(built) : built;
  }

  // Its customer alone: what is read anew for the number beside it the database does not show, and a null where none may be takes the whole answer with it.
  const customer = `{ contact${selectAll(schema.getType('Contact') as GraphQLObjectType, 1)} }`;
  const unguarded = { conversation: customer, conversations: `{ nodes ${customer} }` };
  const ask = (isGuarded: boolean, role: string, name: 'conversation' | 'conversations') => {
    const field = queries.find((query) => query.name === name);
    if (!field) throw new Error('no such field');
    return askInside(
      world.app,
      sabotaged(isGuarded),
      world.ours.apiKeys[role] ?? '',
      everythingOf(field, isGuarded ? undefined : unguarded[name]),
    );
  };

  test.each(['conversation', 'conversations'] as const)(
    '%s: shows it without the guard, and the walk sees that',
    async (name) => {
      for (const role of roles) expect(found(await ask(false, role, name), world.theirCanaries), role).not.toEqual([]);
    },
  );

  test.each(['conversation', 'conversations'] as const)('%s: is refused by the guard, for every role', async (name) => {
    for (const role of roles) {
      const answer = await ask(true, role, name);
      expect(found(answer, world.theirCanaries), role).toEqual([]);
      expect(answer).toContain('FORBIDDEN');
    }
  });
});
