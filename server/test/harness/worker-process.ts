import 'reflect-metadata';
import { startWorker } from '../../src/messaging/worker.ts';
import { parse } from '../../src/platform/database-address.ts';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';
import { openServices } from './messaging.ts';
import { skewClock } from './skew-clock.ts';

// A worker as a process of its own, to be killed: it sends what the database of TEST_DATABASE has queued to Meta's side at TEST_META. Its
// machine's clock is TEST_SKEW_MS off.
const { TEST_DATABASE = '', TEST_META = '', TEST_SKEW_MS } = process.env;
if (TEST_SKEW_MS) skewClock(Number(TEST_SKEW_MS));
const services = await openServices(parse(TEST_DATABASE));
startWorker(services, { cloudApi: new CloudApi({ baseUrl: TEST_META, version: 'v26.0' }) });
process.stdout.write('ready\n');
