import { describe, expect, it } from 'vitest';
import { standings, type Spoken } from './turns.ts';

const said = (id: string, direction: string, day: number, author?: string): Spoken => ({
  id,
  direction,
  sentAt: new Date(2026, 0, day, 10).toISOString(),
  author: author ? { id: author } : null,
});
const marks = (messages: Spoken[], before?: Spoken) =>
  standings(messages, before)
    .map(({ beginsDay, beginsTurn }) => (beginsDay ? 'd' : beginsTurn ? 't' : '-'))
    .join('');

describe('turns and days', () => {
  it('begin with a speaker, a colleague, a day', () => {
    expect(
      marks([
        said('1', 'INBOUND', 1),
        said('2', 'INBOUND', 1),
        said('3', 'OUTBOUND', 1, 'a'),
        said('4', 'OUTBOUND', 1, 'b'),
        said('5', 'OUTBOUND', 2, 'b'),
      ]),
    ).toBe('d-ttd');
  });

  it('go on from the run before', () => {
    expect(marks([said('2', 'INBOUND', 1)], said('1', 'INBOUND', 1))).toBe('-');
  });
});
