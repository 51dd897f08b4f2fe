import type { AccountNews } from '../conversations/account-news.ts';
import type { Query } from '../platform/query.ts';
import type { ReceivedChange } from '../whatsapp/read-envelope.ts';
import type { PeopleNotice } from './apply-people-notices.ts';
import { type AccountOwner, findAccounts } from './find-accounts.ts';
import type { Lines } from './find-lines.ts';
import { type ReadBody, readBody } from './read-body.ts';
import { arrivalOf, type ReceivedBody } from './received-body.ts';
import { SortedChanges } from './sort-changes.ts';
import type { Line } from './updates.ts';

/** A body on its way into the tables: what it says, and whom it is for. */
export interface InboxWork {
  body: ReceivedBody;
  /** Changes with messages and statuses, and those of which nothing is made. */
  changes: readonly ReceivedChange[];
  /** About accounts, numbers and templates, once for each tenant that has connected the account. */
  news: readonly AccountNews[];
  people: readonly PeopleNotice[];
  /** Pieces about numbers and accounts of tenants whose app did not sign it: they count as not there. */
  strangers: number;
  /** What became of its changes, each as `field|outcome`. */
  outcomes: readonly string[];
  /** What could not be understood, without content; null when all was. */
  fault: string | null;
  tenants: ReadonlySet<string>;
  /** Whether it is, or may be, about more than one tenant. */
  isShared: boolean;
}

export interface Owners {
  lines: ReadonlyMap<string, Line>;
  accounts: ReadonlyMap<string, readonly AccountOwner[]>;
}

/** Reads bodies and finds whose they are. Gives the works and the owners of all the numbers they name. */
export async function readWork(
  query: Query,
  lines: Lines,
  bodies: readonly ReceivedBody[],
): Promise<{ works: InboxWork[]; owners: ReadonlyMap<string, Line> }> {
  const read = bodies.map((body) => ({ body, ...readBody(body.raw) }));
  const numbers = new Set<string>();
  const wabaIds = new Set<string>();
  for (const { changes, fault, accounts } of read) {
    for (const { phoneNumberId, wabaId, notices } of changes) {
      if (phoneNumberId !== undefined) numbers.add(phoneNumberId);
      if (notices.length) wabaIds.add(wabaId);
    }
    if (fault !== null) for (const id of accounts ?? []) wabaIds.add(id);
  }
  const owners: Owners = {
    lines: numbers.size ? await lines.find(query, numbers) : new Map<string, Line>(),
    accounts: await findAccounts(query, wabaIds),
  };
  return { works: read.map((one) => workOf(one, owners)), owners: owners.lines };
}

function workOf({ body, changes, fault, accounts }: ReadBody & { body: ReceivedBody }, owners: Owners): InboxWork {
  const sorted = new SortedChanges(owners, body.appTenants, arrivalOf(body));
  for (const change of changes) sorted.add(change);
  const { tenants } = sorted;
  // Those who have to be told: of what nobody could read, and of what their app had no business with.
  if (fault !== null) for (const id of concerned(accounts, owners, body.appTenants)) tenants.add(id);
  if (sorted.strangers) for (const id of body.appTenants ?? []) tenants.add(id);
  const { kept, news, people, strangers, outcomes } = sorted;
  return {
    body,
    changes: kept,
    news,
    people,
    strangers,
    outcomes,
    fault,
    tenants,
    isShared: isShared(sorted, { fault, accounts }, owners, body.appTenants),
  };
}

function concerned(accounts: readonly string[] | null, owners: Owners, appTenants: readonly string[] | undefined): string[] {
  if (appTenants) return [...appTenants];
  return (accounts ?? []).flatMap((id) => (owners.accounts.get(id) ?? []).map(({ tenantId }) => tenantId));
}

/** What could not be read may be about anyone who has one of the accounts, and where even those cannot be made out, about anyone. */
function isShared(
  { tenants, outcomes }: SortedChanges,
  { fault, accounts }: Pick<ReadBody, 'fault' | 'accounts'>,
  owners: Owners,
  appTenants: readonly string[] | undefined,
): boolean {
  if (tenants.size !== 1) return true;
  // Whoever holds the app's secret could have written the body.
  if (appTenants) return appTenants.length !== 1;
  if (outcomes.some((outcome) => outcome.endsWith('|nobody'))) return true;
  return fault !== null && !accounts?.every((id) => owners.accounts.get(id)?.length === 1);
}
