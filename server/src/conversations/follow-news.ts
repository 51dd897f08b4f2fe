import type { Window } from '../platform/window.ts';
import { endOfSecond } from '../whatsapp/read-json.ts';
import { type Consequence, type NumberChange, paceOf } from './read-news.ts';

export interface AccountRow {
  tenant_id: string;
  id: string;
  waba_id: string;
  portfolio_id: string | null;
  messaging_limit: number | null;
  review_status: string | null;
}

export interface NumberRow {
  tenant_id: string;
  id: string;
  account_id: string;
  phone_number_id: string;
  display_phone: string;
  name: string;
  name_status: string | null;
  quality: string;
  throughput: string;
  is_coexistence: boolean;
  status: string;
  paused_by: string | null;
  paused_reason: string | null;
  /** When somebody last set it to sending, in ms. */
  resumed_ms: number | null;
}

/** Does what follows from a piece of news of `at`, in ms; `numbers` are the account's, which are kept up to what is written. Both are locked. */
export async function followNews(
  window: Window,
  account: AccountRow,
  numbers: NumberRow[],
  { news, at }: { news: Consequence; at: number },
): Promise<void> {
  switch (news.kind) {
    case 'limit':
      return setLimit(window, account, news.limit);
    case 'number':
      for (const number of numbers.filter((one) => isPhone(one, news.phone))) await change(window, number, news.change);
      return;
    case 'review':
      return review(window, account, numbers, news.status);
    case 'stop':
      return stop(window, account, numbers, { ...news, at });
    case 'start':
      return start(window, account, numbers, news.reason);
    case 'alert': {
      const number = numbers.find(
        (one) => one.phone_number_id === news.phoneNumberId || (news.phone && isPhone(one, news.phone)),
      );
      return alert(window, account.tenant_id, number?.id ?? account.id, news.alert);
    }
    case 'told':
      return tell(
        window,
        numbers.filter((one) => one.phone_number_id === news.phoneNumberId),
      );
    case 'nothing':
  }
}

function isPhone(number: NumberRow, digits: string | undefined): boolean {
  return digits !== undefined && number.display_phone.replace(/\D/g, '') === digits.replace(/\D/g, '');
}

/** One limit for all accounts of a portfolio. */
async function setLimit(window: Window, account: AccountRow, limit: number | null): Promise<void> {
  const numbers = await window.query<{ id: string; status: string }>(
    `with changed as (
       update whatsapp_account set messaging_limit = $4
       where tenant_id = $1 and (id = $2 or portfolio_id = $3) and messaging_limit is distinct from $4 returning tenant_id, id
     )
     select n.id, n.status from whatsapp_number n join changed c on n.tenant_id = c.tenant_id and n.account_id = c.id
     where n.status <> 'DISCONNECTED' order by n.id`,
    [account.tenant_id, account.id, account.portfolio_id, limit],
  );
  tell(
    window,
    numbers.map((number) => ({ ...number, tenant_id: account.tenant_id })),
  );
}

async function change(window: Window, number: NumberRow, { name, nameStatus, quality, throughput }: NumberChange): Promise<void> {
  const before = { ...number };
  number.name = name ?? number.name;
  number.name_status = nameStatus ?? number.name_status;
  number.quality = quality ?? number.quality;
  number.throughput = throughput ?? number.throughput;
  if (JSON.stringify(before) === JSON.stringify(number)) return;
  const pace = paceOf({ isCoexistence: number.is_coexistence, throughput: number.throughput });
  await window.query(
    `update whatsapp_number set name = $3, name_status = $4, quality = $5, throughput = $6, messages_per_second = $7 where tenant_id = $1 and id = $2`,
    [number.tenant_id, number.id, number.name, number.name_status, number.quality, number.throughput, pace],
  );
  tell(window, [number]);
}

async function review(window: Window, account: AccountRow, numbers: readonly NumberRow[], status: string): Promise<void> {
  if (account.review_status === status) return;
  account.review_status = status;
  await window.query('update whatsapp_account set review_status = $3 where tenant_id = $1 and id = $2', [
    account.tenant_id,
    account.id,
    status,
  ]);
  tell(window, numbers);
}

/** Stops what still sends; what a person paused stays theirs, and what somebody set to sending since then goes on. */
async function stop(
  window: Window,
  account: AccountRow,
  numbers: readonly NumberRow[],
  { reason, code, alert: word, at }: { reason: string; code: number; alert: string; at: number },
): Promise<void> {
  const wasResumed = ({ resumed_ms: resumed }: NumberRow) => resumed !== null && resumed > endOfSecond(at);
  const sending = numbers.filter((number) => number.status === 'CONNECTED' && !wasResumed(number));
  if (!sending.length && numbers.some(wasResumed)) return;
  for (const number of sending) Object.assign(number, { status: 'PAUSED', paused_by: 'META', paused_reason: reason });
  await writeStatus(window, account.tenant_id, sending, code);
  alert(window, account.tenant_id, account.id, word);
}

/** Starts what was stopped for that reason and no other. */
async function start(window: Window, account: AccountRow, numbers: readonly NumberRow[], reason: string): Promise<void> {
  const stopped = numbers.filter((one) => one.status === 'PAUSED' && one.paused_by === 'META' && one.paused_reason === reason);
  for (const number of stopped) Object.assign(number, { status: 'CONNECTED', paused_by: null, paused_reason: null });
  await writeStatus(window, account.tenant_id, stopped, null);
}

async function writeStatus(window: Window, tenantId: string, numbers: readonly NumberRow[], code: number | null): Promise<void> {
  const [first] = numbers;
  if (!first) return;
  await window.query(
    `update whatsapp_number set status = $3, paused_by = $4, paused_reason = $5, paused_code = $6 where tenant_id = $1 and id = any($2::uuid[])`,
    [tenantId, numbers.map((number) => number.id), first.status, first.paused_by, first.paused_reason, code],
  );
  tell(window, numbers);
}

function tell({ events }: Window, numbers: readonly Pick<NumberRow, 'tenant_id' | 'id' | 'status'>[]): void {
  for (const { tenant_id: tenantId, id: subjectId, status } of numbers)
    events.push({ tenantId, kind: 'NUMBER_CHANGED', subjectId, status });
}

function alert({ events }: Window, tenantId: string, subjectId: string, status: string): void {
  events.push({ tenantId, kind: 'SECURITY_ALERT', subjectId, status });
}
