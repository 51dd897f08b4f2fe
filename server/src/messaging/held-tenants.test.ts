import { expect, it } from 'vitest';
import { HeldTenants } from './held-tenants.ts';
import type { InboxWork } from './inbox-work.ts';

const MEGABYTE = 1 << 20;

function work(id: string, bytes: number): InboxWork {
  return { body: { receivedOn: '2026-11-24', id, raw: Buffer.alloc(bytes) }, tenants: new Set(['one']) } as unknown as InboxWork;
}

it('of a held tenant no more than 64 MB of bodies wait in memory, and none that would go beyond', () => {
  const held = new HeldTenants();
  held.hold('one', [work('a', 60 * MEGABYTE), work('b', 5 * MEGABYTE)]);
  held.hold('one', [work('c', 4 * MEGABYTE), work('d', 1)]);
  expect(held.bodyIds()).toEqual(['a', 'c']);
});

it('what was taken out makes room again', async () => {
  const held = new HeldTenants({ bodies: 2, bytes: 10 });
  held.hold('one', [work('a', 6), work('b', 4), work('c', 0)]);
  expect(held.bodyIds()).toEqual(['a', 'b']);
  await expect.poll(() => held.takeDue()?.works.length).toBe(2);
  held.hold('one', [work('d', 10), work('e', 0), work('f', 0)]);
  expect(held.bodyIds()).toEqual(['d', 'e']);
});
