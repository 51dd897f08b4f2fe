import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSchema } from '../src/api/schema.ts';
import { answerTo, type Caller, type Callers, callersOf } from './walk/callers.ts';
import { operationFor, type Values, valuesFor } from './walk/operations.ts';
import { type Place, placesOf } from './walk/places.ts';
import { wayTo } from './walk/selection.ts';
import { makeWorld, type World } from './walk/world.ts';

const schema = createSchema();
const places = placesOf(schema).filter((place) => place.on !== 'Subscription');

let world: World;
let callers: Callers;
const pages: Record<string, { ours: string; theirs: string }> = {};
beforeAll(async () => {
  world = await makeWorld(schema);
  callers = await callersOf(world);
  const theirOwner: Caller = { name: 'their owner', headers: { authorization: `Bearer ${world.theirs.apiKeys.owner}` } };
  for (const subject of new Set(places.filter((place) => place.holds === 'page').map((place) => place.subject))) {
    pages[subject] = { ours: await cursorOf(subject, callers.owner), theirs: await cursorOf(subject, theirOwner) };
  }
});
afterAll(() => world.app.close());

async function cursorOf(subject: string, caller: Caller): Promise<string> {
  const way = [...(wayTo(schema, `${subject}Edge`) ?? []), 'cursor'];
  const query = way.reduceRight((inner, name) => `{ ${name} ${inner} }`, '');
  const answer = await answerTo(world.app.url, caller, { query, variables: {} });
  return /"cursor":"([^"]+)"/.exec(answer)?.[1] ?? '';
}

const ask = (caller: Caller, place: Place, value: string) =>
  answerTo(world.app.url, caller, operationFor(schema, world, place, value));

/** An answer without what was asked for, and where a command may have succeeded without what it made. */
function plain(answer: string, { subject }: Place, ...values: string[]): string {
  const echoed = values.reduce((text, value) => text.replaceAll(value, '<asked>'), answer);
  if (subject !== 'IdempotencyKey') return echoed;
  return echoed.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>');
}

const leaks = (answer: string, ...asked: string[]) =>
  world.theirCanaries.filter((canary) => !asked.includes(canary) && answer.toLowerCase().includes(canary.toLowerCase()));

test('the walk knows every place of the schema that takes an id or a cursor', () => {
  expect(places.length).toBeGreaterThan(20);
});

describe.each(places.map((place) => [place.name, place] as const))('%s', (_name, place) => {
  let values: Values;
  beforeAll(() => void (values = valuesFor(place, world, pages)));

  test("answers every role of ours alike for another tenant's and for one that does not exist", async () => {
    for (const caller of callers.ours) {
      const [theirs, none] = [await ask(caller, place, values.theirs), await ask(caller, place, values.none)];
      expect(plain(theirs, place, values.theirs), caller.name).toBe(plain(none, place, values.none));
      expect(theirs, caller.name).not.toContain('INTERNAL_SERVER_ERROR');
      expect(theirs, caller.name).not.toContain('GRAPHQL_VALIDATION_FAILED');
      expect(leaks(theirs, values.theirs), caller.name).toEqual([]);
    }
  });

  test('answers strangers alike, whatever they ask for', async () => {
    const expected = await ask(callers.nobody, place, values.none);
    expect(expected).toContain('UNAUTHENTICATED');
    for (const caller of callers.strangers) {
      for (const value of [values.theirs, values.ours]) {
        expect(plain(await ask(caller, place, value), place, value), caller.name).toBe(plain(expected, place, values.none));
      }
    }
  });
});

const ids = places.filter((place) => place.holds === 'id' && place.subject !== 'IdempotencyKey');

describe('ids of any other kind, ours and theirs, and what is no id at all, are as good as none', () => {
  test.each(ids.map((place) => [place.name, place] as const))('%s', async (_name, place) => {
    const values = valuesFor(place, world, pages);
    const expected = plain(await ask(callers.owner, place, values.none), place, values.none);
    const others = Object.entries(world.ourIds).filter(([type]) => type !== place.subject);
    const wrong = [...Object.values(world.theirIds), ...others.map(([, own]) => own)].map((own) => own[0] as string);
    for (const value of [
      ...wrong,
      world.theirs.id,
      world.ours.id,
      values.ours.toUpperCase(),
      'nonsense',
      "' or 1=1 --",
      '\u0000',
    ]) {
      const answer = await ask(callers.owner, place, value);
      expect(plain(answer, place, value), value).toBe(expected);
      expect(leaks(answer, value), value).toEqual([]);
    }
  });
});

describe('what is ours is found in the same places, so that the walk says something', () => {
  test.each(places.map((place) => [place.name, place] as const))('%s', async (_name, place) => {
    const values = valuesFor(place, world, pages);
    const ours = await ask(callers.owner, place, values.ours);
    if (place.holds === 'page') expect(ours).toMatch(/^200 {"data":{"(?!.*"errors")/);
    else
      expect(plain(ours, place, values.ours)).not.toBe(plain(await ask(callers.owner, place, values.none), place, values.none));
  });
});
