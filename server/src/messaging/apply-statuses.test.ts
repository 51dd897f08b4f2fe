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

type Reported = 'sent' | 'delivered' | 'read' | 'failed';
const REPORTS: Reported[] = ['sent', 'delivered', 'read', 'failed'];
const AT: Record<Reported, string> = { sent: '1790000001', delivered: '1790000002', read: '1790000003', failed: '1790000004' };
/** How high each stands; a failure is refuted by what only a message that arrived can report. */
const HEIGHT: Record<Reported, number> = { sent: 1, failed: 2, delivered: 3, read: 4 };
let serial = 0;

/** Every order of every choice of reports: 64. */
function ordersOf(reports: readonly Reported[]): Reported[][] {
  return reports.flatMap((first) => [
    [first],
    ...ordersOf(reports.filter((other) => other !== first)).map((rest) => [first, ...rest]),
  ]);
}

/** Each report followed by a repetition of all before it. */
function repeated(order: readonly Reported[]): Reported[] {
  return order.flatMap((report, n) => [report, ...order.slice(0, n + 1)]);
}

/** What is told when these come in groups: of each group the steps above what is shown, lowest first, and no failure that the group itself refutes. */
function toldOf(groups: readonly (readonly Reported[])[]): string[] {
  const told: string[] = ['QUEUED', 'ACCEPTED'];
  let shown = 0;
  for (const group of groups) {
    const above = [...new Set(group)].filter((report) => HEIGHT[report] > shown).sort((a, b) => HEIGHT[a] - HEIGHT[b]);
    const highest = above.at(-1);
    if (!highest) continue;
    shown = HEIGHT[highest];
    told.push(...above.filter((report) => report !== 'failed' || highest === 'failed').map((report) => report.toUpperCase()));
  }
  return told;
}

function stateAfter(groups: readonly (readonly Reported[])[]): State {
  const reports = new Set(groups.flat());
  const told = toldOf(groups);
  const timeline = [...reports].map((report) => (report === 'failed' ? 'FAILED 131026' : report.toUpperCase()));
  return {
    status: told.at(-1) as string,
    failure_code: reports.has('failed') ? 131026 : null,
    timeline: ['ACCEPTED', ...timeline].sort(),
    told,
  };
}

const wire = (wamid: string, report: Reported) =>
  status(wamid, report, { timestamp: AT[report], ...(report === 'failed' && { errors: [{ code: 131026 }] }) });

/** Brings to each of as many messages its groups of reports, the nth groups of all of them in one webhook, and expects what must come of it. */
async function expectEach(cases: readonly (readonly (readonly Reported[])[])[]): Promise<void> {
  const wamids = cases.map(() => `wamid.order.${serial++}`);
  const ids = await accepted(wamids);
  for (let round = 0; cases.some((groups) => groups[round]); round++) {
    const statuses = cases.flatMap((groups, n) => (groups[round] ?? []).map((report) => wire(wamids[n] as string, report)));
    await hear(statusBody(line.phoneNumberId, ...statuses));
    await quiet();
  }
  for (const [n, groups] of cases.entries())
    expect(await stateOf(ids[n] as string), JSON.stringify(groups)).toEqual(stateAfter(groups));
}

describe('statuses', () => {
  it('come to the same in every order, one by one with repetitions between them, and tell each advance once', async () => {
    const orders = ordersOf(REPORTS);
    expect(orders).toHaveLength(64);
    await expectEach(orders.map((order) => repeated(order).map((report) => [report])));
    expect(new Set(orders.filter((order) => order.length === 4).map((order) => stateAfter([order]).status))).toEqual(
      new Set(['READ']),
    );
  });

  it('come to the same in every order within one webhook', async () => {
    await expectEach(ordersOf(REPORTS).map((order) => [repeated(order)]));
  });

  it('come to the same in groups of any size', async () => {
    const reports = fc.array(fc.constantFrom(...REPORTS), { minLength: 1, maxLength: 3 });
    const groups = fc.array(reports, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(groups, { minLength: 10, maxLength: 10 }), (cases) => expectEach(cases)),
      { numRuns: 8 },
    );
  });

  it('of five thousand messages in one webhook are applied in at most ten statements per thousand', async () => {
    const wamids = Array.from({ length: 5_000 }, (_, n) => `wamid.bulk.${n}`);
    const ids = await accepted(wamids);
    const statements = countStatements();
    const raw = statusBody(line.phoneNumberId, ...wamids.map((wamid) => status(wamid, 'delivered')));
    // How long it takes is told by the fault tests of webhooks.
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
      await until(async () => (await stateOf(id as string)).status === 'DELIVERED', 1_000);
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
