import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBusiness, startMeta } from '../../test/harness/business.ts';
import { textBody } from '../../test/harness/envelopes.ts';
import { createLine, openServices, rowsOf } from '../../test/harness/messaging.ts';
import { queueTexts } from '../../test/harness/outbound.ts';
import { createDatabase, type TestDatabase } from '../../test/harness/postgres.ts';
import { until } from '../../test/harness/until.ts';
import type { Services } from '../platform/context.ts';
import { loadSends } from './load-sends.ts';

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
    const line = await createLine(services);
    const meta = await startMeta([line], {});
    const business = await startBusiness(services, meta, 50);
    const raw = textBody(line.phoneNumberId, 'wamid.hello', '4915550001', 'hello');
    await business.inbox.store(raw, createHash('sha256').update(raw).digest());
    await until(async () => (await rowsOf(services, line.tenantId, 'select 1 from conversation')).length === 1);
    await business.close();
    await meta.close();
    const [queued] = await queueTexts(services, line, '+4915550001', ['Hello']);
    const [row] = await rowsOf<{ contact_id: string }>(services, line.tenantId, 'select contact_id from conversation');
    const send = {
      tenantId: line.tenantId,
      messageId: queued?.messageId as string,
      numberId: line.numberId,
      contactId: row?.contact_id as string,
      attempt: 1,
      tries: 0,
      unreached: 0,
      lease: '',
    };
    expect((await loadSends({ ...services, isMeta: false }, [send])).map(({ kind }) => kind)).toEqual(['ready']);
    expect((await loadSends({ ...services, isMeta: true }, [send])).map(({ kind }) => kind)).toEqual(['paused']);
  });
});
