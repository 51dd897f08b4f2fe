import { Field, Int, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Transaction } from '../platform/context.ts';
import type { Loader } from '../platform/loading.ts';
import type { Query } from '../platform/query.ts';
import { DateTime } from '../platform/scalars.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { accountsById } from './accounts-by-id.ts';
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
  select c.used, (
    select last_at + interval '24 hours' from outreach where portfolio = asked.portfolio and last_at > cube_now() - interval '24 hours'
    order by last_at offset greatest(c.used - asked.most, 0) limit 1
  ) as frees_at
  from unnest($1::text[], $2::int[]) with ordinality as asked(portfolio, most, place)
  cross join lateral (
    select count(*)::int as used from outreach where portfolio = asked.portfolio and last_at > cube_now() - interval '24 hours'
  ) c order by asked.place`;

/** More people than there are: an offset of none. */
const NO_LIMIT = 2 ** 31 - 1;

/** How much of its messaging limit the business of an account has used, by the account's id. */
export const messagingLimits: Loader<string, MessagingLimit> = {
  name: 'messagingLimits',
  load: async (ctx, ids) => {
    const loaded = await Promise.all(ids.map((id) => ctx.load(accountsById, id)));
    // A number's account is there as long as the number is.
    const accounts = loaded as WhatsappAccount[];
    const usages = await usagesOf((sql, values) => ctx.read(sql, values), accounts);
    return accounts.map((account, index) => limitOf(account.messagingLimit, usages[index] as Usage));
  },
};

function limitOf(limit: number | null, { used, frees_at: freesAt }: Usage): MessagingLimit {
  return { limit, used, remaining: limit === null ? null : Math.max(0, limit - used), resetsAt: freesAt && new Date(freesAt) };
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
  const [usage] = await usagesOf(tx.query, [account]);
  throw reached(limit, usage?.frees_at ?? null);
}

/** Meta counts per business portfolio; where we do not know which one that is, per account. */
function portfolioOf({ portfolioId, wabaId }: WhatsappAccount): string {
  return portfolioId ?? wabaId;
}

/** One statement for all of them, in their order. */
async function usagesOf(query: Query, accounts: readonly WhatsappAccount[]): Promise<Usage[]> {
  return query<Usage>(USAGE, [accounts.map(portfolioOf), accounts.map(({ messagingLimit }) => messagingLimit ?? NO_LIMIT)]);
}

function reached(limit: number, freesAt: Date | null): RuleBroken {
  const people = limit.toLocaleString('en');
  const until = freesAt ? ` There is room again at ${new Date(freesAt).toISOString()}.` : '';
  return new RuleBroken(
    'MESSAGING_LIMIT_REACHED',
    `WhatsApp lets this business write first to ${people} people in 24 hours, and it has.${until} Customers who write themselves can be answered as always.`,
  );
}
