import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../read-envelope.ts';
import { CORPUS } from './corpus.ts';

type Place = [holder: Record<string, unknown> | unknown[], key: string | number];

/** Every place of a JSON document where something else could stand. */
function placesOf(document: unknown): Place[] {
  const places: Place[] = [];
  const waiting = [document];
  for (let holder = waiting.pop(); holder !== undefined; holder = waiting.pop()) {
    if (typeof holder !== 'object' || holder === null) continue;
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder as Record<string, unknown>, Array.isArray(holder) ? Number(key) : key]);
      if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return places;
}

interface Damage {
  at: number;
  /** Makes it anew each time: damage done to damage must not tie a knot. */
  by: () => unknown;
}

function damaged(document: unknown, damages: readonly Damage[]): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(document));
  for (const { at, by } of damages) {
    const places = placesOf(copy);
    const place = places[at % Math.max(1, places.length)];
    if (place) (place[0] as Record<string | number, unknown>)[place[1]] = by();
  }
  return copy;
}

const ODD = fc
  .oneof(
    fc.constantFrom<unknown>(null, undefined, '', '\0', '\ud800', -1, 0, 1e308, Number.NaN, true, [], {}, [[]], [null]),
    fc.constantFrom('constructor', '__proto__', 'toString', 'text', 'edit', 'system', '1790000000', 'DE.4410A', '+4915550001'),
    fc.jsonValue(),
  )
  .map((value) => () => structuredClone(value));

describe('a damaged webhook', () => {
  it('never makes the reader throw, and whatever is read has the types it claims', () => {
    const damage = fc.record({ at: fc.nat(500), by: ODD });
    const payload = fc.constantFrom(...CORPUS);
    fc.assert(
      fc.property(payload, fc.array(damage, { minLength: 1, maxLength: 6 }), ({ body }, damages) => {
        for (const change of readEnvelope(damaged(body, damages)).changes) {
          for (const { content, media, wamid, at } of change.messages) {
            expect(wamid).toMatch(/^[\x21-\x7e]{1,256}$/);
            expect(Number.isSafeInteger(at)).toBe(true);
            expect(content.text === null || typeof content.text === 'string').toBe(true);
            // It can be sealed as JSON, and PostgreSQL can hold it.
            const stored = JSON.stringify({ content, media });
            expect(stored).not.toContain('\\u0000');
            expect(stored.isWellFormed()).toBe(true);
          }
          for (const notice of change.notices) expect(typeof notice.kind).toBe('string');
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('never makes the reader recurse, however deep its pieces are', () => {
    const deep: unknown = JSON.parse(`${'{"a":['.repeat(10_000)}${']}'.repeat(10_000)}`);
    for (const { body } of CORPUS) {
      const count = placesOf(body).length;
      for (let at = 0; at < count; at++) {
        const read = readEnvelope(damaged(body, [{ at, by: () => deep }]));
        expect(read.changes.length).toBeLessThanOrEqual(1);
      }
    }
  });

  it('does not follow edits of edits', () => {
    let message: object = { type: 'text', text: { body: 'Hi' } };
    for (let depth = 0; depth < 10_000; depth++) message = { type: 'edit', edit: { original_message_id: 'wamid.A', message } };
    const wire = { ...message, id: 'wamid.E', from: '4915550001', timestamp: '1790000000' };
    const value = { metadata: { phone_number_id: '7001' }, messages: [wire] };
    const read = readEnvelope({
      object: 'whatsapp_business_account',
      entry: [{ id: '9001', changes: [{ field: 'messages', value }] }],
    });
    expect(read).toMatchObject({
      rejectCount: 1,
      rejects: [{ reason: 'no content', path: 'entry[0].changes[0].value.messages[0].edit' }],
    });
  });
});
