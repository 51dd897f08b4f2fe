import type { MasterKey } from './settings.ts';

/** Reads `id:base64,id:base64`, newest first; an id has up to 16 characters. Throws an `Error` that names the entry by its place, never by its content. */
export function readMasterKeys(text: string): MasterKey[] {
  const keys = text.split(',').map((entry, index) => readMasterKey(entry.trim(), index + 1));
  const ids = new Set(keys.map((key) => key.id));
  if (ids.size < keys.length) throw new Error('two keys carry the same id');
  return keys;
}

function readMasterKey(entry: string, place: number): MasterKey {
  const [, id, encoded] = /^([\w-]{1,16}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
  if (!id || !encoded) throw new Error(`entry ${place} is not id:base64`);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== 32) throw new Error(`entry ${place} has ${bytes.length} bytes`);
  return { id, bytes };
}
