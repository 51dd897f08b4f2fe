import { readFileSync } from 'node:fs';

/** The flags that `pnpm start` gives to node: what is measured runs with the same. */
export function startFlags(): string[] {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--') && word !== '--import');
}
