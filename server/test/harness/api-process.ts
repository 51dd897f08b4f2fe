import 'reflect-metadata';
import os from 'node:os';
import path from 'node:path';
import { type AppOptions, openServices, startApp } from '../../src/app.ts';
import { parse } from '../../src/platform/database-address.ts';
import { createLog } from '../../src/platform/log.ts';
import { MASTER_KEY } from './messaging.ts';

// The API as a process of its own, or with TEST_ROLE another part of the product. It says where it answers.
const { TEST_DATABASE = '', TEST_META = '', TEST_ROLE = 'api' } = process.env;
const services = await openServices({
  database: parse(TEST_DATABASE),
  masterKeys: [MASTER_KEY],
  log: createLog({ level: 'silent' }),
  mediaStore: { folder: path.join(os.tmpdir(), `cube-files-${process.pid}`) },
});
const { url } = await startApp(services, {
  role: TEST_ROLE as AppOptions['role'],
  port: 0,
  host: '127.0.0.1',
  isSecure: false,
  webhooks: { appSecret: 'unused', verifyToken: 'unused' },
  whatsapp: { graphUrl: TEST_META, graphVersion: 'v26.0' },
});
process.stdout.write(`${url}\n`);
