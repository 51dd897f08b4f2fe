import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBusiness, startMeta } from '../../test/harness/business.ts';
import { textBody } from '../../test/harness/envelopes.ts';
import { createLine, MASTER_KEY, openServices, rowsOf } from '../../test/harness/messaging.ts';
import { queueTexts } from '../../test/harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { databaseUrl } from '../../test/harness/process.ts';
import { digestOf } from '../../test/harness/reader.ts';
import { settle, until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

let database: TestDatabase;
let services: Services;

beforeAll(async () => {
  database = await createDatabase();
  services = await openServices(database.address);
});
afterAll(async () => {
  await services.database.close();
  await database.drop();
});

/** A worker of its own, sending to this address; resolves when it works. */
async function startWorkerProcess(metaUrl: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', './server/typescript.mjs', 'server/test/harness/worker-process.ts'], {
    cwd: REPOSITORY,
    env: {
      ...process.env,
      TEST_DATABASE: databaseUrl(database.address),
      TEST_META: metaUrl,
      TEST_MASTER_KEY: MASTER_KEY.bytes.toString('hex'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

describe('a worker that is killed in the middle of sending', () => {
  it('neither loses nor doubles a message', async () => {
    const line = await createLine(services);
    const meta = await startMeta([line], { delayMs: 15, perSecond: 1_000 });
    const business = await startBusiness(services, meta);
    const customers = Array.from({ length: 20 }, (_, n) => `+49155530${n}0`);
    for (const phone of customers) {
      const raw = textBody(line.phoneNumberId, `wamid.${phone}`, phone.slice(1), 'hello');
      await business.inbox.store(raw, digestOf(raw));
    }
    await until(async () => (await rowsOf(services, line.tenantId, 'select from message')).length === customers.length);
    // This process only listens from here on: others send, and are killed.
    await business.worker.close();
    const texts = customers.map((phone, c) => Array.from({ length: 15 }, (_, n) => `${phone} ${c}.${n}`));
    for (const [index, phone] of customers.entries()) await queueTexts(services, line, phone, texts[index] as string[]);
    for (const lifeMs of [120, 250, 400, 700]) {
      const child = await startWorkerProcess(meta.url);
      await settle(lifeMs);
      child.kill('SIGKILL');
      await once(child, 'exit');
      // Thirty seconds pass.
      await services.database.worker.query('update send_queue set lease_until = now() where lease_until is not null');
    }
    const killedAt = meta.control.accepted.length;
    await business.close();
    const last = await startBusiness(services, meta);
    const left = () => services.database.worker.query('select from send_queue');
    await until(async () => (await left()).rows.length === 0, 15_000);
    await until(async () => (await statusCounts()).READ === meta.control.accepted.length);
    const counts = await statusCounts();
    await last.close();
    await meta.close();
    const sent = meta.control.accepted.map(({ text }) => text);
    expect(killedAt).toBeGreaterThan(0);
    expect(new Set(sent).size).toBe(sent.length);
    // What was cut before it reached Meta may have been sent, for all we know.
    expect(Object.keys(counts).filter((status) => status !== 'READ' && status !== 'UNCONFIRMED')).toEqual([]);
    expect((counts.READ ?? 0) + (counts.UNCONFIRMED ?? 0)).toBe(300);

    async function statusCounts(): Promise<Record<string, number>> {
      const rows = await rowsOf<{ status: string; count: string }>(
        services,
        line.tenantId,
        `select status, count(*) from message where direction = 'OUTBOUND' group by status`,
      );
      return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
    }
  }, 60_000);
});
