import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBucket, type TestBucket } from '../../test/harness/s3.ts';
import { newId } from './ids.ts';
import { FileMissing, type MediaStore } from './media-store.ts';
import { openMediaStore } from './open-media-store.ts';

const KEYS = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY', region: 'eu-central-1' };
const folder = mkdtempSync(path.join(os.tmpdir(), 'cube-store-'));
let bucket: TestBucket;
const stores: Record<string, MediaStore> = {};
beforeAll(async () => {
  bucket = await startBucket(KEYS);
  stores['a folder'] = await openMediaStore({ folder });
  stores['a bucket'] = await openMediaStore({ ...KEYS, endpoint: bucket.url, bucket: 'cube', prefix: 'live/files' });
});
afterAll(async () => {
  for (const store of Object.values(stores)) await store.close();
  await bucket.close();
  rmSync(folder, { recursive: true });
});

async function* pieces(bytes: Buffer, fault?: Error) {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
  if (fault) throw fault;
}

async function read(store: MediaStore, name: string, start: number, end: number): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of await store.read(name, { start, end })) all.push(piece);
  return Buffer.concat(all);
}

describe.each(['a folder', 'a bucket'])('%s', (kind) => {
  const store = () => stores[kind] as MediaStore;

  it('gives back what was put there, whole and in part', async () => {
    const [name, bytes] = [newId(), randomBytes(300_000)];
    await store().put(name, pieces(bytes));
    await store().put(`${name}.thumbnail`, pieces(bytes.subarray(0, 10)));
    expect((await read(store(), name, 0, bytes.length - 1)).equals(bytes)).toBe(true);
    expect((await read(store(), name, 100_000, 200_000)).equals(bytes.subarray(100_000, 200_001))).toBe(true);
    expect(await read(store(), `${name}.thumbnail`, 0, 9)).toHaveLength(10);
  });

  it('puts one file in the place of another', async () => {
    const name = newId();
    await store().put(name, pieces(Buffer.from('before')));
    await store().put(name, pieces(Buffer.from('after!')));
    expect((await read(store(), name, 0, 5)).toString()).toBe('after!');
  });

  it('says that a file is missing, and forgets a deleted one', async () => {
    const name = newId();
    await expect(store().read(name, { start: 0, end: 9 })).rejects.toBeInstanceOf(FileMissing);
    await store().put(name, pieces(Buffer.from('0123456789')));
    await store().delete(name);
    await store().delete(name);
    await expect(store().read(name, { start: 0, end: 9 })).rejects.toBeInstanceOf(FileMissing);
  });

  it('keeps nothing of a file that broke off', async () => {
    const name = newId();
    await store().put(name, pieces(Buffer.from('whole')));
    await expect(store().put(name, pieces(randomBytes(200_000), new Error('broken off')))).rejects.toThrow('broken off');
    expect((await read(store(), name, 0, 4)).toString()).toBe('whole');
  });

  it('takes no name that leads elsewhere', async () => {
    await expect(store().put('../../etc/passwd', pieces(Buffer.from('x')))).rejects.toThrow('Not a name');
    await expect(store().put(`${newId()}/../x`, pieces(Buffer.from('x')))).rejects.toThrow('Not a name');
  });
});

describe('a folder', () => {
  it('is cleared of what a process that died had begun, and of nothing that is under way', async () => {
    const partial = path.join(folder, 'partial');
    for (const name of ['old', 'young']) writeFileSync(path.join(partial, name), 'x');
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    utimesSync(path.join(partial, 'old'), longAgo, longAgo);
    await (stores['a folder'] as MediaStore).sweep();
    expect(readdirSync(partial)).toEqual(['young']);
  });

  it('is shut to other users', async () => {
    const name = newId();
    await (stores['a folder'] as MediaStore).put(name, pieces(Buffer.from('x')));
    const file = path.join(folder, name.slice(-2), name.slice(-4, -2), name);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(path.dirname(file)).mode & 0o077).toBe(0);
  });
});

describe('a bucket', () => {
  it('holds files under its prefix', async () => {
    const name = newId();
    await (stores['a bucket'] as MediaStore).put(name, pieces(Buffer.from('x')));
    expect([...bucket.objects.keys()]).toContain(`/cube/live/files/${name}`);
  });

  it('is asked again when it fails for the moment, and not when it refuses', async () => {
    const [store, name] = [stores['a bucket'] as MediaStore, newId()];
    bucket.failWith.push(503, 500);
    await store.put(name, pieces(Buffer.from('sturdy')));
    expect((await read(store, name, 0, 5)).toString()).toBe('sturdy');
    bucket.failWith.push(403);
    await expect(store.delete(name)).rejects.toThrow('The media store answered DELETE with HTTP 403.');
    expect((await read(store, name, 0, 5)).toString()).toBe('sturdy');
  });

  it('refuses who signs with another secret', async () => {
    const address = { ...KEYS, secretKey: 'another', endpoint: bucket.url, bucket: 'cube', prefix: '' };
    const stranger = await openMediaStore(address);
    await expect(stranger.put(newId(), pieces(Buffer.from('x')))).rejects.toThrow('HTTP 403');
    await stranger.close();
  });
});
