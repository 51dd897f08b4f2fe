import { open } from 'node:fs/promises';
import type { Bytes } from './sealed-file.ts';

/** Writes a new file and waits until it is on the disk. Gives its size in bytes; `each` sees what goes by. */
export async function writeDown(
  file: string,
  bytes: Bytes,
  each: (piece: Uint8Array) => void = () => undefined,
): Promise<number> {
  const handle = await open(file, 'wx', 0o600);
  try {
    let size = 0;
    for await (const piece of bytes) {
      await handle.writeFile(piece);
      each(piece);
      size += piece.byteLength;
    }
    await handle.sync();
    return size;
  } finally {
    await handle.close();
  }
}
