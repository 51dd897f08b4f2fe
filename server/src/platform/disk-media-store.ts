import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { checkName, FileMissing, type MediaStore } from './media-store.ts';
import type { ByteRange, Bytes } from './sealed-file.ts';
import { writeDown } from './write-down.ts';

/** No write takes this long: what is older was left behind. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

/** Files in a folder of this machine, or of a file system that several mount. Throws when it cannot be written to. */
export async function diskMediaStore(folder: string): Promise<MediaStore> {
  await mkdir(partial(folder), { recursive: true, mode: 0o700 });
  const store = new DiskMediaStore(folder);
  await store.sweep();
  return store;
}

class DiskMediaStore implements MediaStore {
  constructor(private readonly folder: string) {}

  async put(name: string, bytes: Bytes): Promise<void> {
    const file = this.#path(name);
    const beside = path.join(partial(this.folder), randomUUID());
    try {
      await writeDown(beside, bytes);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      await rename(beside, file);
      // The name counts once its folder is on the disk too.
      await sync(path.dirname(file));
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  async read(name: string, { start, end }: ByteRange): Promise<Bytes> {
    const stream = createReadStream(this.#path(name), { start, end });
    await new Promise<void>((resolve, reject) => {
      stream.once('open', () => resolve());
      stream.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' ? new FileMissing() : error));
    });
    return stream;
  }

  async delete(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async sweep(): Promise<void> {
    const folder = partial(this.folder);
    for (const entry of await readdir(folder)) {
      const file = path.join(folder, entry);
      const found = await stat(file).catch(() => null);
      if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) await rm(file, { force: true });
    }
  }

  async close(): Promise<void> {
    return undefined;
  }

  /** By the end of the id: its beginning is the time, and all of a day's files would lie in one folder. */
  #path(name: string): string {
    const id = checkName(name).slice(0, 36);
    return path.join(this.folder, id.slice(-2), id.slice(-4, -2), name);
  }
}

function partial(folder: string): string {
  return path.join(folder, 'partial');
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
