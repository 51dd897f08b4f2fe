import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { body, change, statusBody, text, textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import type { Services } from '../platform/context.ts';
import { place } from '../platform/sealed.ts';
import { Ingester } from './ingest.ts';
import { WebhookInbox } from './receive-webhook.ts';

let database: TestDatabase;
let one: Services;
let two: Services;

beforeAll(async () => {
  database = await createDatabase();
  [one, two] = await Promise.all([openServices(database.address), openServices(database.address)]);
});
afterAll(async () => {
  await Promise.all([one.database.close(), two.database.close()]);
  await database.drop();
});

/** A process that stores and reads webhooks. */
function start(services: Services) {
  const ingester = new Ingester(services);
  const inbox = new WebhookInbox({ ...services, onStored: (bodies) => ingester.take(bodies) });
  const post = (raw: Buffer) => inbox.store(raw, createHash('sha256').update(raw).digest());
  return { ingester, post, end: () => ingester.close() };
}

async function countOf(line: TestLine, table: string): Promise<number> {
  const [row] = await rowsOf<{ count: string }>(one, line.tenantId, `select count(*) from ${table} where tenant_id = $1`, [line.tenantId]);
  return Number(row?.count);
}

interface MessageRow {
  id: string;
  kind: string;
  status: string;
  body: Buffer | null;
  wamid: Buffer;
  conversation_id: string;
  reply_to_id: string | null;
  key_id: string;
}

async function messagesOf(line: TestLine): Promise<MessageRow[]> {
  return rowsOf<MessageRow>(
    one,
    line.tenantId,
    `select m.*, k.key_id from message m join conversation c on c.id = m.conversation_id join contact k on k.id = c.contact_id
     where m.tenant_id = $1 order by m.id`,
    [line.tenantId],
  );
}

async function open(line: TestLine, row: MessageRow, column: 'body' | 'wamid'): Promise<string> {
  const connection = await one.database.worker.connect();
  try {
    await connection.query('begin');
    await connection.query(`select set_config('app.tenant_ids', $1, true)`, [`{${line.tenantId}}`]);
    await one.keys.loadContactKeys(async (sql, values) => (await connection.query(sql, values)).rows, line.tenantId, [row.key_id]);
    return one.keys.open(line.tenantId, place(line.tenantId, 'message', column, row.id), row[column] as Buffer);
  } finally {
    await connection.query('rollback');
    connection.release();
  }
}

describe('ingest', () => {
  it('stores a message once when the same payload comes a hundred times at once', async () => {
    const line = await createLine(one);
    const process = start(one);
    const raw = textBody(line.phoneNumberId, 'wamid.same', '966501234567', 'مرحبا');
    const answers = await Promise.all(Array.from({ length: 100 }, () => process.post(raw)));
    await process.end();
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    const [message, ...others] = await messagesOf(line);
    expect(others).toEqual([]);
    expect(message && (await open(line, message, 'body'))).toBe('مرحبا');
    expect(message && (await open(line, message, 'wamid'))).toBe('wamid.same');
    expect(await countOf(line, 'event')).toBe(1);
    expect(await rowsOf(one, line.tenantId, 'select unread_count, last_message_id, last_message_seq from conversation')).toEqual([
      { unread_count: 1, last_message_id: message?.id, last_message_seq: '1' },
    ]);
  });
});
void body; void change; void statusBody; void text;
