import { createSecretKey } from 'node:crypto';
import { place, SealBroken, type SealingKey, seal, unseal } from './sealed.ts';
import type { MasterKey } from './settings.ts';

/** Wraps data keys under a master key. A key management service can stand in its place. */
export interface KeyWrapper {
  /** `owner` is bound to the wrapped key: it unwraps for that owner only. */
  wrap(key: Buffer, owner: string): Buffer;
  /** Throws when no master key at hand opens it. */
  unwrap(wrapped: Buffer, owner: string): Buffer;
}

/** Wraps with the keys of `MASTER_KEYS`: the newest wraps, all of them unwrap. */
export function localKeyWrapper(masters: readonly MasterKey[]): KeyWrapper {
  const keys = masters.map((master): SealingKey => {
    const idBytes = Buffer.alloc(16);
    idBytes.write(master.id.slice(0, 16));
    return { id: master.id, idBytes, secret: createSecretKey(master.bytes) };
  });
  const newest = keys[0];
  if (!newest) throw new Error('No master key.');
  return {
    wrap: (key, owner) => seal(newest, place('', 'key', 'wrapped', owner), key),
    unwrap: (wrapped, owner) => {
      const master = keys.find((key) => key.idBytes.equals(wrapped.subarray(1, 17)));
      if (!master)
        throw new SealBroken('No master key at hand opens this key. Set MASTER_KEYS to include the one it was wrapped with.');
      try {
        return unseal(master.secret, place('', 'key', 'wrapped', owner), wrapped);
      } catch {
        throw new SealBroken(
          `The master key "${master.id}" does not open this key: MASTER_KEYS holds another one under that id.`,
        );
      }
    },
  };
}
