import type { Services } from '../../src/platform/context.ts';
import { place } from '../../src/platform/sealed.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import { rowsOf, type TestLine } from './messaging.ts';

export interface MessageRow {
  id: string;
  kind: string;
  status: string;
  body: Buffer | null;
  parts: Buffer | null;
  wamid: Buffer | null;
  conversation_id: string;
  reply_to_id: string | null;
  /** The key of the customer. */
  key_id: string;
}

/** A tenant's messages, in the order of the thread. */
export function messagesOf(services: Services, line: TestLine): Promise<MessageRow[]> {
  return rowsOf<MessageRow>(
    services,
    line.tenantId,
    `select m.*, k.key_id from message m join conversation c on c.id = m.conversation_id join contact k on k.id = c.contact_id
     where m.tenant_id = $1 order by m.id`,
    [line.tenantId],
  );
}

/** Opens a sealed column of a message. */
export async function openMessage(
  services: Services,
  line: TestLine,
  row: MessageRow,
  column: 'body' | 'parts' | 'wamid',
): Promise<string> {
  const { keys, database } = services;
  await tenantsQuery(database.worker, [line.tenantId], (query) => keys.loadContactKeys(query, line.tenantId, [row.key_id]));
  return keys.open(line.tenantId, place(line.tenantId, 'message', column, row.id), row[column] as Buffer);
}
