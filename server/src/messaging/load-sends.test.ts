import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBusiness, startMeta } from '../../test/harness/business.ts';
import { textBody } from '../../test/harness/envelopes.ts';
import { connect } from '../../test/harness/connect.ts';
import { createLine, openServices, rowsOf, type TestLine } from '../../test/harness/messaging.ts';
import { queueTexts } from '../../test/harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { loadSends } from './load-sends.ts';
import type { QueuedSend } from './queued-send.ts';

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

describe('what a test number should send', () => {
  it('goes to the simulator, and is kept away from Meta itself', async () => {
    const send = await queueOne(await createLine(services));
    expect((await loadSends({ ...services, isMeta: false }, [send])).map(({ kind }) => kind)).toEqual(['ready']);
    expect((await loadSends({ ...services, isMeta: true }, [send])).map(({ kind }) => kind)).toEqual(['paused']);
  });
});

describe('a tenant whose keys are gone', () => {
  it('harms none of the others that are read together with it', async () => {
    // Nothing is queued while a business works: it would send, and be refused, for another's number.
    const lines = [await createLine(services), await createLine(services), await createLine(services)];
    for (const line of lines) await customerWrites(line);
    const sends = await Promise.all(lines.map((line) => queueText(line)));
    const owner = await connect(database.address);
    await owner.rows('alter table tenant_key no force row level security');
    await owner.rows('delete from tenant_key where tenant_id = $1', [sends[1]?.tenantId]);
    await owner.rows('alter table tenant_key force row level security');
    await owner.end();
    // Another process: nothing is at hand yet.
    const fresh = await openServices(database.address);
    const loaded = await loadSends({ ...fresh, isMeta: false }, sends);
    await fresh.database.close();
    expect(loaded.map(({ kind, send }) => [kind, send.tenantId])).toEqual([
      ['ready', sends[0]?.tenantId],
      ['broken', sends[1]?.tenantId],
      ['ready', sends[2]?.tenantId],
    ]);
  });
});

/** A customer writes to a line and is answered; gives what is queued. */
async function queueOne(line: TestLine): Promise<QueuedSend> {
  await customerWrites(line);
  return queueText(line);
}

async function customerWrites(line: TestLine): Promise<void> {
  const meta = await startMeta([line], {});
  const business = await startBusiness(services, meta, 50);
  const raw = textBody(line.phoneNumberId, `wamid.${line.tenantId}`, '4915550001', 'hello');
  await business.inbox.store(raw, createHash('sha256').update(raw).digest());
  await until(async () => (await rowsOf(services, line.tenantId, 'select 1 from conversation')).length === 1);
  await business.close();
  await meta.close();
}

async function queueText(line: TestLine): Promise<QueuedSend> {
  const [queued] = await queueTexts(services, line, '+4915550001', ['Hello']);
  const [row] = await rowsOf<{ contact_id: string }>(services, line.tenantId, 'select contact_id from conversation');
  return {
    tenantId: line.tenantId,
    messageId: queued?.messageId as string,
    numberId: line.numberId,
    contactId: row?.contact_id as string,
    attempt: 1,
    tries: 0,
    unreached: 0,
    lease: '',
  };
}
