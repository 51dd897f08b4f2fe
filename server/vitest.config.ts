import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One run for the whole repository. Decorators and their metadata follow tsconfig.json, as at run time. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Vite would take graphql's second build, which its libraries do not: two copies know nothing of one another's types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['server/**/*.test.ts', 'web/src/**/*.test.ts'],
    globalSetup: ['server/test/harness/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A test left on its own would hide all others, and the count would still look green.
    allowOnly: false,
  },
});
