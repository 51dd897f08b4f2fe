import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openServices } from '../../test/harness/messaging.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { settle } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { type Query, queryOn } from '../platform/query.ts';
import type { QueuedSend } from './queued-send.ts';
import { claimSends, leaveQueue, markAttempted, putBack } from './send-queue.ts';

let database: TestDatabase;
let services: Services;
const tenantId = randomUUID();

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

const asWorker: Query = (sql, values) => queryOn(services.database.worker)(sql, values, 'anew');

/** Queues an attempt as the application does. */
async function enqueue(messageId: string, numberId: string, contactId: string, attempt = 1): Promise<void> {
  const connection = await services.database.app.connect();
  try {
    await connection.query(`select set_config('app.tenant_id', $1, false)`, [tenantId]);
    await connection.query('select enqueue_send($1, $2, $3, $4::smallint, null, null)', [
      messageId,
      numberId,
      contactId,
      attempt,
    ]);
  } finally {
    connection.release(true);
  }
}

async function claim(numberId: string, room = 10): Promise<QueuedSend[]> {
  return claimSends(asWorker, new Map([[numberId, room]]));
}

describe('the queue', () => {
  it('gives out no message before an older one to the same customer that waits', async () => {
    const [numberId, customer, other] = [newId(), newId(), newId()];
    const [first, second, elsewhere] = [newId(), newId(), newId()];
    await enqueue(first, numberId, customer);
    const [leased] = await claim(numberId);
    await putBack(asWorker, [{ send: leased as QueuedSend, delayMs: 300 }]);
    await enqueue(second, numberId, customer);
    await enqueue(elsewhere, numberId, other);
    expect((await claim(numberId)).map(({ messageId }) => messageId)).toEqual([elsewhere]);
    await asWorker('update send_queue set run_at = cube_now() where message_id = $1', [first]);
    // With room for one, it is the older one's, though the newer one has been due for longer.
    expect((await claim(numberId, 1)).map(({ messageId }) => messageId)).toEqual([first]);
    expect((await claim(numberId)).map(({ messageId }) => messageId)).toEqual([second]);
  });

  it('gives out what was put back before all that was written to the customer after it, whenever that was', async () => {
    const [numberId, customer] = [newId(), newId()];
    const ids = [newId(), newId(), newId(), newId()];
    for (const id of ids.slice(0, 3)) await enqueue(id, numberId, customer);
    const [first, second] = (await claim(numberId, 2)) as [QueuedSend, QueuedSend];
    await putBack(asWorker, [
      { send: first, delayMs: 30 },
      { send: second, delayMs: 0 },
    ]);
    await settle(60);
    // Written when the first was due again already.
    await enqueue(ids[3] as string, numberId, customer);
    const order: string[] = [];
    for (let look = 0; look < 3; look++) order.push(...(await claim(numberId)).map(({ messageId }) => messageId));
    expect(order).toEqual(ids);
  });

  it('gives out nothing that was written after a message which waits for its file', async () => {
    const [numberId, customer] = [newId(), newId()];
    const ids = [newId(), newId(), newId()];
    for (const id of ids) await enqueue(id, numberId, customer);
    await asWorker(`update send_queue set waiting = 'MEDIA' where message_id = $1`, [ids[1]]);
    expect((await claim(numberId)).map(({ messageId }) => messageId)).toEqual([ids[0]]);
    await asWorker('update send_queue set waiting = null where message_id = $1', [ids[1]]);
    expect((await claim(numberId)).map(({ messageId }) => messageId)).toEqual(ids.slice(1));
  });

  it('takes a new attempt in place of an older one that is still there, and nothing the older one does touches it', async () => {
    const [numberId, contactId, messageId] = [newId(), newId(), newId()];
    await enqueue(messageId, numberId, contactId);
    const [leased] = await claim(numberId);
    const [old] = await markAttempted(asWorker, [{ ...(leased as QueuedSend) }]);
    await enqueue(messageId, numberId, contactId, 2);
    await putBack(asWorker, [{ send: { ...(old as QueuedSend), tries: 3 }, delayMs: 60_000 }]);
    await leaveQueue(asWorker, [old as QueuedSend]);
    expect(await markAttempted(asWorker, [old as QueuedSend])).toEqual([null]);
    expect(await claim(numberId)).toMatchObject([{ messageId, attempt: 2, tries: 0, unreached: 0 }]);
    // Queued once more by mistake, it stays as it is.
    await enqueue(messageId, numberId, contactId, 2);
    expect(await claim(numberId)).toEqual([]);
  });
});
