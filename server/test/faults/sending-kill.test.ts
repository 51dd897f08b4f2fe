import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../simulator/simulator.ts';
import type { Services } from '../../src/platform/context.ts';
import { makeApiKey } from '../harness/app.ts';
import { type Business, startBusiness, startMeta } from '../harness/business.ts';
import { type Child, startChild } from '../harness/child.ts';
import { ask } from '../harness/client.ts';
import { connect, type Connection } from '../harness/connect.ts';
import type { Point } from '../harness/die-at.ts';
import { body, change, text } from '../harness/envelopes.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../harness/messaging.ts';
import { queueTexts } from '../harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../harness/postgres.ts';
import { digestOf } from '../harness/reader.ts';
import { until } from '../harness/until.ts';

// Fifty processes for each point: each has one message there and kills itself with SIGKILL.
const KILLS = 50;
/** So many are started ahead of the one that dies: a start costs far more than a death. */
const AHEAD = 3;
const LEASE_MS = 30_000;
const RECOVERED_MS = 35_000;
const CUSTOMERS = Array.from({ length: KILLS }, (_, n) => `+4915554${String(n).padStart(3, '0')}`);

let database: TestDatabase;
let services: Services;
let owner: Connection;
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
  line = await createLine(services);
  meta = await startMeta([line], { perSecond: 1_000, pairBurst: 1_000, webhooksAtOnce: 4 });
  business = await startBusiness(services, meta);
  const messages = CUSTOMERS.map((phone) => text(`wamid.${line.tenantId}.${phone}`, phone.slice(1), 'hello'));
  const raw = body(change(line.phoneNumberId, { messages }));
  await business.inbox.store(raw, digestOf(raw));
  await until(async () => (await countOf(`select from message where tenant_id = $1`)) === KILLS);
  await business.worker.close();
});
afterEach(async () => {
  await business.close();
  await meta.close();
});

const countOf = async (sql: string) => (await rowsOf(services, line.tenantId, sql, [line.tenantId])).length;
const queued = () => countOf('select from send_queue where tenant_id = $1');
const statuses = async () =>
  (await rowsOf<{ status: string }>(services, line.tenantId, `select status from message where direction = 'OUTBOUND'`)).map(
    ({ status }) => status,
  );

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
  'fifty workers, each killed with its message %s',
  (point) => {
    it('lose and double none, and another has settled all within 35 s of the last', async () => {
      meta.control.settings.delayMs = point === 'written' ? 1_000 : 0;
      const left = {
        leased: [{ attempted: false }],
        written: [{ attempted: true }],
        answered: [{ attempted: true }],
        recorded: [],
      };
      await killEach(point, CUSTOMERS, async (phone, child) => {
        const [queuedText] = await queueTexts(services, line, phone, [phone]);
        child.begin();
        await child.ended;
        expect(
          await rowsOf(
            services,
            line.tenantId,
            'select attempted_at is not null as attempted from send_queue where message_id = $1',
            [queuedText?.messageId],
          ),
        ).toEqual(left[point]);
      });
      const diedAt = performance.now();
      meta.control.settings.delayMs = 0;
      await leasesEnd();
      await takeOver();
      expect(LEASE_MS + performance.now() - diedAt).toBeLessThan(RECOVERED_MS);
      const sent = meta.control.accepted.map(({ opaque }) => opaque);
      expect(new Set(sent).size).toBe(sent.length);
      const reached = await statuses();
      expect(reached).toHaveLength(KILLS);
      expect(reached.filter((status) => status !== 'READ' && status !== 'UNCONFIRMED')).toEqual([]);
      if (point === 'leased' || point === 'recorded') expect(reached).not.toContain('UNCONFIRMED');
    }, 300_000);
  },
);

describe.each(['before commit', 'after commit'] as const)('fifty commands, each killed %s', (point) => {
  it('have lost none and doubled none when their senders ask again', async () => {
    const apiKey = await makeApiKey(services, line.tenantId, ['inbox:read', 'inbox:reply']);
    const rows = await rowsOf<{ id: string }>(services, line.tenantId, 'select id from conversation where tenant_id = $1', [
      line.tenantId,
    ]);
    const inputs = rows.map(({ id }) => ({ conversationId: id, text: `to ${id}`, idempotencyKey: randomUUID() }));
    expect(inputs).toHaveLength(KILLS);
    await killEach(point, inputs, async (input, child) => child.begin(JSON.stringify({ apiKey, input })));
    expect(await queued()).toBe(point === 'before commit' ? 0 : KILLS);
    expect(await statuses()).toHaveLength(point === 'before commit' ? 0 : KILLS);
    const last = await startChild('api-process', database.address, meta.url);
    const answers = await Promise.all(inputs.map((input) => ask(last.line, { apiKey }, SEND, { input })));
    last.child.kill('SIGKILL');
    await last.ended;
    expect(answers.filter((answer) => answer.data?.['sendMessage'].message)).toHaveLength(KILLS);
    await takeOver();
    expect(meta.control.accepted.map(({ text: words }) => words).sort()).toEqual(inputs.map((input) => input.text).sort());
    expect(await statuses()).toEqual(inputs.map(() => 'READ'));
  }, 300_000);
});

const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code } } }';
