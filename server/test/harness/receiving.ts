import type { Services } from '../../src/platform/context.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import type { WireMessage } from '../../src/whatsapp/wire.ts';
import { body, change } from './envelopes.ts';
import { rowsOf, type TestLine } from './messaging.ts';
import { type MessageRow, openMessage } from './read-messages.ts';
import { startReader } from './reader.ts';

/** A customer of these tests. */
export const ADA = '4915550001';

/** Unix seconds from now, as Meta writes them. */
export const at = (seconds = 0) => String(Math.floor(Date.now() / 1000) + seconds);

/** A message of Ada's, of any type. */
export const of = (wamid: string, type: string, content: object, more: object = {}) =>
  ({ from: ADA, id: wamid, timestamp: at(), type, [type]: content, ...more }) as unknown as WireMessage;

/** What comes in on one line, and what is then stored. */
export function receiving(services: () => Services) {
  /** Lets these changes come in, one webhook each, in this order. */
  async function deliver(...changes: object[]): Promise<void> {
    for (const one of changes) {
      const reader = startReader(services());
      await reader.post(body(one as never));
      await reader.end();
    }
  }
  return {
    deliver,
    receive: (line: TestLine, ...messages: object[]) =>
      deliver(...messages.map((message) => change(line.phoneNumberId, { messages: [message as WireMessage] }))),
    async textOf(line: TestLine, row: MessageRow): Promise<string | null> {
      return row.body ? openMessage(services(), line, row, 'body') : null;
    },
    async eventsOf(line: TestLine): Promise<string[]> {
      const sql = 'select kind, status from event order by seq';
      const rows = await rowsOf<{ kind: string; status: string | null }>(services(), line.tenantId, sql);
      return rows.map(({ kind, status }) => (status ? `${kind} ${status}` : kind));
    },
    async conversationOf(line: TestLine) {
      const sql = 'select unread_count, last_message_id, status from conversation order by id';
      const rows = await rowsOf<{ unread_count: number; last_message_id: string; status: string }>(
        services(),
        line.tenantId,
        sql,
      );
      return rows[0];
    },
    /** Changes rows as the worker may. */
    changeRows: (line: TestLine, sql: string) => tenantsQuery(services().database.worker, [line.tenantId], (query) => query(sql)),
  };
}
