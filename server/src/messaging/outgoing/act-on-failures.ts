import { failureOf } from '../../whatsapp/errors.ts';
import { endOfSecond } from '../../whatsapp/read-json.ts';
import { stopNumbers } from '../pause-numbers.ts';
import type { TrackedMessage } from '../record-progress.ts';
import type { Window } from '../window.ts';
import { ADDRESS } from './address.ts';

/** A message that failed just now, in the answer to its request or by webhook. */
export interface FailedMessage {
  message: TrackedMessage;
  /** Meta's. */
  code: number;
  /** In ms: Meta's time where Meta reported it. */
  at: number;
}

/**
 * Does what a failure asks for besides being shown: notes who wants no marketing any more and which address nothing reaches, stops the campaigns of a number that people report, and pauses one that
 * Meta does not let send. Each is told once.
 */
export async function actOnFailures(window: Window, failed: readonly FailedMessage[]): Promise<void> {
  const acting = (act: string) => failed.filter(({ code }) => failureOf({ code }).act === act);
  const [optedOut, unreached, reported, stopped] = (['opt-out', 'mark-address', 'stop-campaigns', 'pause-number'] as const).map(
    acting,
  );
  if (optedOut?.length) await stopMarketing(window, optedOut);
  if (unreached?.length) await markAddresses(window, unreached);
  if (reported?.length) await stopCampaigns(window, reported);
  if (stopped?.length) await stopNumbers(window, await numbersOf(window, stopped));
}

const tenantsOf = (failed: readonly FailedMessage[]) => failed.map(({ message }) => message.tenantId);
const conversationsOf = (failed: readonly FailedMessage[]) => failed.map(({ message }) => message.conversationId);

async function stopMarketing({ query, events }: Window, failed: readonly FailedMessage[]): Promise<void> {
  const rows = await query<{ tenant_id: string; id: string }>(
    `update contact c set marketing_stopped_at = cube_now(), marketing_changed_at = cube_now() from unnest($1::uuid[], $2::uuid[]) as u(tenant_id, conversation_id)
     join conversation v on v.tenant_id = u.tenant_id and v.id = u.conversation_id
     where c.tenant_id = v.tenant_id and c.id = v.contact_id and c.marketing_stopped_at is null
     returning c.tenant_id, c.id`,
    [tenantsOf(failed), conversationsOf(failed)],
  );
  for (const row of rows) events.push({ tenantId: row.tenant_id, kind: 'CONTACT_CHANGED', subjectId: row.id });
}

/** Marks the identities that the messages were written to: those that their numbers write to now. */
async function markAddresses({ query, events }: Window, failed: readonly FailedMessage[]): Promise<void> {
  const rows = await query<{ tenant_id: string; contact_id: string }>(
    `update contact_identity t set undeliverable_at = to_timestamp(marked.at / 1000) from (
       select u.tenant_id, a.id, max(u.at) as at from unnest($1::uuid[], $2::uuid[], $3::float8[]) as u(tenant_id, conversation_id, at)
       join conversation v on v.tenant_id = u.tenant_id and v.id = u.conversation_id
       join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
       join whatsapp_number w on w.tenant_id = v.tenant_id and w.id = v.number_id
       cross join lateral (${ADDRESS}) a
       group by 1, 2
     ) marked
     where t.tenant_id = marked.tenant_id and t.id = marked.id and (t.undeliverable_at is null or t.undeliverable_at < to_timestamp(marked.at / 1000))
     returning t.tenant_id, t.contact_id`,
    [tenantsOf(failed), conversationsOf(failed), failed.map(({ at }) => at)],
  );
  for (const row of rows) events.push({ tenantId: row.tenant_id, kind: 'CONTACT_CHANGED', subjectId: row.contact_id });
}

/** A number that was stopped within a day is not told of again. */
async function stopCampaigns({ query, events }: Window, failed: readonly FailedMessage[]): Promise<void> {
  const rows = await query<{ tenant_id: string; id: string }>(
    `update whatsapp_number w set campaigns_stopped_at = cube_now() from unnest($1::uuid[], $2::uuid[]) as u(tenant_id, conversation_id)
     join conversation v on v.tenant_id = u.tenant_id and v.id = u.conversation_id
     where w.tenant_id = v.tenant_id and w.id = v.number_id
       and (w.campaigns_stopped_at is null or w.campaigns_stopped_at < cube_now() - interval '1 day')
     returning w.tenant_id, w.id`,
    [tenantsOf(failed), conversationsOf(failed)],
  );
  for (const row of rows) {
    const number = { tenantId: row.tenant_id, subjectId: row.id };
    events.push({ ...number, kind: 'NUMBER_CHANGED' }, { ...number, kind: 'SECURITY_ALERT' });
  }
}

async function numbersOf({ query }: Window, failed: readonly FailedMessage[]) {
  const rows = await query<{ n: string; number_id: string }>(
    `select u.n, v.number_id from unnest($1::uuid[], $2::uuid[]) with ordinality as u(tenant_id, conversation_id, n)
     join conversation v on v.tenant_id = u.tenant_id and v.id = u.conversation_id`,
    [tenantsOf(failed), conversationsOf(failed)],
  );
  return rows.map(({ n, number_id: numberId }) => {
    const { message, code, at } = failed[Number(n) - 1] as FailedMessage;
    return { tenantId: message.tenantId, numberId, code, reason: failureOf({ code }).title, at: endOfSecond(at) };
  });
}
