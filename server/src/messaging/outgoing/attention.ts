import type { Transaction } from '../../platform/context.ts';

/** Why somebody should look at a message, or that it waits. */
export type AttentionKind = 'FAILED' | 'UNCONFIRMED' | 'EXPIRED' | 'HELD' | 'SCHEDULED';

/** Puts a message on the list of that kind, and off every other; null takes it off. To be called wherever a command changes a status. */
export async function noteAttention(tx: Transaction, messageId: string, kind: AttentionKind | null): Promise<void> {
  if (kind === null) await tx.query('delete from attention where message_id = $1', [messageId]);
  else
    await tx.query(
      `insert into attention (message_id, kind) values ($1, $2)
       on conflict (tenant_id, message_id) do update set kind = excluded.kind, at = cube_now()`,
      [messageId, kind],
    );
}
