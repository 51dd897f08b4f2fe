import type { Pool } from '../platform/database.ts';

/** Makes the inbox's partitions for the coming days, and drops the bodies and keys of days more than a week ago. Several at once do no harm. */
export async function rotateInbox(worker: Pool): Promise<void> {
  await worker.query('select rotate_webhook_inbox()');
}
