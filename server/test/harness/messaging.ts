import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { enterNumber } from '../../src/conversations/enter-number.ts';
import { appendEvents } from '../../src/events/append.ts';
import { createTenant } from '../../src/identity/create-tenant.ts';
import { Tenant } from '../../src/identity/tenant.ts';
import { localBus } from '../../src/platform/bus.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Services } from '../../src/platform/context.ts';
import type { DatabaseAddress } from '../../src/platform/database-address.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { localKeyWrapper } from '../../src/platform/key-wrapper.ts';
import { Keys } from '../../src/platform/keys.ts';
import { createLog } from '../../src/platform/log.ts';
import { openMediaStore } from '../../src/platform/open-media-store.ts';
import { queryOn } from '../../src/platform/query.ts';

/** Shared with the processes that a test starts. */
export const MASTER_KEY = {
  id: 'test',
  bytes: process.env.TEST_MASTER_KEY ? Buffer.from(process.env.TEST_MASTER_KEY, 'hex') : randomBytes(32),
};

/** What a process of the product works with, on a test database. Two of them on one address are two processes. */
export async function openServices(address: DatabaseAddress): Promise<Services> {
  return {
    database: await openDatabase(address, [Tenant]),
    keys: new Keys(localKeyWrapper([MASTER_KEY])),
    clock: systemClock,
    bus: localBus(),
    log: createLog({ level: process.env.LOG_LEVEL ?? 'silent' }),
    appendEvents,
    media: await openMediaStore({ folder: path.join(process.env.TEST_MEDIA ?? os.tmpdir(), 'shared') }),
  };
}

export interface TestLine {
  tenantId: string;
  numberId: string;
  phoneNumberId: string;
  token: string;
}

let lines = 0;

/** A new tenant with one WhatsApp number. */
export async function createLine(services: Services, line: Partial<TestLine> = {}): Promise<TestLine> {
  const serial = ++lines;
  const phoneNumberId = line.phoneNumberId ?? `70${process.pid}${serial}`;
  const token = line.token ?? `token-${serial}`;
  const tenantId =
    line.tenantId ?? (await createTenant(services, { name: `Tenant ${serial}`, locale: 'en', timeZone: 'UTC', isTest: true }));
  const numberId = await enterNumber(services, {
    tenantId,
    phoneNumberId,
    wabaId: '9001',
    displayPhone: `+4930555${String(serial).padStart(4, '0')}`,
    name: 'Shop',
    accessToken: token,
    isTest: true,
  });
  return { tenantId, numberId, phoneNumberId, token };
}

/** Rows of one tenant, read as the worker. */
export async function rowsOf<Row extends object>(
  { database }: Services,
  tenantId: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const connection = await database.worker.connect();
  try {
    await connection.query('begin');
    await connection.query(`select set_config('app.tenant_ids', $1, true)`, [`{${tenantId}}`]);
    return await queryOn(connection)<Row>(sql, values);
  } finally {
    await connection.query('rollback');
    connection.release();
  }
}
