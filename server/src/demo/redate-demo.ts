import type { Query } from '../platform/query.ts';

/** Moves a demo company's past so that its newest message is a few minutes old: windows that were open when it was seeded are open again. */
export async function redate(query: Query): Promise<void> {
  const [row] = await query<{ behind: string | null }>(
    `select (cube_now() - interval '3 minutes' - max(last_activity_at))::text as behind from conversation having max(last_activity_at) < cube_now() - interval '30 minutes'`,
  );
  if (!row?.behind) return;
  for (const [table, columns] of Object.entries(DATES)) {
    await query(`update ${table} set ${columns.map((column) => `${column} = ${column} + $1::interval`).join(', ')}`, [
      row.behind,
    ]);
  }
}

const DATES: Record<string, string[]> = {
  contact: ['created_at'],
  conversation: ['last_activity_at', 'created_at', 'resolved_at'],
  message: ['sent_at', 'created_at'],
  message_status: ['at'],
  service_window: ['last_inbound_at'],
};
