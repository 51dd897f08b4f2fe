import type { Transaction } from '../platform/context.ts';
import { profileOf } from './business-profile.ts';
import type { FactsAtMeta } from './read-at-meta.ts';
import type { WhatsappAccount } from './whatsapp-account.ts';
import { NumberQuality, NumberThroughput, type WhatsappNumber } from './whatsapp-number.ts';

/** What Meta takes from a number in a second. */
export const PER_SECOND = { COEXISTENCE: 20, STANDARD: 80, HIGH: 1_000 } as const;

/** Brings a number and its account up to what Meta says of them at `now`. What Meta leaves out stays. */
export async function applyFacts(
  tx: Transaction,
  number: WhatsappNumber,
  account: WhatsappAccount,
  facts: FactsAtMeta,
  now: Date,
): Promise<void> {
  const at = facts.number;
  number.displayPhone = at.displayPhone;
  if (at.verifiedName) number.name = at.verifiedName;
  number.quality = qualityOf(at.quality);
  number.nameStatus = at.nameStatus ?? number.nameStatus;
  number.isCoexistence = at.isOnApp ?? number.isCoexistence;
  if (at.throughput === 'HIGH' || at.throughput === 'STANDARD') number.throughput = NumberThroughput[at.throughput];
  number.messagesPerSecond = number.isCoexistence ? PER_SECOND.COEXISTENCE : PER_SECOND[number.throughput as NumberThroughput];
  if (facts.profile) number.profileRow = profileOf(facts.profile);
  number.syncedAt = now;
  account.name = facts.account.name ?? account.name;
  account.currency = facts.account.currency ?? account.currency;
  if (at.messagingLimit !== undefined) account.messagingLimit = at.messagingLimit;
  await joinPortfolio(tx, account, facts.account.ownerBusinessId);
}

/** Meta's word for a quality; what is not rated yet, or newly named, is UNKNOWN. */
export function qualityOf(word: string | undefined): NumberQuality {
  return word === 'GREEN' || word === 'YELLOW' || word === 'RED' ? NumberQuality[word] : NumberQuality.UNKNOWN;
}

/** Those whom the account has written to first count for the portfolio as soon as we know which one that is. */
async function joinPortfolio(tx: Transaction, account: WhatsappAccount, portfolioId: string | undefined): Promise<void> {
  if (portfolioId === undefined || portfolioId === account.portfolioId) return;
  const before = account.portfolioId ?? account.wabaId;
  account.portfolioId = portfolioId;
  await tx.query(
    `with moved as (delete from outreach where portfolio = $1 returning contact_id, last_at)
     insert into outreach (portfolio, contact_id, last_at) select $2, contact_id, last_at from moved
     on conflict (tenant_id, portfolio, contact_id) do update set last_at = greatest(outreach.last_at, excluded.last_at)`,
    [before, portfolioId],
  );
}
