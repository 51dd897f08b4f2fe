import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { status, statusBody, textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { queueTexts } from '../../test/harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { queryOn } from '../platform/query.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import type { DeliveryStatus } from '../whatsapp/wire.ts';
import { Ingester } from './ingest.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { WebhookInbox } from './receive-webhook.ts';
import { claimSends } from './send-queue.ts';

const CUSTOMER = '4915550001';

let database: TestDatabase;
let services: Services;
/** Connections of its own, to look without being counted. */
let reader: Services;
let line: TestLine;
let ingester: Ingester;
let inbox: WebhookInbox;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  reader = await openServices(database.address);
  line = await createLine(services);
  ingester = new Ingester(services);
  inbox = new WebhookInbox({ ...services, onStored: (bodies) => ingester.take(bodies) });
  await hear(textBody(line.phoneNumberId, 'wamid.hello', CUSTOMER, 'hello'));
  await until(async () => (await rows('select from message')).length === 1);
});
afterAll(async () => {
  await ingester.close();
  await Promise.all([services.database.close(), reader.database.close()]);
  await database.drop();
});

function hear(raw: Buffer) {
  return inbox.store(raw, createHash('sha256').update(raw).digest());
}

function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return rowsOf<Row>(reader, line.tenantId, sql, values);
}

/** Messages that WhatsApp has accepted under these ids. */
async function accepted(wamids: readonly string[]): Promise<string[]> {
  const queued = await queueTexts(services, line, `+${CUSTOMER}`, wamids);
  const query = queryOn(services.database.worker);
  const sends = await claimSends(query, new Map([[line.numberId, wamids.length]]));
  const outcomes = sends.map((send, index) => ({
    send,
    at: Date.now(),
    end: { kind: 'accepted', wamid: wamids[index] as string } as const,
  }));
  await recordOutcomes(services, outcomes, 1_000);
  return queued.map(({ messageId }) => messageId);
}

/** Waits until everything stored has been read. */
async function quiet(): Promise<void> {
  await until(async () => {
    const { rows: left } = await reader.database.worker.query(
      'select from webhook_inbox where done_at is null and quarantined is null',
    );
    return left.length === 0;
  });
}

interface State {
  status: string;
  failure_code: number | null;
  timeline: string[];
  told: string[];
}

async function stateOf(id: string): Promise<State> {
  const [state] = await rows<State>(
    `select m.status, m.failure_code,
       array(select s.status || coalesce(' ' || s.code, '') from message_status s where s.message_id = m.id order by s.status) as timeline,
       array(select e.status from event e where e.subject_id = m.id order by e.seq) as told
     from message m where m.id = $1`,
    [id],
  );
  return state as State;
}

const REPORTS: DeliveryStatus[] = ['sent', 'delivered', 'read', 'failed'];
const AT: Record<string, string> = { sent: '1790000001', delivered: '1790000002', read: '1790000003', failed: '1790000004' };
let serial = 0;

describe('statuses', () => {
  it('end in the same state in every order, repetition and grouping', async () => {
    const orders = fc.tuple(
      fc.shuffledSubarray(REPORTS, { minLength: 1 }),
      fc.array(fc.constantFrom(...REPORTS), { maxLength: 4 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([order, repeated, together]) => {
        const wamid = `wamid.order.${serial++}`;
        const [id] = (await accepted([wamid])) as [string];
        const reports = [...order, ...repeated.filter((report) => order.includes(report))];
        const wire = reports.map((report) =>
          status(wamid, report, { timestamp: AT[report], ...(report === 'failed' && { errors: [{ code: 131026 }] }) }),
        );
        const posts = together ? [wire] : wire.map((one) => [one]);
        for (const post of posts) await hear(statusBody(line.phoneNumberId, ...post));
        await quiet();
        const state = await stateOf(id);
        const reached = order.filter((report) => report !== 'failed').map((report) => REPORTS.indexOf(report));
        const highest = Math.max(-1, ...reached);
        const failed = order.includes('failed');
        expect(state.status).toBe(failed && highest < 1 ? 'FAILED' : highest < 0 ? 'ACCEPTED' : REPORTS[highest]?.toUpperCase());
        expect(state.failure_code).toBe(failed ? 131026 : null);
        expect(state.timeline).toEqual(
          ['ACCEPTED', ...order.map((report) => (report === 'failed' ? 'FAILED 131026' : report.toUpperCase()))].sort(),
        );
        expect(new Set(state.told).size).toBe(state.told.length);
      }),
      { numRuns: 60 },
    );
  });

  it('of five thousand messages in one webhook are applied in at most ten statements per thousand', async () => {
    const wamids = Array.from({ length: 5_000 }, (_, n) => `wamid.bulk.${n}`);
    const ids = await accepted(wamids);
    const statements = countStatements();
    const raw = statusBody(line.phoneNumberId, ...wamids.map((wamid) => status(wamid, 'delivered')));
    // How long it takes is measured by the bench of what comes in bulk.
    await hear(raw);
    await quiet();
    const delivered = (table: string, id: string) =>
      rows(`select from ${table} where status = 'DELIVERED' and ${id} = any($1::uuid[])`, [ids]);
    expect(await delivered('event', 'subject_id')).toHaveLength(5_000);
    expect(await delivered('message', 'id')).toHaveLength(5_000);
    expect(await delivered('message_status', 'message_id')).toHaveLength(5_000);
    // Reading the body, locking, timelines, messages, events and the transaction around them.
    expect(statements()).toBeGreaterThan(5);
    expect(statements()).toBeLessThanOrEqual(50);
  });

  it('of messages nobody knows wait until the message is known', async () => {
    const wamid = 'wamid.later';
    await hear(statusBody(line.phoneNumberId, status(wamid, 'delivered'), status(wamid, 'sent'), status(wamid, 'sent')));
    await quiet();
    expect(await rows('select status from parked_status order by status')).toEqual([{ status: 'DELIVERED' }, { status: 'SENT' }]);
    const [id] = (await accepted([wamid])) as [string];
    expect(await stateOf(id)).toMatchObject({ status: 'DELIVERED', told: ['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED'] });
    expect(await rows('select from parked_status')).toEqual([]);
  });

  it('that race with the answer to the request are never lost', async () => {
    for (let round = 0; round < 30; round++) {
      const wamid = `wamid.race.${round}`;
      const [[id]] = await Promise.all([accepted([wamid]), hear(statusBody(line.phoneNumberId, status(wamid, 'delivered')))]);
      await until(async () => (await stateOf(id as string)).status === 'DELIVERED');
    }
    expect(await rows('select from parked_status')).toEqual([]);
  });

  it('find our message by the id they carry along, on its own number and tenant only', async () => {
    const [queued] = await queueTexts(services, line, `+${CUSTOMER}`, ['mine']);
    const opaque = { biz_opaque_callback_data: queued?.messageId };
    const stranger = await createLine(services);
    const sibling = await createLine(services, { tenantId: line.tenantId });
    await hear(statusBody(stranger.phoneNumberId, status('wamid.foreign', 'read', opaque)));
    await hear(statusBody(sibling.phoneNumberId, status('wamid.sibling', 'read', opaque)));
    await hear(
      statusBody(line.phoneNumberId, status('wamid.nonsense', 'read', { biz_opaque_callback_data: "'; drop table message" })),
    );
    await quiet();
    expect((await stateOf(queued?.messageId as string)).status).toBe('QUEUED');
    await hear(statusBody(line.phoneNumberId, status('wamid.mine', 'sent', opaque)));
    await quiet();
    expect(await stateOf(queued?.messageId as string)).toMatchObject({ status: 'SENT', told: ['QUEUED', 'ACCEPTED', 'SENT'] });
    await hear(statusBody(line.phoneNumberId, status('wamid.mine', 'read')));
    await quiet();
    expect((await stateOf(queued?.messageId as string)).status).toBe('READ');
    await tenantsQuery(services.database.worker, [line.tenantId, stranger.tenantId], (query) =>
      query('delete from parked_status'),
    );
    await services.database.worker.query('delete from send_queue');
  });

  it('of an earlier attempt do not count for the one that is under way', async () => {
    const [queued] = await queueTexts(services, line, `+${CUSTOMER}`, ['second attempt']);
    const id = queued?.messageId as string;
    await tenantsQuery(services.database.worker, [line.tenantId], async (query) => {
      await query('update message set attempt = 2 where id = $1', [id]);
      await query(`insert into message_status (tenant_id, message_id, attempt, status, at) values ($1, $2, 2, 'QUEUED', now())`, [
        line.tenantId,
        id,
      ]);
    });
    await hear(
      statusBody(
        line.phoneNumberId,
        status('wamid.first', 'failed', { biz_opaque_callback_data: id, errors: [{ code: 131026 }] }),
      ),
    );
    await quiet();
    expect((await stateOf(id)).status).toBe('QUEUED');
    await hear(statusBody(line.phoneNumberId, status('wamid.second', 'sent', { biz_opaque_callback_data: `${id}.2` })));
    await quiet();
    expect((await stateOf(id)).status).toBe('SENT');
    await tenantsQuery(services.database.worker, [line.tenantId], (query) => query('delete from parked_status'));
    await services.database.worker.query('delete from send_queue');
  });

  it('never touch a message of another tenant that has the same id at WhatsApp', async () => {
    const [id] = (await accepted(['wamid.twin'])) as [string];
    const stranger = await createLine(services);
    await hear(statusBody(stranger.phoneNumberId, status('wamid.twin', 'read')));
    await quiet();
    expect((await stateOf(id)).status).toBe('ACCEPTED');
  });
});

/** Counts what the worker's connections are asked from now on. */
function countStatements(): () => number {
  let count = 0;
  const counted = new WeakSet<object>();
  services.database.worker.on('acquire', (connection) => {
    if (counted.has(connection)) return;
    counted.add(connection);
    const query = connection.query.bind(connection);
    connection.query = ((...args: Parameters<typeof query>) => {
      count++;
      return query(...args);
    }) as typeof connection.query;
  });
  return () => count;
}
