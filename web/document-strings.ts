import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const call = /graphql\(\s*`([^`]*)`,?\s*\)/g;
const importLine = /^import \{ graphql \} from '#lib\/gql\/index\.ts';$/m;
const spread = /\.\.\.\s*([A-Z]\w*)/g;

/**
 * Puts every document into the code that asks it, as a string with the fragments it spreads. The generated `graphql()` would bring the syntax
 * trees of all documents of all pages to each of them. Only types are taken from what is generated.
 */
export function documentStrings(): Plugin {
  let fragments: Map<string, string> | null = null;
  return {
    name: 'document-strings',
    enforce: 'pre',
    watchChange: () => void (fragments = null),
    transform(code, id) {
      if (!id.endsWith('.ts') || !importLine.test(code)) return null;
      fragments ??= readFragments();
      const known = fragments;
      return code.replace(importLine, '').replace(call, (_, text: string) => JSON.stringify(withFragments(text, known)));
    },
  };
}

function readFragments(): Map<string, string> {
  const fragments = new Map<string, string>();
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of files) {
    for (const [, text = ''] of readFileSync(`src/${file}`, 'utf8').matchAll(call)) {
      const name = /^\s*fragment\s+(\w+)/.exec(text)?.[1];
      if (name) fragments.set(name, text);
    }
  }
  return fragments;
}

/** A document with all fragments it spreads, and those they spread, once each. */
function withFragments(text: string, fragments: ReadonlyMap<string, string>): string {
  const used = new Set<string>();
  const follow = (part: string): void => {
    for (const [, name = ''] of part.matchAll(spread)) {
      const fragment = fragments.get(name);
      if (fragment === undefined) throw new Error(`There is no fragment ${name}.`);
      if (used.has(name)) continue;
      used.add(name);
      follow(fragment);
    }
  };
  follow(text);
  return [text, ...[...used].map((name) => fragments.get(name) ?? '')].join(' ').replaceAll(/\s+/g, ' ').trim();
}
