import { Field, Int, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Context, Transaction } from '../platform/context.ts';
import type { Query } from '../platform/query.ts';
import { DateTime } from '../platform/scalars.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { reserveOutreaches } from './reserve-outreaches.ts';
import type { WhatsappAccount } from './whatsapp-account.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

@ObjectType({
  description:
    'How many people may be written to outside their windows in a moving 24 hours, all numbers of the business together.',
})
@Can('numbers:read')
export class MessagingLimit {
  @Field(() => Int, { nullable: true, description: 'What WhatsApp allows; null is without limit.' })
  limit!: number | null;

  @Field(() => Int, { description: 'People written to in the last 24 hours.' })
  used!: number;

  @Field(() => Int, { nullable: true, description: 'How many more may be begun with now; null is without limit.' })
  remaining!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the first of those written to no longer counts; null if there is none.',
  })
  resetsAt!: Date | null;
}

interface Usage {
  used: number;
  /** When enough of them are a day old that one more may be written to; while there is room, when the first of them is. */
  frees_at: Date | null;
}

// Nobody is skipped while there is room.
const USAGE = `
  with counted as (select last_at from outreach where portfolio = $1 and last_at > cube_now() - interval '24 hours')
  select (select count(*)::int from counted) as used, (
    select last_at + interval '24 hours' from counted order by last_at offset greatest((select count(*) from counted) - $2::int, 0) limit 1
  ) as frees_at`;

/** More people than there are: an offset of none. */
const NO_LIMIT = 2 ** 31 - 1;

/** How much of its messaging limit the business of an account has used. */
export async function readMessagingLimit(ctx: Context, account: WhatsappAccount): Promise<MessagingLimit> {
  const { messagingLimit: limit } = account;
  const { used, frees_at } = await usageOf((sql, values) => ctx.read(sql, values), portfolioOf(account), limit);
  return { limit, used, remaining: limit === null ? null : Math.max(0, limit - used), resetsAt: frees_at && new Date(frees_at) };
}

/**
 * Counts a customer who is written to outside their window; one who was counted within 24 hours costs nothing. The count stays exact when several write at
 * once: they wait for one another. Throws MESSAGING_LIMIT_REACHED, which says when there is room again.
 */
export async function reserveOutreach(tx: Transaction, numberId: string, contactId: string): Promise<void> {
  const number = await tx.em.findOneOrFail(WhatsappNumber, { id: numberId }, { populate: ['account'] });
  const account = await number.account.loadOrFail();
  const { tenantId, messagingLimit: limit } = account;
  const refused = await reserveOutreaches(tx.query, [{ tenantId, numberId, contactId }]);
  if (!refused.size || limit === null) return;
  const { frees_at } = await usageOf(tx.query, portfolioOf(account), limit);
  throw reached(limit, frees_at);
}

/** Meta counts per business portfolio; where we do not know which one that is, per account. */
function portfolioOf({ portfolioId, wabaId }: WhatsappAccount): string {
  return portfolioId ?? wabaId;
}

async function usageOf(query: Query, portfolio: string, limit: number | null): Promise<Usage> {
  const [usage] = await query<Usage>(USAGE, [portfolio, limit ?? NO_LIMIT]);
  return usage as Usage;
}

function reached(limit: number, freesAt: Date | null): RuleBroken {
  const people = limit.toLocaleString('en');
  const until = freesAt ? ` There is room again at ${new Date(freesAt).toISOString()}.` : '';
  return new RuleBroken(
    'MESSAGING_LIMIT_REACHED',
    `WhatsApp lets this business write first to ${people} people in 24 hours, and it has.${until} Customers who write themselves can be answered as always.`,
  );
}
