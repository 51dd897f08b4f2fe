import type { Pool } from '../platform/database.ts';

/** Makes the inbox's partitions for the coming days where they are missing; waits for nobody who reads or writes it. Several at once do no harm. */
export async function makePartitions(worker: Pool): Promise<void> {
  await worker.query('select make_webhook_partitions()');
}

/**
 * Makes partitions, and drops the bodies and keys of days more than a week ago. Several at once do no harm. False when something that reads the
 * inbox, a backup as a rule, stood in the way of what should go: ask again later.
 */
export async function rotateInbox(worker: Pool): Promise<boolean> {
  await makePartitions(worker);
  const { rows } = await worker.query<{ is_done: boolean }>('select rotate_webhook_inbox() as is_done');
  return rows[0]?.is_done ?? false;
}
