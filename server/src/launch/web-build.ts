import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { lockDataFolder } from './data-folder-lock.ts';
import { hashWebSources } from './web-sources.ts';

const LONGEST_WAIT = 120_000;
const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Builds the web client into `web/build` unless its sources are those of the last build, and gives that folder. `report` is told
 * what goes on, a line at a time. Throws with the end of the build's own words when it fails.
 */
export async function buildWeb(report: (line: string) => void, root = REPOSITORY): Promise<string> {
  const folder = path.join(root, 'web/build');
  const stamp = path.join(folder, '.stamp');
  const sources = hashWebSources(root);
  if (readStamp(stamp) === sources) return folder;
  const release = await takeTurn(path.join(root, 'web'));
  try {
    // Whoever was at it before may have built just this.
    if (readStamp(stamp) === sources) return folder;
    const begun = performance.now();
    report('Building the web client …');
    await runVite(path.join(root, 'web'));
    writeFileSync(stamp, sources);
    report(`Built the web client in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
    return folder;
  } finally {
    release();
  }
}

/** Two builds at once would take away one another's files: the second waits for the first, for two minutes at most. */
async function takeTurn(web: string): Promise<() => void> {
  const place = path.join(web, '.svelte-kit');
  mkdirSync(place, { recursive: true });
  for (const end = performance.now() + LONGEST_WAIT; ;) {
    try {
      return lockDataFolder(place);
    } catch (error) {
      if (performance.now() > end) throw error;
      await sleep(200);
    }
  }
}

function readStamp(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function runVite(web: string): Promise<void> {
  const vite = path.join(web, 'node_modules/vite/bin/vite.js');
  const env = { ...process.env, NODE_ENV: 'production' };
  const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: web,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk).slice(-8000));
  build.stdout.on('data', keep);
  build.stderr.on('data', keep);
  const code = await new Promise<number | null>((resolve, reject) => build.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The web client could not be built:\n${output.trim()}`);
}
