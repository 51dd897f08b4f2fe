import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.ts';

/** `pnpm schema` writes schema.graphql; with `--check` it fails when the file is not what the code says. */
const file = fileURLToPath(new URL('../../../schema.graphql', import.meta.url));
const printed = `${printSchema(lexicographicSortSchema(createSchema()))}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, printed);
else if (readFileSync(file, 'utf8') !== printed) {
  console.error('schema.graphql is out of date: run `pnpm schema` and `pnpm codegen`.');
  process.exit(1);
}
