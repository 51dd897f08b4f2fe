import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SealBroken } from './sealed.ts';
import { openFile, sealedSize, sealFile } from './sealed-file.ts';

const CHUNK = 65_536;
const SEALED_CHUNK = CHUNK + 28;
const key = createSecretKey(randomBytes(32));
const where = Buffer.from('tenant|media|file|1');

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of bytes) all.push(piece);
  return Buffer.concat(all);
}

const sealed = (plain: Buffer, size = 10_000) => collect(sealFile(key, where, pieces(plain, size)));

/** Opens all or a part, and tells which bytes of the sealed file were read. */
async function opened(file: Buffer, size: number, range?: { start: number; end: number }, at = where, by = key) {
  let read = { start: 0, end: 0 };
  const text = await collect(
    openFile(
      by,
      at,
      size,
      async (asked) => {
        read = asked;
        return pieces(file.subarray(asked.start, asked.end + 1), 7_777);
      },
      range,
    ),
  );
  return { text, read };
}

describe('a sealed file', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001])(
    'of %i bytes opens as it was, in whatever pieces it came',
    async (size) => {
      const plain = randomBytes(size);
      for (const piece of [1_000, 65_536, 1_000_000]) {
        const file = await sealed(plain, piece);
        expect(file).toHaveLength(sealedSize(size));
        expect((await opened(file, size)).text.equals(plain)).toBe(true);
      }
    },
  );

  it('shows nothing of what it holds, and looks different each time', async () => {
    const plain = Buffer.alloc(100_000, 'A canary in the coal mine. ');
    const [one, other] = [await sealed(plain), await sealed(plain)];
    expect(one.includes('canary')).toBe(false);
    expect(one.equals(other)).toBe(false);
  });

  it('gives any part of itself, and reads only the chunks that hold it', async () => {
    const plain = randomBytes(5 * CHUNK + 123);
    const file = await sealed(plain);
    await fc.assert(
      fc.asyncProperty(fc.nat(plain.length - 1), fc.nat(plain.length - 1), async (a, b) => {
        const range = { start: Math.min(a, b), end: Math.max(a, b) };
        const { text, read } = await opened(file, plain.length, range);
        expect(text.equals(plain.subarray(range.start, range.end + 1))).toBe(true);
        const chunks = Math.floor(range.end / CHUNK) - Math.floor(range.start / CHUNK) + 1;
        expect(read.end - read.start + 1).toBeLessThanOrEqual(chunks * SEALED_CHUNK);
      }),
      { numRuns: 60 },
    );
  });

  const plain = randomBytes(3 * CHUNK);
  const chunk = (file: Buffer, index: number) => file.subarray(4 + index * SEALED_CHUNK, 4 + (index + 1) * SEALED_CHUNK);
  it.each<[string, (file: Buffer) => { file: Buffer; size?: number }]>([
    [
      'whose chunks were swapped',
      (file) => ({ file: Buffer.concat([file.subarray(0, 4), chunk(file, 1), chunk(file, 0), chunk(file, 2)]) }),
    ],
    ['that lost its last chunk and says so', (file) => ({ file: file.subarray(0, sealedSize(2 * CHUNK)), size: 2 * CHUNK })],
    ['that lost its last chunk', (file) => ({ file: file.subarray(0, sealedSize(2 * CHUNK)) })],
    ['that lost its first chunk', (file) => ({ file: Buffer.concat([file.subarray(0, 4), chunk(file, 1), chunk(file, 2)]) })],
    ['that ends in the middle of a chunk', (file) => ({ file: file.subarray(0, -1) })],
    ['that goes on after its end', (file) => ({ file: Buffer.concat([file, chunk(file, 2)]), size: 4 * CHUNK })],
    [
      'with a bit turned over',
      (file) => {
        const turned = Buffer.from(file);
        turned[100_000]! ^= 1;
        return { file: turned };
      },
    ],
  ])('%s does not open', async (_what, change) => {
    const { file, size = plain.length } = change(await sealed(plain));
    await expect(opened(file, size)).rejects.toBeInstanceOf(SealBroken);
  });

  it('opens at its place and with its key only', async () => {
    const file = await sealed(plain);
    await expect(opened(file, plain.length, undefined, Buffer.from('tenant|media|file|2'))).rejects.toBeInstanceOf(SealBroken);
    const other = createSecretKey(randomBytes(32));
    await expect(opened(file, plain.length, undefined, where, other)).rejects.toBeInstanceOf(SealBroken);
  });

  it('passes on the fault of what it reads from', async () => {
    const broken = (async function* () {
      yield randomBytes(10);
      throw new Error('the line went dead');
    })();
    await expect(collect(sealFile(key, where, broken))).rejects.toThrow('the line went dead');
  });
});
