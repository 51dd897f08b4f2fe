import 'reflect-metadata';
import { expect, it } from 'vitest';
import type { Database } from '../platform/database.ts';
import type { Keys } from '../platform/keys.ts';
import { AppSecrets } from './app-secrets.ts';

it('ids that somebody makes up push out one another, and not the apps that are in use', async () => {
  let reads = 0;
  const app = { query: async () => (reads++, { rows: [] }) };
  const secrets = new AppSecrets({ database: { app } as unknown as Database, keys: {} as Keys });
  await secrets.of('in use');
  for (let n = 0; n < 5_000; n++) {
    await secrets.of(`made up ${n}`);
    if (n % 100 === 0) await secrets.of('in use');
  }
  expect(reads).toBe(5_001);
  // The oldest are not kept for ever.
  await secrets.of('made up 0');
  expect(reads).toBe(5_002);
});
