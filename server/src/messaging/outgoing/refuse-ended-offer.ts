import type { Context } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { partsOf } from '../content/parts-of.ts';
import type { MessageRow } from '../messages-by-id.ts';

/** Throws BAD_TIME for an offer that would have ended at this time. */
export async function refuseEndedOffer(ctx: Context, message: MessageRow, at: Date, field: string[]): Promise<void> {
  if (message.kind !== 'TEMPLATE') return;
  const { template } = await partsOf(message, ctx);
  const expiresAt = template?.offer?.expiresAt;
  if (expiresAt !== undefined && expiresAt <= at.getTime())
    throw new RuleBroken('BAD_TIME', 'The offer would have ended when the message goes out.', field);
}
