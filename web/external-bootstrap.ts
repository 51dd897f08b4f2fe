import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Adapter } from '@sveltejs/kit';

const page = 'build/index.html';
const inlineScript = /<script>([\s\S]*?)<\/script>/g;

/**
 * Wraps an adapter so that the page it writes carries no inline script: each one moves to a file named by its hash.
 * The page then runs under `script-src 'self'`, with no hash to be kept in step with a header.
 */
export function externalBootstrap(adapter: Adapter): Adapter {
  return {
    ...adapter,
    async adapt(builder) {
      await adapter.adapt(builder);
      const html = await readFile(page, 'utf8');
      const scripts = [...html.matchAll(inlineScript)].map(([tag, body]) => ({ tag, body: body ?? '' }));
      let rewritten = html;
      for (const { tag, body } of scripts) {
        const name = `_app/immutable/boot.${createHash('sha256').update(body).digest('hex').slice(0, 12)}.js`;
        await writeFile(`build/${name}`, body);
        rewritten = rewritten.replace(tag, () => `<script src="/${name}"></script>`);
      }
      if (/<script(?![^>]*\bsrc=)/.test(rewritten)) throw new Error(`${page} still carries an inline script.`);
      await writeFile(page, rewritten);
    },
  };
}
