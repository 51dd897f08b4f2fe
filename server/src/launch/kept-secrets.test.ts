import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { demoFilePath, readDemoFile, writeDemoFile } from './demo-file.ts';
import { demoMasterKey } from './demo-master-key.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(path.join(os.tmpdir(), 'cube-secrets-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const modeOf = (file: string) => statSync(file).mode & 0o777;
const demo = { url: 'http://localhost:4000', appSecret: 'a', verifyToken: 'v', tenants: [] };

test('demo.json comes back as it was written, for its owner alone', () => {
  writeDemoFile(home, demo);
  expect(readDemoFile(home)).toEqual(demo);
  expect(modeOf(demoFilePath(home))).toBe(0o600);
  expect(readdirSync(home)).toEqual(['demo.json']);
});

test('a lost or broken demo.json is none', () => {
  expect(readDemoFile(home)).toBeUndefined();
  writeFileSync(demoFilePath(home), '{"url":');
  expect(readDemoFile(home)).toBeUndefined();
});

test('the master key is made once and kept, for its owner alone', () => {
  const key = demoMasterKey(home);
  expect(key.bytes).toHaveLength(32);
  expect(demoMasterKey(home)).toEqual(key);
  expect(modeOf(path.join(home, 'master.key'))).toBe(0o600);
  expect(readdirSync(home)).toEqual(['master.key']);
});

test('a broken master key stops the start: another one could open nothing', () => {
  writeFileSync(path.join(home, 'master.key'), 'demo:AAAA\n');
  expect(() => demoMasterKey(home)).toThrow(/master\.key cannot be read/);
});
