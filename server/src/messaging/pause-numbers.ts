import type { Outcome } from './record-outcomes.ts';
import { putBack } from './send-queue.ts';
import type { Window } from './window.ts';

/** Stops the numbers that Meta refused to send from, each told once however many sends it refused; the sends go back into the queue. */
export async function pauseNumbers({ query, events }: Window, outcomes: readonly Outcome[]): Promise<void> {
  const refused = outcomes.flatMap(({ send, end }) => (end.kind === 'paused' ? [{ send, reason: end.reason }] : []));
  if (!refused.length) return;
  const first = [...Map.groupBy(refused, ({ send }) => send.numberId).values()].map(([one]) => one as (typeof refused)[number]);
  const paused = await query<{ tenant_id: string; id: string }>(
    `update whatsapp_number w set status = 'PAUSED', paused_reason = refused.reason
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as refused(tenant_id, id, reason)
     where w.tenant_id = refused.tenant_id and w.id = refused.id and w.status = 'CONNECTED'
     returning w.tenant_id, w.id`,
    [first.map(({ send }) => send.tenantId), first.map(({ send }) => send.numberId), first.map(({ reason }) => reason)],
  );
  for (const row of paused) events.push({ tenantId: row.tenant_id, kind: 'NUMBER_CHANGED', subjectId: row.id, status: 'PAUSED' });
  await putBack(
    query,
    refused.map(({ send }) => ({ send, delayMs: 0 })),
  );
}
