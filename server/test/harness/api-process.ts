import 'reflect-metadata';
import os from 'node:os';
import path from 'node:path';
import { openServices, startApp } from '../../src/app.ts';
import { parse } from '../../src/platform/database-address.ts';
import { createLog } from '../../src/platform/log.ts';
import { dieAt, type Point } from './die-at.ts';
import { MASTER_KEY } from './messaging.ts';

// The API as a process of its own, to be killed: it kills itself once TEST_DIES_WITH messages are at TEST_DIES_AT. It says where it answers.
const { TEST_DATABASE = '', TEST_META = '', TEST_DIES_AT, TEST_DIES_WITH = '1' } = process.env;
if (TEST_DIES_AT) dieAt(TEST_DIES_AT as Point, Number(TEST_DIES_WITH));
const services = await openServices({
  database: parse(TEST_DATABASE),
  masterKeys: [MASTER_KEY],
  log: createLog({ level: 'silent' }),
  mediaStore: { folder: path.join(os.tmpdir(), `cube-files-${process.pid}`) },
});
const { url } = await startApp(services, {
  role: 'api',
  port: 0,
  host: '127.0.0.1',
  isSecure: false,
  webhooks: { appSecret: 'unused', verifyToken: 'unused' },
  whatsapp: { graphUrl: TEST_META, graphVersion: 'v26.0' },
});
process.stdout.write(`${url}\n`);
