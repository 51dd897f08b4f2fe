import path from 'node:path';
import { z } from 'zod';
import { readPriceBook } from '../whatsapp/prices.ts';
import { parse } from './database-address.ts';
import { readMasterKeys } from './master-keys.ts';
import { readMediaStore } from './read-media-store.ts';

type Environment = Record<string, string | undefined>;

/** Each setting by itself: how it is read, and the sentence that says what is wrong with it. */
export const fields = {
  PORT: port('PORT'),
  WORKER_PORT: port('WORKER_PORT'),
  CUBE_HOME: z.string().default('.cube'),
  DATABASE_URL: read(parse, (reason) => `DATABASE_URL must look like postgres://user:password@host:5432/database: ${reason}.`),
  REDIS_URL: address('REDIS_URL', ['redis:', 'rediss:']),
  PUBLIC_URL: address('PUBLIC_URL', ['http:', 'https:']),
  MASTER_KEYS: read(
    readMasterKeys,
    (reason) => `MASTER_KEYS must be id:base64 of 32 bytes, newest first, with commas: ${reason}.`,
  ),
  MEDIA_STORE: read(
    readMediaStore,
    (reason) => `MEDIA_STORE must be a folder such as /srv/media, or s3://bucket/prefix?endpoint=https://…&region=…: ${reason}.`,
  ),
  MEDIA_ACCESS_KEY: z.string().optional(),
  MEDIA_SECRET_KEY: z.string().optional(),
  WHATSAPP_GRAPH_URL: address('WHATSAPP_GRAPH_URL', ['http:', 'https:']),
  WHATSAPP_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, { error: ({ input }) => `WHATSAPP_GRAPH_VERSION must look like v26.0, not ${quoted(input)}.` })
    .default('v26.0'),
  WHATSAPP_APP_SECRET: z.string().optional(),
  WHATSAPP_VERIFY_TOKEN: z.string().optional(),
  PRICE_TABLE: read(
    (place) => readPriceBook(path.resolve(place)),
    (reason) => `PRICE_TABLE must be a table of prices, or a folder of them, as docs/prices.md says: ${reason}`,
  ),
  ROLE: oneOf('ROLE', ['all', 'api', 'worker']).default('all'),
  NODE_ENV: oneOf('NODE_ENV', ['development', 'production', 'test']).default('development'),
  LOG_LEVEL: oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  DEMO: oneOf('DEMO', ['on', 'off']).optional(),
};

/** The demo is on unless it is turned off or this is production. */
export function isDemo(env: Environment): boolean {
  return env.DEMO === 'on' || (env.DEMO !== 'off' && env.NODE_ENV !== 'production');
}

/** The rules between settings that `env` breaks. They look at raw values, so that they are told beside faults of single settings. */
export function brokenRules(env: Environment): string[] {
  const faults: string[] = [];
  if (env.ROLE === 'api' || env.ROLE === 'worker') {
    const missing = ['DATABASE_URL', 'REDIS_URL'].filter((name) => env[name] === undefined);
    faults.push(...missing.map((name) => `${name} is required with ROLE=${env.ROLE}: the roles meet there.`));
    if (env.MEDIA_STORE === undefined)
      faults.push(`MEDIA_STORE is required with ROLE=${env.ROLE}: a folder or bucket that all roles reach.`);
  }
  if (env.MEDIA_STORE?.startsWith('s3:')) {
    const missing = ['MEDIA_ACCESS_KEY', 'MEDIA_SECRET_KEY'].filter((name) => env[name] === undefined);
    faults.push(...missing.map((name) => `${name} is required with MEDIA_STORE=s3://….`));
  }
  if (isDemo(env) && (env.ROLE === 'api' || env.ROLE === 'worker') && env.WHATSAPP_GRAPH_URL === undefined) {
    faults.push(`WHATSAPP_GRAPH_URL is required for the demo with ROLE=${env.ROLE}: the simulator runs with ROLE=all only.`);
  }
  if (env.DEMO === 'on' && env.NODE_ENV === 'production') {
    faults.push('DEMO=on is refused with NODE_ENV=production: its passwords and keys are printed on the screen.');
  }
  if (!isDemo(env)) {
    const missing = ['MASTER_KEYS', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'].filter((name) => env[name] === undefined);
    faults.push(...missing.map((name) => `${name} is required outside the demo.`));
  }
  return faults;
}

function quoted(value: unknown): string {
  return JSON.stringify(value);
}

function oneOf<const T extends string>(name: string, values: T[]) {
  return z.enum(values, { error: ({ input }) => `${name} must be one of ${values.join(', ')}, not ${quoted(input)}.` });
}

function port(name: string) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535, {
      error: ({ input }) => `${name} must be a whole number from 1 to 65535, not ${quoted(input)}.`,
    })
    .transform(Number)
    .optional();
}

/** A URL without a slash at its end. Its fault does not repeat it: it may hold a password. */
function address(name: string, protocols: string[]) {
  const isAddress = (text: string) => URL.canParse(text) && protocols.includes(new URL(text).protocol);
  const starts = protocols.map((protocol) => `${protocol}//`).join(' or ');
  return z
    .string()
    .refine(isAddress, { error: `${name} must be an address that begins with ${starts}.` })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional();
}

/** A setting read by a function that throws the reason when it cannot. */
function read<T>(reader: (text: string) => T, sentence: (reason: string) => string) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return reader(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: sentence((error as Error).message) });
        return z.NEVER;
      }
    })
    .optional();
}
