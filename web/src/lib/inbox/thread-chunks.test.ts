import { describe, expect, it } from 'vitest';
import { holds, newest, startOfLast, withMessage, withOlder, type Chunks, type Ordered } from './thread-chunks.ts';

const id = (n: number) => String(n).padStart(6, '0');
const message = (n: number, status: Ordered['status'] = 'SENT'): Ordered => ({ id: id(n), status, attempt: 1 });
const thread = (...numbers: number[]) =>
  numbers.reduce<Chunks<Ordered>>((chunks, n) => withMessage(chunks, message(n), false), []);
const ids = (chunks: Chunks<Ordered>) => chunks.flat().map((held) => Number(held.id));

describe('the loaded part of a thread', () => {
  it('is in the order of ids, whatever order messages arrive in', () => {
    expect(ids(thread(3, 1, 2, 5, 4))).toEqual([1, 2, 3, 4, 5]);
  });

  it('holds a message once', () => {
    expect(ids(thread(1, 2, 2, 1))).toEqual([1, 2]);
  });

  it('never takes a tick back', () => {
    const read = withMessage(thread(1), message(1, 'READ'), false);
    expect(withMessage(read, message(1, 'SENT'), false)).toBe(read);
  });

  it('puts older pages before it and keeps what it knows better', () => {
    const chunks = withMessage(thread(10, 11), message(10, 'READ'), false);
    const longer = withOlder(chunks, [message(9), message(8), message(10)]);
    expect(ids(longer)).toEqual([8, 9, 10, 11]);
    expect(longer.flat()[2]?.status).toBe('READ');
  });

  it('leaves a message from before everything loaded to the older pages', () => {
    const chunks = thread(10, 11);
    expect(withMessage(chunks, message(3), true)).toBe(chunks);
    expect(ids(withMessage(chunks, message(3), false))).toEqual([3, 10, 11]);
  });

  it('touches only the run that changed, and keeps runs short', () => {
    const before = thread(...Array.from({ length: 160 }, (_, n) => n + 1));
    expect(before.length).toBeGreaterThan(2);
    const after = withMessage(before, message(160, 'READ'), false);
    expect(after.slice(0, -1).every((chunk, at) => chunk === before[at])).toBe(true);
    expect(after.at(-1)).not.toBe(before.at(-1));
  });

  it('finds the newest that passes, the start of the last few, and what it holds', () => {
    const chunks = thread(1, 2, 3, 4);
    const even = (held: Ordered) => Number(held.id) % 2 === 0;
    expect(newest(chunks, even)?.id).toBe(id(4));
    expect(startOfLast(chunks, 2, even)?.id).toBe(id(2));
    expect(startOfLast(chunks, 0, even)).toBeUndefined();
    expect([holds(chunks, id(3)), holds(chunks, id(9))]).toEqual([true, false]);
  });
});
