import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { OxcTransformer } from '@oxc-node/core';

// Runs the project's TypeScript with its decorators: `node --import ./server/typescript.mjs file.ts`. The transformer's own registration looks at
// every module there is, from a thread of its own: that makes a start twice as long and 50 MB heavier, and only our files need it.
const root = fileURLToPath(new URL('..', import.meta.url));
const transformer = new OxcTransformer(root);
enableCompileCache(`${root}node_modules/.cache/compiled`);

const HAS_PRIVATE_NAMES = /\bthis\.#\w/;
/** Decorators, parameters of a constructor that are properties, enums. */
const NEEDS_TRANSFORMER =
  /^\s*@\w+\(|\bconstructor\(([^)]*,)?\s*(private|protected|public|readonly)\s|^\s*(export )?(const )?(enum|namespace)\s/m;

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) return nextLoad(url, context);
    const source = transformed(fileURLToPath(url));
    return source === undefined ? nextLoad(url, context) : { format: 'module', source, shortCircuit: true };
  },
});

/**
 * Undefined for what has only types to strip, which Node does by itself: the few programs with a top-level `await`, which the transformer refuses, and
 * classes with private names. Of those the transformer would make a map for each name, with every object in it: slow to read and slow to collect. */
function transformed(file) {
  const source = readFileSync(file, 'utf8');
  if (HAS_PRIVATE_NAMES.test(source) && !NEEDS_TRANSFORMER.test(source)) return undefined;
  try {
    return transformer.transform(file, source).source();
  } catch {
    return undefined;
  }
}
