import type { TrackedMessage } from '../record-progress.ts';
import type { Window } from '../window.ts';

/** A message whose shown status changes. */
export interface Move {
  message: TrackedMessage;
  to: string;
}

const LISTED = new Set(['FAILED', 'UNCONFIRMED', 'HELD', 'SCHEDULED']);

/** Keeps the lists of what somebody should look at, and of what waits, in step with the messages. Most moves touch neither, and cost nothing. */
export async function keepAttention({ query }: Window, moves: readonly Move[]): Promise<void> {
  const listed = moves.filter(({ to }) => LISTED.has(to));
  const left = moves.filter(({ message, to }) => LISTED.has(message.status) && !LISTED.has(to));
  await Promise.all([
    listed.length &&
      query(
        `insert into attention (tenant_id, message_id, kind) select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as u(tenant_id, id, kind)
         on conflict (tenant_id, message_id) do update set kind = excluded.kind, at = cube_now()`,
        [listed.map(({ message }) => message.tenantId), listed.map(({ message }) => message.id), listed.map(({ to }) => to)],
      ),
    left.length &&
      query(
        `delete from attention a using unnest($1::uuid[], $2::uuid[]) as u(tenant_id, id) where a.tenant_id = u.tenant_id and a.message_id = u.id`,
        [left.map(({ message }) => message.tenantId), left.map(({ message }) => message.id)],
      ),
  ]);
}
