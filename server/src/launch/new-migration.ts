import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `pnpm migrate:new add_labels` begins a migration of that name. */
const [name] = process.argv.slice(2);
if (!name || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('Give the migration a name of small letters, digits and underscores: pnpm migrate:new add_labels');
  process.exit(1);
}
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
const title = `Migration${stamp}_${name}`;
const file = fileURLToPath(new URL(`../../../migrations/${title}.ts`, import.meta.url));
writeFileSync(
  file,
  `import { Migration } from '@mikro-orm/migrations';

/** What changes, and why. A table with a tenant is closed with row-level security in the same migration. */
export class ${title} extends Migration {
  override up(): void {
    this.addSql('');
  }
}
`,
);
console.log(file);
