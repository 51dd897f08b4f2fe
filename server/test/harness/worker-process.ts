import 'reflect-metadata';
import { startWorker } from '../../src/messaging/worker.ts';
import { parse } from '../../src/platform/database-address.ts';
import { CloudApi } from '../../src/whatsapp/cloud-api.ts';
import { openServices } from './messaging.ts';

// A worker as a process of its own, to be killed: it sends what the database of TEST_DATABASE has queued to Meta's side at TEST_META.
const services = await openServices(parse(process.env.TEST_DATABASE ?? ''));
startWorker(services, { cloudApi: new CloudApi({ baseUrl: process.env.TEST_META ?? '', version: 'v26.0' }) });
process.stdout.write('ready\n');
