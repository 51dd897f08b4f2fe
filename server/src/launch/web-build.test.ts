import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildWeb } from './web-build.ts';

let root: string;
let lines: string[];
beforeEach(() => {
  lines = [];
  root = mkdtempSync(path.join(os.tmpdir(), 'cube-web-'));
  put('web/src/routes/page.ts', 'export {};');
  put('schema.graphql', 'type Query { viewer: String }');
  // Stands for vite: counts its runs.
  put(
    'web/node_modules/vite/bin/vite.js',
    `const fs = require('fs'); fs.mkdirSync('build', { recursive: true }); fs.appendFileSync('build/runs', 'x');`,
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, text: string): void {
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

const build = () => buildWeb((line) => void lines.push(line), root);
const runs = () => readFileSync(path.join(root, 'web/build/runs'), 'utf8').length;

test('builds once while nothing changes, and says so', async () => {
  await expect(build()).resolves.toBe(path.join(root, 'web/build'));
  await build();
  expect(runs()).toBe(1);
  expect(lines).toEqual(['Building the web client …', expect.stringMatching(/^Built the web client in \d+\.\d s\.$/)]);
});

test.each([
  ['a changed file', () => put('web/src/routes/page.ts', 'export const a = 1;')],
  ['another name', () => put('web/src/routes/other.ts', 'export {};')],
  ['a changed schema', () => put('schema.graphql', 'type Query { viewer: Int }')],
  ['a new setting of the build', () => put('web/vite.config.ts', 'export default {};')],
])('builds again after %s', async (_name, change) => {
  await build();
  change();
  await build();
  expect(runs()).toBe(2);
});

test('a build that fails says why, and is tried again', async () => {
  put('web/node_modules/vite/bin/vite.js', `console.error('page.ts: unexpected token'); process.exit(1);`);
  await expect(build()).rejects.toThrow('The web client could not be built:\npage.ts: unexpected token');
  await expect(build()).rejects.toThrow('could not be built');
});
