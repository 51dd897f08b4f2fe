import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Lines of server/src that a pattern matches, as `folder/file.ts:12`. */
function findLines(pattern: RegExp, isFree: (file: string) => boolean): string[] {
  return files
    .filter((file) => !isFree(file))
    .flatMap((file) => {
      const lines = readFileSync(path.join(SOURCE, file), 'utf8').split('\n');
      return lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : []));
    });
}

const isBelow =
  (...folders: string[]) =>
  (file: string) =>
    file.endsWith('.test.ts') || folders.some((folder) => file.startsWith(`${folder}/`));

test('a rule asks clock.now(), never the machine', () => {
  expect(findLines(/new Date\(\)/, isBelow('platform', 'launch'))).toEqual([]);
});

test('a lock is called by its name: by its number, one that passes locked rows by looks like one that waits', () => {
  expect(findLines(/lockMode: \d/, () => false)).toEqual([]);
});

test('no file keeps something for later, and no file is a drawer for everything', () => {
  expect(findLines(/\b(TODO|FIXME|XXX)\b/, () => false)).toEqual([]);
  expect(files.filter((file) => /(^|[/-])(utils?|helpers?|manager|misc|common|index)\.ts$/.test(file))).toEqual([]);
});
