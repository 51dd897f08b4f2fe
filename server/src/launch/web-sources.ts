import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MADE = new Set(['node_modules', 'build', '.svelte-kit']);

/** One digest over the names and contents of everything the web client is built from. `root` is the folder of the repository. */
export function hashWebSources(root: string): string {
  const hash = createHash('sha256');
  for (const file of [...filesOf(root, 'web'), 'schema.graphql'].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return MADE.has(entry.name) ? [] : filesOf(root, place);
    return entry.isFile() ? [place] : [];
  });
}
