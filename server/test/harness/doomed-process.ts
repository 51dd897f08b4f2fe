import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { appendEvents } from '../../src/events/append.ts';
import { localBus } from '../../src/platform/bus.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { parse, toPgOptions } from '../../src/platform/database-address.ts';
import type { Database } from '../../src/platform/database.ts';
import { localKeyWrapper } from '../../src/platform/key-wrapper.ts';
import { Keys } from '../../src/platform/keys.ts';
import { createLog } from '../../src/platform/log.ts';
import { dieAt, type Point } from './die-at.ts';

// A process of the product with nothing in it but what one message needs on its way, so that hundreds can be killed: it loads, says that it is ready, waits
// for a line, then sends what is queued, or runs the commands in that line, and kills itself at TEST_DIES_AT.
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
await begin(line);

async function sending(): Promise<(line: string) => Promise<unknown>> {
  const [{ Deliverer }, { CloudApi }] = await Promise.all([
    import('../../src/messaging/deliver.ts'),
    import('../../src/whatsapp/cloud-api.ts'),
  ]);
  const worker = new pg.Pool({ ...toPgOptions(address), max: 4, options: '-c role=cube_worker' });
  await worker.query('select');
  return async (count) => {
    dieAt(TEST_DIES_AT as Point, Number(count));
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
  const database = await openDatabase(address, [Message], { orm: 12, app: 4, worker: 1, jobs: 1 });
  return async (given) => {
    const senders = JSON.parse(given) as { apiKey: string; input: Parameters<typeof sendMessage>[1] }[];
    const services = { ...parts, database, isMeta: false } as unknown as ConstructorParameters<typeof Context>[0];
    dieAt(TEST_DIES_AT as Point, senders.length);
    const send = async ({ apiKey, input }: (typeof senders)[number]) => {
      const viewer = await authenticate(services, { apiKey });
      await sendMessage(new Context(services, viewer, { id: 'doomed', address: '' }), input);
    };
    await Promise.all(senders.map(send));
  };
}
