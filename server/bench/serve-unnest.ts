import { openServices } from '../src/app.ts';
import type { Services } from '../src/platform/context.ts';
import type { DatabaseAddress } from '../src/platform/database-address.ts';
import { createLog } from '../src/platform/log.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import { answer } from './side.ts';
import { MASTER_KEY, MEDIA_STORE } from './world.ts';

/**
 * The limit of what comes in by the hundred: rows that were made beforehand go into the tables of messages, or of statuses, and of events, 500 in a
 * transaction. It finds nothing, changes nothing, seals nothing, and knows every event's number.
 */
export interface MessageRow {
  tenantId: string;
  id: string;
  conversationId: string;
  body: Uint8Array;
  wamid: Uint8Array;
  wamidIndex: Uint8Array;
  seq: number;
}

export interface StatusRow {
  tenantId: string;
  messageId: string;
  conversationId: string;
  status: string;
  seq: number;
}

const AT_ONCE = 500;
const CONNECTIONS = 2;

const MESSAGES = `
  insert into message (tenant_id, id, conversation_id, direction, kind, body, status, wamid, wamid_index, sent_at)
  select tenant_id, id, conversation_id, 'INBOUND', 'TEXT', body, 'RECEIVED', wamid, wamid_index, now()
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[]) as u(tenant_id, id, conversation_id, body, wamid, wamid_index)`;
const STATUSES = `
  insert into message_status (tenant_id, message_id, attempt, status, at)
  select tenant_id, message_id, 1, status, now() from unnest($1::uuid[], $2::uuid[], $3::text[]) as u(tenant_id, message_id, status)`;
const EVENTS = `
  insert into event (tenant_id, seq, kind, subject_id, conversation_id, status)
  select tenant_id, seq, $5, subject_id, conversation_id, status
  from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $6::text[]) as u(tenant_id, seq, subject_id, conversation_id, status)`;

let services: Services & { close(): Promise<void> };
let load: { sql: string; values: unknown[][] }[][] = [];

answer({
  async start(address: DatabaseAddress) {
    services = await openServices({
      database: address,
      masterKeys: [MASTER_KEY],
      mediaStore: MEDIA_STORE,
      log: createLog({ level: 'error' }),
    });
  },
  loadMessages(rows: MessageRow[]) {
    const bytes = (list: Uint8Array[]) => list.map((one) => Buffer.from(one));
    load = inHundreds(rows).map((some) => {
      const tenants = some.map((row) => row.tenantId);
      const ids = some.map((row) => row.id);
      const conversations = some.map((row) => row.conversationId);
      const sealed = [bytes(some.map((row) => row.body)), bytes(some.map((row) => row.wamid))];
      const messages = [tenants, ids, conversations, ...sealed, bytes(some.map((row) => row.wamidIndex))];
      return [
        { sql: MESSAGES, values: messages },
        {
          sql: EVENTS,
          values: eventsOf(
            some,
            ids,
            'MESSAGE_CREATED',
            some.map(() => 'RECEIVED'),
          ),
        },
      ];
    });
  },
  loadStatuses(rows: StatusRow[]) {
    load = inHundreds(rows).map((some) => {
      const ids = some.map((row) => row.messageId);
      const statuses = some.map((row) => row.status);
      return [
        { sql: STATUSES, values: [some.map((row) => row.tenantId), ids, statuses] },
        { sql: EVENTS, values: eventsOf(some, ids, 'MESSAGE_STATUS', statuses) },
      ];
    });
  },
  /** Writes what was loaded. */
  async write() {
    const work = async () => {
      for (let next = load.shift(); next; next = load.shift()) {
        const statements = next;
        const tenants = new Set(statements[0]?.values[0] as string[]);
        await tenantsQuery(services.database.worker, tenants, (query) =>
          Promise.all(statements.map(({ sql, values }) => query(sql, values))),
        );
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
  },
  end: () => services.close(),
});

function eventsOf(
  rows: readonly { tenantId: string; seq: number; conversationId: string }[],
  subjects: readonly string[],
  kind: string,
  statuses: readonly string[],
): unknown[][] {
  const columns = [rows.map((row) => row.tenantId), rows.map((row) => row.seq), subjects, rows.map((row) => row.conversationId)];
  return [...columns, kind, statuses] as unknown[][];
}

function inHundreds<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_unused, index) =>
    rows.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
