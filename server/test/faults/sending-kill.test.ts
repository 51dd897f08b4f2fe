import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Services } from '../../src/platform/context.ts';
import { tenantsQuery } from '../../src/platform/tenant-query.ts';
import { makeApiKey } from '../harness/app.ts';
import { type Business, startBusiness, startMeta } from '../harness/business.ts';
import { type Child, startChild } from '../harness/child.ts';
import { ask } from '../harness/client.ts';
import { connect, type Connection } from '../harness/connect.ts';
import type { Point } from '../harness/die-at.ts';
import { body, change, text } from '../harness/envelopes.ts';
import { createLine, openServices, type TestLine } from '../harness/messaging.ts';
import { queueTexts } from '../harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { digestOf } from '../harness/reader.ts';
import { until } from '../harness/until.ts';

// At each point ten processes with five messages each kill themselves with SIGKILL, or TEST_KILLS=50 with one each. Commands are of as many tenants as there are
// messages in a process: commits of one tenant wait for one another.
const MESSAGES = 50;
const KILLED = Number(process.env.TEST_KILLS ?? 10);
const TOGETHER = MESSAGES / KILLED;
const TIMEOUT_MS = KILLED * 12_000;
/** So many are started ahead of the one that dies: a start costs far more than a death. */
const AHEAD = 3;
const LEASE_MS = 30_000;
const RECOVERED_MS = 35_000;
const CUSTOMERS = Array.from({ length: MESSAGES }, (_, n) => `+4915554${String(n).padStart(3, '0')}`);

let database: TestDatabase;
let services: Services;
let owner: Connection;
/** All but the first are for commands. */
let lines: TestLine[];
let line: TestLine;
let meta: Simulator;
/** Takes webhooks all the time; its worker is closed while the doomed processes work. */
let business: Business;
let laterMs = 0;

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
  lines = [];
  for (let n = 0; n < TOGETHER; n++) lines.push(await createLine(services));
  line = lines[0] as TestLine;
  meta = await startMeta(lines, { perSecond: 1_000, pairBurst: 1_000, webhooksAtOnce: 4 });
  business = await startBusiness(services, meta);
  for (const { tenantId, phoneNumberId } of lines) {
    const messages = CUSTOMERS.map((phone) => text(`wamid.${tenantId}.${phone}`, phone.slice(1), 'hello'));
    const raw = body(change(phoneNumberId, { messages }));
    await business.inbox.store(raw, digestOf(raw));
  }
  await until(async () => (await conversations()).length === MESSAGES * TOGETHER);
  await business.worker.close();
});
afterEach(async () => {
  await business.close();
  await meta.close();
});

const tenantIds = () => lines.map(({ tenantId }) => tenantId);
const rows = <Row extends object>(sql: string, values: unknown[] = []) =>
  tenantsQuery(services.database.worker, tenantIds(), (query) => query<Row>(sql, values));
const conversations = () => rows<{ id: string; tenant_id: string }>('select id, tenant_id from conversation');
const queued = async () => (await rows('select from send_queue where tenant_id = any($1::uuid[])', [tenantIds()])).length;
const statuses = async () =>
  (await rows<{ status: string }>(`select status from message where direction = 'OUTBOUND'`)).map(({ status }) => status);

/** Starts processes that die at a point, and lets them die one after the other, each by what `doom` has it do. */
async function killEach<T>(point: Point, dooms: readonly T[], doom: (one: T, child: Child) => Promise<void>): Promise<void> {
  const start = () => startChild('doomed-process', database.address, meta.url, { TEST_DIES_AT: point });
  const ahead = Array.from({ length: Math.min(AHEAD, dooms.length) }, start);
  try {
    for (const [n, one] of dooms.entries()) {
      const child = await (ahead.shift() as Promise<Child>);
      if (n + AHEAD < dooms.length) ahead.push(start());
      await doom(one, child);
      expect(await child.ended).toBe('SIGKILL');
    }
  } finally {
    for (const { child } of await Promise.all(ahead)) child.kill('SIGKILL');
  }
}

function inTurns<T>(all: readonly T[]): T[][] {
  return Array.from({ length: KILLED }, (_, n) => all.slice(n * TOGETHER, (n + 1) * TOGETHER));
}

/** Half a minute passes: in the database only, as processes agree on no other clock. */
async function leasesEnd(): Promise<void> {
  laterMs += LEASE_MS;
  await owner.rows(
    `create or replace function cube_now() returns timestamptz language sql stable as $$ select now() + interval '${laterMs} milliseconds' $$`,
  );
}

/** Another process takes over, until nothing is in the queue any more and what was accepted is known to be. */
async function takeOver(): Promise<void> {
  await business.close();
  business = await startBusiness(services, meta);
  await until(async () => (await queued()) === 0);
  await until(async () => (await statuses()).filter((status) => status === 'READ').length === meta.control.accepted.length);
}

describe.each(['leased', 'written', 'answered', 'recorded'] as const)(
  `${KILLED} workers, each killed with ${TOGETHER} of ${MESSAGES} messages %s`,
  (point) => {
    it(
      'lose and double none, and another has settled all within 35 s of the last',
      async () => {
        meta.control.settings.delayMs = point === 'written' ? 1_000 : 0;
        await killEach(point, inTurns(CUSTOMERS), async (phones, child) => {
          const ids: (string | undefined)[] = [];
          for (const phone of phones) ids.push((await queueTexts(services, line, phone, [phone]))[0]?.messageId);
          child.begin(String(TOGETHER));
          await child.ended;
          const sql = 'select attempted_at is not null as attempted from send_queue where message_id = any($1::uuid[])';
          const attempted = point === 'written' || point === 'answered';
          expect(await rows(sql, [ids])).toEqual(point === 'recorded' ? [] : phones.map(() => ({ attempted })));
        });
        const diedAt = performance.now();
        meta.control.settings.delayMs = 0;
        await leasesEnd();
        await takeOver();
        expect(LEASE_MS + performance.now() - diedAt).toBeLessThan(RECOVERED_MS);
        const sent = meta.control.accepted.map(({ opaque }) => opaque);
        expect(new Set(sent).size).toBe(sent.length);
        const reached = await statuses();
        expect(reached).toHaveLength(MESSAGES);
        expect(reached.filter((status) => status !== 'READ' && status !== 'UNCONFIRMED')).toEqual([]);
        if (point === 'leased' || point === 'recorded') expect(reached).not.toContain('UNCONFIRMED');
      },
      TIMEOUT_MS,
    );
  },
);

describe.each(['before commit', 'after commit'] as const)(
  `${KILLED} processes, each killed %s with ${TOGETHER} of ${MESSAGES} commands`,
  (point) => {
    it(
      'have lost none and doubled none when their senders ask again',
      async () => {
        const senders = await makeSenders();
        await killEach(point, inTurns(senders), async (some, child) => child.begin(JSON.stringify(some)));
        expect(await queued()).toBe(point === 'before commit' ? 0 : MESSAGES);
        expect(await statuses()).toHaveLength(point === 'before commit' ? 0 : MESSAGES);
        const last = await startChild('api-process', database.address, meta.url);
        const answers = await Promise.all(senders.map(({ apiKey, input }) => ask(last.line, { apiKey }, SEND, { input })));
        last.child.kill('SIGKILL');
        await last.ended;
        expect(answers.filter((answer) => answer.data?.['sendMessage'].message)).toHaveLength(MESSAGES);
        await takeOver();
        expect(meta.control.accepted.map(({ text: words }) => words).sort()).toEqual(
          senders.map(({ input }) => input.text).sort(),
        );
        expect(await statuses()).toEqual(senders.map(() => 'READ'));
      },
      TIMEOUT_MS,
    );
  },
);

const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code } } }';

interface Sender {
  apiKey: string;
  input: { conversationId: string; text: string; idempotencyKey: string };
}

/** As many of each tenant as there are processes to kill, the tenants by turns. */
async function makeSenders(): Promise<Sender[]> {
  const byTenant = Map.groupBy(await conversations(), (conversation) => conversation.tenant_id);
  const keys = new Map<string, string>();
  for (const id of tenantIds()) keys.set(id, await makeApiKey(services, id, ['inbox:read', 'inbox:reply']));
  return Array.from({ length: KILLED }, (_, n) =>
    tenantIds().map((tenantId) => {
      const id = byTenant.get(tenantId)?.[n]?.id ?? '';
      return {
        apiKey: keys.get(tenantId) as string,
        input: { conversationId: id, text: `to ${id}`, idempotencyKey: randomUUID() },
      };
    }),
  ).flat();
}
