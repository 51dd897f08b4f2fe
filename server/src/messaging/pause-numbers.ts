import type { Outcome } from './record-outcomes.ts';
import { putBack } from './send-queue.ts';
import type { Window } from './window.ts';

/** A number that Meta does not let send, and why. */
export interface StoppedNumber {
  tenantId: string;
  numberId: string;
  reason: string;
  /** Meta's. */
  code: number | null;
  /** When it was so at the latest, in ms. */
  at: number;
}

/** Stops the numbers that Meta refused to send from; the sends go back into the queue. */
export async function pauseNumbers(window: Window, outcomes: readonly Outcome[]): Promise<void> {
  const refused = outcomes.flatMap(({ send, end, at }) => (end.kind === 'paused' ? [{ send, end, at }] : []));
  if (!refused.length) return;
  await stopNumbers(
    window,
    refused.map(({ send, end, at }) => ({ ...send, reason: end.reason, code: end.code ?? null, at })),
  );
  await putBack(
    window.query,
    refused.map(({ send }) => ({ send, delayMs: 0 })),
  );
}

/** Pauses numbers, each told once, by a change and an alert, however often it was refused. One that was set to sending since is left alone. */
export async function stopNumbers({ query, events }: Window, stopped: readonly StoppedNumber[]): Promise<void> {
  const last = [...new Map(stopped.toSorted((a, b) => a.at - b.at).map((one) => [one.numberId, one])).values()];
  const paused = await query<{ tenant_id: string; id: string }>(
    `update whatsapp_number w set status = 'PAUSED', paused_reason = stopped.reason, paused_by = 'META', paused_code = stopped.code
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::float8[]) as stopped(tenant_id, id, reason, code, at)
     where w.tenant_id = stopped.tenant_id and w.id = stopped.id and w.status = 'CONNECTED'
       and (w.resumed_at is null or to_timestamp(stopped.at / 1000) >= w.resumed_at)
     returning w.tenant_id, w.id`,
    [
      last.map(({ tenantId }) => tenantId),
      last.map(({ numberId }) => numberId),
      last.map(({ reason }) => reason),
      last.map(({ code }) => code),
      last.map(({ at }) => at),
    ],
  );
  for (const row of paused) {
    const number = { tenantId: row.tenant_id, subjectId: row.id };
    events.push({ ...number, kind: 'NUMBER_CHANGED', status: 'PAUSED' }, { ...number, kind: 'SECURITY_ALERT', status: 'PAUSED' });
  }
}
