import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Services } from '../../src/platform/context.ts';
import { makeApiKey } from '../harness/app.ts';
import { type Business, startBusiness, startMeta } from '../harness/business.ts';
import { startChild } from '../harness/child.ts';
import { ask } from '../harness/client.ts';
import { connect, type Connection } from '../harness/connect.ts';
import { body, change, text } from '../harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../harness/messaging.ts';
import { queueTexts } from '../harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { digestOf } from '../harness/reader.ts';
import { until } from '../harness/until.ts';

// Each point once with fifty messages at it, or as many kills as make fifty: the process kills itself there with SIGKILL.
const IN_FLIGHT = 50;
/** Fewer than the API has connections for commands. */
const AT_ONCE = 7;
const CUSTOMERS = Array.from({ length: IN_FLIGHT }, (_, n) => `+4915554${String(n).padStart(3, '0')}`);

let database: TestDatabase;
let services: Services;
let owner: Connection;
let line: TestLine;
let meta: Simulator;
/** Takes webhooks all the time; its worker is closed while the doomed process works. */
let business: Business;
let later = 0;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
  owner = await connect(database.address);
});
afterAll(async () => {
  await owner.end();
  await services.database.close();
  await database.drop();
});
beforeEach(async () => {
  line = await createLine(services);
  meta = await startMeta([line], { perSecond: 1_000, pairBurst: 1_000 });
  business = await startBusiness(services, meta);
  const messages = CUSTOMERS.map((phone) => text(`wamid.${line.tenantId}.${phone}`, phone.slice(1), 'hello'));
  const raw = body(change(line.phoneNumberId, { messages }));
  await business.inbox.store(raw, digestOf(raw));
  await until(async () => (await countOf(`select from message where tenant_id = $1`)) === IN_FLIGHT);
  await business.worker.close();
});
afterEach(async () => {
  await business.close();
  await meta.close();
});

const countOf = async (sql: string) => (await rowsOf(services, line.tenantId, sql, [line.tenantId])).length;
const statuses = async () =>
  (await rowsOf<{ status: string }>(services, line.tenantId, `select status from message where direction = 'OUTBOUND'`)).map(
    ({ status }) => status,
  );

/** The half minute of a lease passes: in the database only, as processes agree on no other clock. */
async function leasesEnd(): Promise<void> {
  later += 31;
  await owner.rows(
    `create or replace function cube_now() returns timestamptz language sql stable as $$ select now() + interval '${later} seconds' $$`,
  );
}

/** Another process takes over; within 5 s of the leases' end nothing is in the queue any more, and what was accepted is known to be. */
async function takeOver(): Promise<void> {
  await leasesEnd();
  await business.close();
  business = await startBusiness(services, meta);
  await until(async () => (await countOf('select from send_queue where tenant_id = $1')) === 0, 5_000);
  await until(async () => (await statuses()).filter((status) => status === 'READ').length === meta.control.accepted.length);
}

async function expectNoneLostOrDoubled(): Promise<void> {
  const sent = meta.control.accepted.map(({ opaque }) => opaque);
  expect(new Set(sent).size).toBe(sent.length);
  const reached = await statuses();
  expect(reached).toHaveLength(IN_FLIGHT);
  expect(reached.filter((status) => status !== 'READ' && status !== 'UNCONFIRMED')).toEqual([]);
}

describe.each(['leased', 'written', 'answered', 'recorded'] as const)(
  'a worker that is killed with fifty messages %s',
  (point) => {
    it('loses and doubles none, and another has settled all within 35 s', async () => {
      meta.control.settings.delayMs = point === 'written' ? 1_000 : 0;
      for (const phone of CUSTOMERS) await queueTexts(services, line, phone, [phone]);
      const doomed = await startChild('worker-process', database.address, meta.url, {
        TEST_DIES_AT: point,
        TEST_DIES_WITH: String(IN_FLIGHT),
      });
      expect(await doomed.ended).toBe('SIGKILL');
      meta.control.settings.delayMs = 0;
      const [leased] = await rowsOf<{ attempted: number; left: number }>(
        services,
        line.tenantId,
        'select count(attempted_at)::int as attempted, count(*)::int as left from send_queue where tenant_id = $1',
        [line.tenantId],
      );
      expect(leased).toEqual({
        attempted: point === 'written' || point === 'answered' ? IN_FLIGHT : 0,
        left: point === 'recorded' ? 0 : IN_FLIGHT,
      });
      await takeOver();
      await expectNoneLostOrDoubled();
      if (point === 'leased' || point === 'recorded') expect(await statuses()).not.toContain('UNCONFIRMED');
    }, 60_000);
  },
);

describe.each(['before commit', 'after commit'] as const)('an API that is killed %s', (point) => {
  it('with fifty messages there, a few at a time, has lost none and doubles none when their senders ask again', async () => {
    // Commits of one tenant wait for one another: so each message is another tenant's.
    const senders = await makeSenders();
    const send = (url: string, { apiKey, input }: Sender) => ask(url, { apiKey }, SEND, { input }).catch(() => null);
    for (let first = 0; first < senders.length; first += AT_ONCE) {
      const some = senders.slice(first, first + AT_ONCE);
      const settings = { TEST_DIES_AT: point, TEST_DIES_WITH: String(some.length) };
      const doomed = await startChild('api-process', database.address, meta.url, settings);
      expect(await Promise.all(some.map((sender) => send(doomed.line, sender)))).toEqual(some.map(() => null));
      expect(await doomed.ended).toBe('SIGKILL');
    }
    const kept = await services.database.worker.query('select from send_queue');
    expect(kept.rows).toHaveLength(point === 'before commit' ? 0 : senders.length);
    const last = await startChild('api-process', database.address, meta.url);
    const answers = await Promise.all(senders.map((sender) => send(last.line, sender)));
    last.child.kill('SIGKILL');
    await last.ended;
    expect(answers.filter((answer) => answer?.data?.sendMessage.message)).toHaveLength(senders.length);
    await business.close();
    business = await startBusiness(services, meta);
    await until(() => meta.control.accepted.length >= senders.length);
    await until(async () => (await services.database.worker.query('select from send_queue')).rows.length === 0);
    expect(meta.control.accepted.map(({ text: words }) => words).sort()).toEqual(senders.map(({ input }) => input.text).sort());
  }, 120_000);
});

interface Sender {
  apiKey: string;
  input: { conversationId: string; text: string; idempotencyKey: string };
}

/** Fifty companies with one customer each who has just written. */
async function makeSenders(): Promise<Sender[]> {
  const lines: TestLine[] = [];
  for (let n = 0; n < IN_FLIGHT; n++) lines.push(await createLine(services));
  await business.close();
  await meta.close();
  meta = await startMeta(lines);
  business = await startBusiness(services, meta);
  for (const [n, { phoneNumberId, tenantId }] of lines.entries()) {
    const raw = body(change(phoneNumberId, { messages: [text(`wamid.${tenantId}`, `4915555${n}00`, 'hello')] }));
    await business.inbox.store(raw, digestOf(raw));
  }
  const senders: Sender[] = [];
  for (const { tenantId } of lines) {
    const find = () => rowsOf<{ id: string }>(services, tenantId, 'select id from conversation where tenant_id = $1', [tenantId]);
    await until(async () => (await find()).length === 1);
    const [conversation] = await find();
    const input = { conversationId: conversation?.id as string, text: `from ${tenantId}`, idempotencyKey: randomUUID() };
    senders.push({ apiKey: await makeApiKey(services, tenantId, ['inbox:read', 'inbox:reply']), input });
  }
  await business.worker.close();
  return senders;
}

const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code } } }';
