import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'sha256=';

/** The value of `X-Hub-Signature-256` for these raw bytes. */
export function sign(rawBody: Buffer | string, appSecret: string | KeyObject): string {
  return PREFIX + createHmac('sha256', appSecret).update(rawBody).digest('hex');
}

/**
 * Checks `X-Hub-Signature-256` over the bytes as they came (re-encoded JSON would differ), in constant time. Gives the 32 bytes of
 * the MAC, which serve as the digest of the body, or null for a header that is missing, repeated, short, `sha1=` or wrong.
 * A KeyObject saves the key set-up on every call.
 */
export function verify(rawBody: Buffer, header: unknown, appSecret: string | KeyObject): Buffer | null {
  if (typeof header !== 'string' || header.length !== PREFIX.length + 64 || !header.startsWith(PREFIX)) return null;
  const claimed = Buffer.from(header.slice(PREFIX.length), 'hex');
  const actual = createHmac('sha256', appSecret).update(rawBody).digest();
  return claimed.length === actual.length && timingSafeEqual(claimed, actual) ? actual : null;
}
