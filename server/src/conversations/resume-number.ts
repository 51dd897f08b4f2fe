import { WORK_BELL } from '../platform/bus.ts';
import type { Context } from '../platform/context.ts';
import { findById } from '../platform/find-by-id.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { NumberStatus, WhatsappNumber } from './whatsapp-number.ts';

/**
 * Lets a paused number send again: what waited goes out at once. A number that still cannot send pauses itself anew.
 * Throws NOT_FOUND.
 */
export async function resumeNumber(
  ctx: Context,
  input: { whatsappNumberId: string },
): Promise<{ whatsappNumber: WhatsappNumber }> {
  return ctx.command(async (tx) => {
    const whatsappNumber = await findById(tx.em, WhatsappNumber, input.whatsappNumberId);
    if (!whatsappNumber) throw new RuleBroken('NOT_FOUND', 'No such WhatsApp number.', ['whatsappNumberId']);
    if (whatsappNumber.status === NumberStatus.CONNECTED) return { whatsappNumber };
    whatsappNumber.status = NumberStatus.CONNECTED;
    whatsappNumber.pausedReason = null;
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: whatsappNumber.id, status: NumberStatus.CONNECTED });
    tx.ring(WORK_BELL);
    return { whatsappNumber };
  });
}
