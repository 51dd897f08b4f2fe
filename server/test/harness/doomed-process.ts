import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { appendEvents } from '../../src/events/append.ts';
import { localBus } from '../../src/platform/bus.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Services } from '../../src/platform/context.ts';
import { parse, toPgOptions } from '../../src/platform/database-address.ts';
import type { Database } from '../../src/platform/database.ts';
import { localKeyWrapper } from '../../src/platform/key-wrapper.ts';
import { Keys } from '../../src/platform/keys.ts';
import { createLog } from '../../src/platform/log.ts';
import { dieAt, type Point } from './die-at.ts';

// A process of the product with nothing in it but what one message needs on its way, so that hundreds can be killed: it loads, says that it is ready, waits
// for a line, then sends what is queued, or runs the command in that line, and kills itself at TEST_DIES_AT.
const { TEST_DATABASE = '', TEST_META = '', TEST_MASTER_KEY = '', TEST_DIES_AT = '' } = process.env;
const isCommand = TEST_DIES_AT.endsWith('commit');
const address = parse(TEST_DATABASE);
const parts = {
  keys: new Keys(localKeyWrapper([{ id: 'test', bytes: Buffer.from(TEST_MASTER_KEY, 'hex') }])),
  clock: systemClock,
  bus: localBus(),
  log: createLog({ level: process.env.LOG_LEVEL ?? 'silent' }),
  appendEvents,
};
const begin = await (isCommand ? commanding() : sending());
const lines = createInterface({ input: process.stdin });
process.stdout.write('ready\n');
const [line] = (await once(lines, 'line')) as [string];
dieAt(TEST_DIES_AT as Point, 1);
await begin(line);

async function sending(): Promise<() => Promise<unknown>> {
  const [{ Deliverer }, { CloudApi }] = await Promise.all([
    import('../../src/messaging/deliver.ts'),
    import('../../src/whatsapp/cloud-api.ts'),
  ]);
  const worker = new pg.Pool({ ...toPgOptions(address), max: 4, options: '-c role=cube_worker' });
  await worker.query('select');
  return async () => {
    const database = { worker } as unknown as Database;
    const deliverer = new Deliverer({ ...parts, database, cloudApi: new CloudApi({ baseUrl: TEST_META, version: 'v26.0' }) });
    // The numbers of one that was just killed become free a moment later.
    setInterval(() => deliverer.look(), 5);
  };
}

async function commanding(): Promise<(line: string) => Promise<unknown>> {
  await import('reflect-metadata');
  const [{ openDatabase }, { Context }, { authenticate }, { sendMessage }, { Message }] = await Promise.all([
    import('../../src/platform/database.ts'),
    import('../../src/platform/context.ts'),
    import('../../src/identity/authenticate.ts'),
    import('../../src/messaging/send-message.ts'),
    import('../../src/messaging/message.ts'),
  ]);
  const database = await openDatabase(address, [Message], { orm: 2, app: 2, worker: 1, jobs: 1 });
  return async (given) => {
    const { apiKey, input } = JSON.parse(given);
    const services = { ...parts, database } as Services;
    const viewer = await authenticate(services, { apiKey });
    const ctx = new Context({ ...services, isMeta: false } as ConstructorParameters<typeof Context>[0], viewer, {
      id: 'doomed',
      address: '',
    });
    await sendMessage(ctx, input);
  };
}
