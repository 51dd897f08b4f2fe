import { describe, expect, it } from 'vitest';
import { createLog } from '../platform/log.ts';
import type { QueuedSend } from './queued-send.ts';
import { Returns } from './return-sends.ts';

const log = createLog({ level: 'silent' });

function sendOf(messageId: string, contactId = 'customer'): QueuedSend {
  return { tenantId: 'tenant', messageId, numberId: 'number', contactId, attempt: 1, tries: 0, unreached: 0, lease: '' };
}

describe('sends on their way back', () => {
  it('are ahead of newer ones to the same customer until they are in the queue and no earlier claim is under way', async () => {
    const written = Promise.withResolvers<void>();
    const claimed = Promise.withResolvers<void>();
    const returns = new Returns({ run: async <T>() => (await written.promise) as T }, log);
    const claiming = returns.during(() => claimed.promise);
    let isBack = false;
    const back = returns.add({ send: sendOf('2'), delayMs: 1_000 }).then(() => (isBack = true));
    expect(returns.isAheadOf(sendOf('3'))).toBe(true);
    expect(returns.isAheadOf(sendOf('1'))).toBe(false);
    expect(returns.isAheadOf(sendOf('3', 'another'))).toBe(false);
    written.resolve();
    await new Promise((turned) => setTimeout(turned, 10));
    expect(isBack).toBe(false);
    expect(returns.isAheadOf(sendOf('3'))).toBe(true);
    claimed.resolve();
    await Promise.all([claiming, back]);
    expect(returns.isAheadOf(sendOf('3'))).toBe(false);
  });

  it("are in nobody's way once they could not be put back", async () => {
    const returns = new Returns({ run: () => Promise.reject(new Error('away')) }, log);
    await returns.add({ send: sendOf('1'), delayMs: 0 });
    expect(returns.isAheadOf(sendOf('2'))).toBe(false);
  });
});
