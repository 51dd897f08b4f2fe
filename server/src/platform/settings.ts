import path from 'node:path';
import type { MediaStoreSetting } from './read-media-store.ts';
import { brokenRules, fields, isDemo } from './settings-rules.ts';
import { z } from 'zod';
import type { PriceBook } from '../whatsapp/prices.ts';
import type { DatabaseAddress } from './database-address.ts';
import type { MediaStoreAddress } from './media-store.ts';

export interface MasterKey {
  id: string;
  /** 32 bytes. */
  bytes: Buffer;
}

export interface Settings {
  port: number;
  /** A port that somebody chose and that is busy is an error; the default moves on. */
  portWasSet: boolean;
  /** Where a process that only works answers how it is; it moves on as `port` does. */
  workerPort: number;
  workerPortWasSet: boolean;
  /** The data folder, as an absolute path. */
  home: string;
  /** The owner's login. Without it the embedded PostgreSQL starts. */
  database?: DatabaseAddress;
  /** Without it the bus stays inside this process. */
  redisUrl?: string;
  /** Where people reach this server, without a slash at the end; without it, localhost and the port. */
  publicUrl?: string;
  /** Where files lie; without it, the folder `media` of the data folder. */
  mediaStore?: MediaStoreAddress;
  /** Newest first. Empty only in the demo, which keeps a key of its own. */
  masterKeys: MasterKey[];
  whatsapp: {
    /** Without it (only in the demo): the simulator. */
    graphUrl?: string;
    graphVersion: string;
    appSecret?: string;
    verifyToken?: string;
  };
  /** Prices that take the place of our own. */
  prices?: PriceBook;
  role: 'all' | 'api' | 'worker';
  isProduction: boolean;
  logLevel?: string;
  demo: boolean;
}

/** All that is wrong with the environment, a sentence each. None of them repeats a secret. */
export class BadSettings extends Error {
  constructor(readonly faults: string[]) {
    super(faults.join('\n'));
    this.name = 'BadSettings';
  }
}

const META_GRAPH_URL = 'https://graph.facebook.com';

/** Reads and checks every setting; an empty value counts as not set. Throws `BadSettings` with all faults at once. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = z.object(fields).safeParse(set);
  const faults = [...(read.error?.issues.map((issue) => issue.message) ?? []), ...brokenRules(set)];
  if (!read.success || faults.length > 0) throw new BadSettings(faults);
  const value = read.data;
  const demo = isDemo(set);
  const graphUrl = value.WHATSAPP_GRAPH_URL ?? (demo ? undefined : META_GRAPH_URL);
  return {
    port: value.PORT ?? 4000,
    portWasSet: value.PORT !== undefined,
    workerPort: value.WORKER_PORT ?? 4100,
    workerPortWasSet: value.WORKER_PORT !== undefined,
    home: path.resolve(value.CUBE_HOME),
    database: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    publicUrl: value.PUBLIC_URL,
    mediaStore: mediaStoreOf(value),
    masterKeys: value.MASTER_KEYS ?? [],
    whatsapp: {
      graphUrl,
      graphVersion: value.WHATSAPP_GRAPH_VERSION,
      appSecret: value.WHATSAPP_APP_SECRET,
      verifyToken: value.WHATSAPP_VERIFY_TOKEN,
    },
    prices: value.PRICE_TABLE,
    role: value.ROLE,
    isProduction: value.NODE_ENV === 'production',
    logLevel: value.LOG_LEVEL,
    demo,
  };
}

/** The keys are there whenever it is a bucket: see the rules. */
function mediaStoreOf(value: {
  MEDIA_STORE?: MediaStoreSetting;
  MEDIA_ACCESS_KEY?: string;
  MEDIA_SECRET_KEY?: string;
}): MediaStoreAddress | undefined {
  const { MEDIA_STORE: store, MEDIA_ACCESS_KEY: accessKey = '', MEDIA_SECRET_KEY: secretKey = '' } = value;
  return store && 'bucket' in store ? { ...store, accessKey, secretKey } : store;
}
