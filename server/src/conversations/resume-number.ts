import { WORK_BELL } from '../platform/bus.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { numberToChange } from './find-number.ts';
import { NumberStatus, type WhatsappNumber } from './whatsapp-number.ts';

/**
 * Lets a paused number send again: what waited goes out at once. A number that still cannot send pauses itself anew.
 * Throws NOT_FOUND, and NUMBER_UNAVAILABLE for one that is no longer connected.
 */
export async function resumeNumber(
  ctx: Context,
  input: { whatsappNumberId: string },
): Promise<{ whatsappNumber: WhatsappNumber }> {
  return ctx.command(async (tx) => {
    const whatsappNumber = await numberToChange(tx, input.whatsappNumberId);
    if (whatsappNumber.status === NumberStatus.DISCONNECTED)
      throw new RuleBroken('NUMBER_UNAVAILABLE', 'This number is disconnected. Connect it again instead.', ['whatsappNumberId']);
    if (whatsappNumber.status === NumberStatus.CONNECTED) return { whatsappNumber };
    resumed(tx, whatsappNumber, ctx.services.clock.now());
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: whatsappNumber.id, status: NumberStatus.CONNECTED });
    return { whatsappNumber };
  });
}

/** Sets a number to sending, without a word of why it did not. What is known from before `now` pauses it no more. */
export function resumed(tx: Transaction, number: WhatsappNumber, now: Date): void {
  Object.assign(number, {
    status: NumberStatus.CONNECTED,
    pausedReason: null,
    pausedBy: null,
    pausedCode: null,
    resumedAt: now,
  });
  tx.ring(WORK_BELL);
}
