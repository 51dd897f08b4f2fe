import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { BadSettings, readSettings } from './settings.ts';

const key = (id: string) => `${id}:${Buffer.alloc(32, id).toString('base64')}`;
const production = {
  NODE_ENV: 'production',
  MASTER_KEYS: key('k1'),
  WHATSAPP_APP_SECRET: 'app secret',
  WHATSAPP_VERIFY_TOKEN: 'verify token',
};

function faultsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof BadSettings) return error.faults;
    throw error;
  }
  return [];
}

describe('settings', () => {
  test('with nothing set are the demo on port 4000 in .cube', () => {
    expect(readSettings({})).toMatchObject({
      port: 4000,
      portWasSet: false,
      workerPort: 4100,
      workerPortWasSet: false,
      home: path.resolve('.cube'),
      database: undefined,
      redisUrl: undefined,
      mediaStore: undefined,
      masterKeys: [],
      whatsapp: { graphUrl: undefined, graphVersion: 'v26.0' },
      role: 'all',
      isProduction: false,
      demo: true,
    });
  });

  test('with everything set are read as they stand', () => {
    const settings = readSettings({
      ...production,
      PORT: '80',
      WORKER_PORT: '9100',
      CUBE_HOME: '/data',
      DATABASE_URL: 'postgres://cube:p%40ss@db.example:6432/cube?sslmode=verify-full',
      REDIS_URL: 'rediss://cache.example:6380',
      MEDIA_STORE: 's3://cube-media/files/live?endpoint=https://s3.example&region=eu-1',
      MEDIA_ACCESS_KEY: 'access',
      MEDIA_SECRET_KEY: 'secret',
      PUBLIC_URL: 'https://inbox.example/',
      MASTER_KEYS: `${key('new')},${key('old')}`,
      WHATSAPP_GRAPH_URL: 'http://127.0.0.1:9000',
      WHATSAPP_GRAPH_VERSION: 'v27.1',
      ROLE: 'worker',
      LOG_LEVEL: 'debug',
    });
    expect(settings).toMatchObject({
      port: 80,
      portWasSet: true,
      workerPort: 9100,
      workerPortWasSet: true,
      home: '/data',
      database: { host: 'db.example', port: 6432, user: 'cube', password: 'p@ss', database: 'cube', tls: 'verified' },
      redisUrl: 'rediss://cache.example:6380',
      mediaStore: {
        endpoint: 'https://s3.example',
        region: 'eu-1',
        bucket: 'cube-media',
        prefix: 'files/live',
        accessKey: 'access',
        secretKey: 'secret',
      },
      publicUrl: 'https://inbox.example',
      whatsapp: {
        graphUrl: 'http://127.0.0.1:9000',
        graphVersion: 'v27.1',
        appSecret: 'app secret',
        verifyToken: 'verify token',
      },
      role: 'worker',
      isProduction: true,
      logLevel: 'debug',
      demo: false,
    });
    expect(settings.masterKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  test('take an empty value for none', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: '', DEMO: '' })).toMatchObject({ port: 4000, portWasSet: false, demo: true });
  });

  test("send to Meta's address outside the demo", () => {
    expect(readSettings(production).whatsapp.graphUrl).toBe('https://graph.facebook.com');
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT must be a whole number from 1 to 65535, not "abc".'],
    [{ PORT: '0' }, 'PORT must be a whole number from 1 to 65535, not "0".'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 1 to 65535, not "65536".'],
    [{ ROLE: 'boss' }, 'ROLE must be one of all, api, worker, not "boss".'],
    [{ NODE_ENV: 'prod' }, 'NODE_ENV must be one of development, production, test, not "prod".'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud".'],
    [{ DEMO: 'yes' }, 'DEMO must be one of on, off, not "yes".'],
    [{ WHATSAPP_GRAPH_VERSION: '26' }, 'WHATSAPP_GRAPH_VERSION must look like v26.0, not "26".'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL must be an address that begins with redis:// or rediss://.'],
    [{ PUBLIC_URL: 'inbox.example' }, 'PUBLIC_URL must be an address that begins with http:// or https://.'],
    [{ WHATSAPP_GRAPH_URL: 'ftp://x' }, 'WHATSAPP_GRAPH_URL must be an address that begins with http:// or https://.'],
  ])('refuse %o', (env, fault) => {
    expect(faultsOf({ DEMO: 'on', ...env })).toEqual([fault]);
  });

  test.each([
    ['mysql://u@h/d', 'it must begin with postgres://'],
    ['postgres://h/d', 'it names no user'],
    ['postgres://u@h', 'it names no database'],
    ['postgres://u@/d', 'it names no host'],
    ['postgres://u@h/d?sslmode=prefer', 'its sslmode must be one of disable, require, verify-ca, verify-full'],
  ])('refuse DATABASE_URL %s', (DATABASE_URL, reason) => {
    expect(faultsOf({ DATABASE_URL })).toEqual([
      `DATABASE_URL must look like postgres://user:password@host:5432/database: ${reason}.`,
    ]);
  });

  test('take prices of one’s own, and refuse what is no table', () => {
    const own = path.join(import.meta.dirname, '../whatsapp/prices');
    const prices = readSettings({ PRICE_TABLE: own }).prices;
    expect(prices?.priceOf('Germany', 'SERVICE', new Date('2026-11-01'))).toEqual({ micros: 55_000, currency: 'USD' });
    expect(faultsOf({ PRICE_TABLE: '/no/such/file.json' })).toEqual([expect.stringMatching(/^PRICE_TABLE must be .* ENOENT/)]);
  });

  test('take a folder, or a bucket of Amazon, as the place of files', () => {
    expect(readSettings({ MEDIA_STORE: '/srv/media/' }).mediaStore).toEqual({ folder: '/srv/media/' });
    const bucket = { MEDIA_STORE: 's3://cube?region=eu-central-1', MEDIA_ACCESS_KEY: 'a', MEDIA_SECRET_KEY: 's' };
    expect(readSettings(bucket).mediaStore).toMatchObject({
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      bucket: 'cube',
      prefix: '',
    });
  });

  test.each([
    ['media', 'it begins neither with / nor with s3://'],
    ['http://bucket', 'it begins neither with / nor with s3://'],
    ['s3://key:hunter2@bucket', 'keys belong into MEDIA_ACCESS_KEY and MEDIA_SECRET_KEY'],
    ['s3://B', 'the name of the bucket is wrong'],
    ['s3://bucket/a b', 'a prefix holds letters, digits and . _ - / only'],
    ['s3://bucket?endpoint=minio:9000', 'the endpoint must be an http or https address without a path'],
    ['s3://bucket?key=1', 'it knows endpoint and region, not key'],
  ])('refuse MEDIA_STORE %s', (MEDIA_STORE, reason) => {
    expect(faultsOf({ MEDIA_STORE, MEDIA_ACCESS_KEY: 'a', MEDIA_SECRET_KEY: 's' })).toEqual([
      `MEDIA_STORE must be a folder such as /srv/media, or s3://bucket/prefix?endpoint=https://…&region=…: ${reason}.`,
    ]);
  });

  test('want both keys of a bucket', () => {
    expect(faultsOf({ MEDIA_STORE: 's3://bucket' })).toEqual([
      'MEDIA_ACCESS_KEY is required with MEDIA_STORE=s3://….',
      'MEDIA_SECRET_KEY is required with MEDIA_STORE=s3://….',
    ]);
  });

  test.each([
    ['k1', 'entry 1 is not id:base64'],
    [`${key('k1')},k2:AAAA`, 'entry 2 has 3 bytes'],
    [`${key('k1')},${key('k1')}`, 'two keys carry the same id'],
  ])('refuse MASTER_KEYS %s', (MASTER_KEYS, reason) => {
    expect(faultsOf({ MASTER_KEYS })).toEqual([
      `MASTER_KEYS must be id:base64 of 32 bytes, newest first, with commas: ${reason}.`,
    ]);
  });

  test('tell all faults at once, those between settings too, and repeat no secret', () => {
    const faults = faultsOf({
      PORT: '-1',
      ROLE: 'api',
      DEMO: 'off',
      DATABASE_URL: 'postgres://:hunter2@h/d',
      MASTER_KEYS: 'hunter3',
    });
    expect(faults).toHaveLength(7);
    expect(faults.slice(-4)).toEqual([
      'REDIS_URL is required with ROLE=api: the roles meet there.',
      'MEDIA_STORE is required with ROLE=api: a folder or bucket that all roles reach.',
      'WHATSAPP_APP_SECRET is required outside the demo.',
      'WHATSAPP_VERIFY_TOKEN is required outside the demo.',
    ]);
    expect(faults.join('\n')).not.toMatch(/hunter/);
  });

  test('refuse the demo in production', () => {
    expect(faultsOf({ ...production, DEMO: 'on' })).toEqual([
      'DEMO=on is refused with NODE_ENV=production: its passwords and keys are printed on the screen.',
    ]);
  });
});
