import type { Context } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { isLonger } from '../whatsapp/limits.ts';
import { numberToChange } from './find-number.ts';
import { NumberStatus, PausedBy, type WhatsappNumber } from './whatsapp-number.ts';

const REASON_MAX = 200;

/**
 * Stops a number from sending: what is written from now on waits until somebody resumes it, and it goes on receiving. Throws NOT_FOUND, BAD_INPUT, and
 * NUMBER_UNAVAILABLE for one that is no longer connected.
 */
export async function pauseNumber(
  ctx: Context,
  input: { whatsappNumberId: string; reason: string },
): Promise<{ whatsappNumber: WhatsappNumber }> {
  const reason = input.reason.trim();
  if (!reason || isLonger(reason, REASON_MAX))
    throw new RuleBroken('BAD_INPUT', `Say why, in up to ${REASON_MAX} characters: your colleagues will see it.`, ['reason']);
  return ctx.command(async (tx) => {
    const whatsappNumber = await numberToChange(tx, input.whatsappNumberId);
    if (whatsappNumber.status === NumberStatus.DISCONNECTED)
      throw new RuleBroken('NUMBER_UNAVAILABLE', 'This number is disconnected: it sends nothing.', ['whatsappNumberId']);
    const { status, pausedReason, pausedBy } = whatsappNumber;
    if (status === NumberStatus.PAUSED && pausedReason === reason && pausedBy === PausedBy.PERSON) return { whatsappNumber };
    Object.assign(whatsappNumber, {
      status: NumberStatus.PAUSED,
      pausedReason: reason,
      pausedBy: PausedBy.PERSON,
      pausedCode: null,
    });
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: whatsappNumber.id, status: NumberStatus.PAUSED });
    return { whatsappNumber };
  });
}
