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
}

/** Stops the numbers that Meta refused to send from; the sends go back into the queue. */
export async function pauseNumbers(window: Window, outcomes: readonly Outcome[]): Promise<void> {
  const refused = outcomes.flatMap(({ send, end }) => (end.kind === 'paused' ? [{ send, end }] : []));
  if (!refused.length) return;
  await stopNumbers(
    window,
    refused.map(({ send, end }) => ({ ...send, reason: end.reason, code: end.code ?? null })),
  );
  await putBack(
    window.query,
    refused.map(({ send }) => ({ send, delayMs: 0 })),
  );
}

/** Pauses numbers, each told once, by a change and an alert, however often it was refused. */
export async function stopNumbers({ query, events }: Window, stopped: readonly StoppedNumber[]): Promise<void> {
  const first = [...new Map(stopped.toReversed().map((one) => [one.numberId, one])).values()];
  const paused = await query<{ tenant_id: string; id: string }>(
    `update whatsapp_number w set status = 'PAUSED', paused_reason = stopped.reason, paused_by = 'META', paused_code = stopped.code
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[]) as stopped(tenant_id, id, reason, code)
     where w.tenant_id = stopped.tenant_id and w.id = stopped.id and w.status = 'CONNECTED'
     returning w.tenant_id, w.id`,
    [
      first.map(({ tenantId }) => tenantId),
      first.map(({ numberId }) => numberId),
      first.map(({ reason }) => reason),
      first.map(({ code }) => code),
    ],
  );
  for (const row of paused) {
    const number = { tenantId: row.tenant_id, subjectId: row.id };
    events.push({ ...number, kind: 'NUMBER_CHANGED', status: 'PAUSED' }, { ...number, kind: 'SECURITY_ALERT', status: 'PAUSED' });
  }
}
