import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

/** Headers of every answer. The web client may load from this origin only; of inline scripts only those in its own page run, by their hash. */
export function addSecurityHeaders(server: FastifyInstance, webRoot?: string): void {
  const policy = [
    `default-src 'self'`,
    `script-src 'self' ${inlineScripts(webRoot).join(' ')}`.trim(),
    `style-src 'self'`,
    `img-src 'self' data: blob:`,
    `media-src 'self' blob:`,
    `font-src 'self' data:`,
    `connect-src 'self' ws: wss:`,
    `object-src 'none'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ');
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(self)',
    });
    done();
  });
}

function inlineScripts(webRoot?: string): string[] {
  const file = webRoot && path.join(webRoot, 'index.html');
  if (!file || !existsSync(file)) return [];
  const found = readFileSync(file, 'utf8').matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [...found].map(
    ([, code]) =>
      `'sha256-${createHash('sha256')
        .update(code ?? '')
        .digest('base64')}'`,
  );
}
