import { type KeyObject, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

/** A key that seals: its id travels in every value it sealed. */
export interface SealingKey {
  id: string;
  /** The id's 16 bytes. */
  idBytes: Buffer;
  secret: KeyObject;
}

/** A sealed value as it lies in the database. It prints as `[sealed]` everywhere; only the resolver of its field opens it. */
export class Sealed {
  private key: string | undefined;

  constructor(readonly bytes: Buffer) {}
  toJSON(): string {
    return '[sealed]';
  }
  toString(): string {
    return '[sealed]';
  }
  [inspect.custom](): string {
    return '[sealed]';
  }
  /** The id of the key that opens it. */
  get keyId(): string {
    return (this.key ??= uuidText(this.bytes.subarray(1, 17)));
  }
}

/** A value that could not be opened: wrong key, or it was changed or moved from where it was sealed. */
export class SealBroken extends Error {}

const VERSION = 1;
const HEAD = 1 + 16 + 12 + 16;
let nonces = Buffer.alloc(0);
let nextNonce = 0;
/** The one in use: a cipher copies it. */
const nonce = Buffer.alloc(12);

/** Where a sealed value lives; it opens nowhere else. */
export function place(tenantId: string, table: string, column: string, row: string): Buffer {
  return Buffer.from(`${tenantId}|${table}|${column}|${row}`);
}

/** AES-256-GCM: version, key id (16), nonce (12), tag (16), text. About 4 µs. */
export function seal(key: SealingKey, where: Buffer, text: string | Buffer): Buffer {
  takeNonce();
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce);
  cipher.setAAD(where);
  const body = typeof text === 'string' ? cipher.update(text, 'utf8') : cipher.update(text);
  cipher.final();
  const out = Buffer.allocUnsafe(HEAD + body.length);
  out[0] = VERSION;
  key.idBytes.copy(out, 1);
  nonce.copy(out, 17);
  cipher.getAuthTag().copy(out, 29);
  body.copy(out, HEAD);
  return out;
}

/** Opens what `seal` made, at the same place only. Throws `SealBroken`. */
export function unseal(secret: KeyObject, where: Buffer, sealed: Buffer): Buffer {
  if (sealed.length < HEAD || sealed[0] !== VERSION) throw new SealBroken('This value cannot be opened.');
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(17, 29), { authTagLength: 16 });
    decipher.setAAD(where);
    decipher.setAuthTag(sealed.subarray(29, HEAD));
    const text = decipher.update(sealed.subarray(HEAD));
    // Nothing is left over in this mode, but it throws when the tag is wrong.
    decipher.final();
    return text;
  } catch {
    throw new SealBroken('This value cannot be opened.');
  }
}

export function uuidBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Nonces are drawn by the thousand: one call of the generator each would cost more than the cipher. */
function takeNonce(): void {
  if (nextNonce + 12 > nonces.length) {
    nonces = randomBytes(12 * 1024);
    nextNonce = 0;
  }
  nonces.copy(nonce, 0, nextNonce, nextNonce + 12);
  nextNonce += 12;
}
