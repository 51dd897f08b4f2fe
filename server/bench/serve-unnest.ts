import { openServices } from '../src/app.ts';
import type { Services } from '../src/platform/context.ts';
import type { DatabaseAddress } from '../src/platform/database-address.ts';
import { createLog } from '../src/platform/log.ts';
import { tenantsQuery } from '../src/platform/tenant-query.ts';
import { answer } from './side.ts';
import { MASTER_KEY, MEDIA_STORE } from './world.ts';

/**
 * The limit of what comes in by the hundred: rows that were made beforehand go into the tables that ingest leaves changed, 500 in a transaction, by
 * `unnest`. Messages: `message`, `event`, `conversation`, `service_window`; statuses: `message_status`, `event`, `message`. It looks nothing up, seals
 * nothing, has no inbox, and knows every event's number. With `alone` it writes what is new and changes nothing that is there.
 */
export interface MessageRow {
  tenantId: string;
  id: string;
  conversationId: string;
  contactId: string;
  numberId: string;
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
const CONVERSATIONS = `
  update conversation c set unread_count = c.unread_count + 1, last_message_id = u.message_id, last_message_seq = u.seq, last_activity_at = now()
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) as u(tenant_id, id, message_id, seq) where c.tenant_id = u.tenant_id and c.id = u.id`;
const WINDOWS = `
  insert into service_window (tenant_id, contact_id, number_id, last_inbound_at)
  select tenant_id, contact_id, number_id, now() from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as u(tenant_id, contact_id, number_id)
  on conflict (tenant_id, contact_id, number_id) do update set last_inbound_at = excluded.last_inbound_at`;
const SHOWN = `
  update message m set status = u.status from unnest($1::uuid[], $2::uuid[], $3::text[]) as u(tenant_id, id, status)
  where m.tenant_id = u.tenant_id and m.id = u.id`;
const EVENTS = `
  insert into event (tenant_id, seq, kind, subject_id, conversation_id, status)
  select tenant_id, seq, $5, subject_id, conversation_id, status
  from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::uuid[], $6::text[]) as u(tenant_id, seq, subject_id, conversation_id, status)`;

let services: Services & { close(): Promise<void> };
let load: { sql: string; values: unknown[] }[][] = [];

answer({
  async start(address: DatabaseAddress) {
    services = await openServices({
      database: address,
      masterKeys: [MASTER_KEY],
      mediaStore: MEDIA_STORE,
      log: createLog({ level: 'error' }),
    });
  },
  loadMessages(rows: MessageRow[], alone: boolean) {
    load = inHundreds(rows).map((some) => {
      const column = <Name extends keyof MessageRow>(name: Name) => some.map((row) => row[name]);
      const bytes = (name: 'body' | 'wamid' | 'wamidIndex') => some.map((row) => Buffer.from(row[name]));
      const [tenants, ids, conversations] = [column('tenantId'), column('id'), column('conversationId')];
      const statuses = some.map(() => 'RECEIVED');
      const added = [
        { sql: MESSAGES, values: [tenants, ids, conversations, bytes('body'), bytes('wamid'), bytes('wamidIndex')] },
        { sql: EVENTS, values: [tenants, column('seq'), ids, conversations, 'MESSAGE_CREATED', statuses] },
      ];
      const changed = [
        { sql: CONVERSATIONS, values: [tenants, conversations, ids, column('seq')] },
        { sql: WINDOWS, values: [tenants, column('contactId'), column('numberId')] },
      ];
      return alone ? added : [...added, ...changed];
    });
  },
  loadStatuses(rows: StatusRow[], alone: boolean) {
    load = inHundreds(rows).map((some) => {
      const column = <Name extends keyof StatusRow>(name: Name) => some.map((row) => row[name]);
      const [tenants, ids, statuses] = [column('tenantId'), column('messageId'), column('status')];
      const added = [
        { sql: STATUSES, values: [tenants, ids, statuses] },
        { sql: EVENTS, values: [tenants, column('seq'), ids, column('conversationId'), 'MESSAGE_STATUS', statuses] },
      ];
      return alone ? added : [...added, { sql: SHOWN, values: [tenants, ids, statuses] }];
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

function inHundreds<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_unused, index) =>
    rows.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
