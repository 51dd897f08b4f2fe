import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isId } from '../platform/ids.ts';

/** SHA-256. Enough for secrets of 32 random bytes, which nobody can guess. */
export function digestOf(secret: string | Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** 32 random bytes as text for a cookie or a key. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Writes an API key as its holder gets it: `cc_test_<id>_<secret>`; the id is without dashes. */
export function writeApiKey(isTest: boolean, id: string, secret: string): string {
  return `cc_${isTest ? 'test' : 'live'}_${id.replaceAll('-', '')}_${secret}`;
}

/** Reads an API key; null when it does not look like one. */
export function readApiKey(text: string): { isTest: boolean; id: string; secret: string } | null {
  const match = /^cc_(test|live)_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([\w-]{20,100})$/.exec(text);
  if (!match) return null;
  const id = match.slice(2, 7).join('-');
  return isId(id) ? { isTest: match[1] === 'test', id, secret: match[7] as string } : null;
}

/** Compares digests in constant time. */
export function equalDigests(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
