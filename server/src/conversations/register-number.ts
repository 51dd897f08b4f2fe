import type { Context } from '../platform/context.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { applyFacts } from './apply-facts.ts';
import { metaFor } from './ask-meta.ts';
import { accessTo, numberAndAccount } from './find-number.ts';
import { readAtMeta } from './read-at-meta.ts';
import { checkPin, registerAtMeta } from './register-at-meta.ts';
import { resumed } from './resume-number.ts';
import { NumberStatus, type WhatsappNumber } from './whatsapp-number.ts';

/** Meta's codes for messages of a number that has to be registered, once more or at all. */
const UNREGISTERED = new Set([131045, 133000, 133010]);

/** Whether Meta stopped a number for want of a registration. */
export function isUnregistered({ status, pausedCode }: WhatsappNumber): boolean {
  return status === NumberStatus.PAUSED && pausedCode !== null && UNREGISTERED.has(pausedCode);
}

/**
 * Registers a connected number at Meta, once more where it was; one that Meta stopped for want of it sends again. Throws NOT_FOUND, BAD_INPUT,
 * NUMBER_UNAVAILABLE for one that is no longer connected, and what `registerAtMeta` throws.
 */
export async function registerNumber(
  ctx: Context,
  input: { whatsappNumberId: string; pin: string },
): Promise<{ whatsappNumber: WhatsappNumber }> {
  const cloudApi = metaFor(ctx);
  const pin = checkPin(input.pin);
  const access = await accessTo(ctx, input.whatsappNumberId);
  const facts = await readAtMeta(cloudApi, access);
  await registerAtMeta(cloudApi, access, pin);
  return ctx.command(async (tx) => {
    const { number, account } = await numberAndAccount(tx, input.whatsappNumberId);
    if (number.status === NumberStatus.DISCONNECTED)
      throw new RuleBroken('NUMBER_UNAVAILABLE', 'This number was disconnected in the meantime.', ['whatsappNumberId']);
    await applyFacts(tx, number, account, facts, ctx.services.clock.now());
    if (isUnregistered(number)) resumed(tx, number, ctx.services.clock.now());
    tx.record({ kind: 'NUMBER_CHANGED', subjectId: number.id, status: number.status });
    return { whatsappNumber: number };
  });
}
