import { createSecretKey, randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newId } from './ids.ts';
import { createLog } from './log.ts';
import { place, SealBroken, type SealingKey, seal, Sealed, unseal, uuidBytes, uuidText } from './sealed.ts';

const keyOf = (id = newId()): SealingKey => ({ id, idBytes: uuidBytes(id), secret: createSecretKey(randomBytes(32)) });
const key = keyOf();
const where = place('tenant', 'message', 'body', 'row');

test('what was sealed opens again, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(unseal(key.secret, where, seal(key, where, text)).toString()).toBe(Buffer.from(text).toString());
    }),
  );
  const bytes = randomBytes(1 << 20);
  expect(unseal(key.secret, where, seal(key, where, bytes)).equals(bytes)).toBe(true);
  expect(unseal(key.secret, where, seal(key, where, '')).length).toBe(0);
});

test('every single changed byte is noticed, and every lost or added one', () => {
  const sealed = seal(key, where, 'a text');
  for (let at = 0; at < sealed.length; at++) {
    // The key's id only says which key to take: it is not part of what that key vouches for.
    if (at >= 1 && at < 17) continue;
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(key.secret, where, changed), `byte ${at}`).toThrow(SealBroken);
  }
  for (const length of [0, 1, 17, 44, sealed.length - 1])
    expect(() => unseal(key.secret, where, sealed.subarray(0, length))).toThrow(SealBroken);
  expect(() => unseal(key.secret, where, Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow(SealBroken);
});

test.each([
  ['tenant', place('other', 'message', 'body', 'row')],
  ['table', place('tenant', 'contact', 'body', 'row')],
  ['column', place('tenant', 'message', 'name', 'row')],
  ['row', place('tenant', 'message', 'body', 'other')],
])('it opens in no other %s', (_what, elsewhere) => {
  expect(() => unseal(key.secret, elsewhere, seal(key, where, 'a text'))).toThrow(SealBroken);
});

test('it opens with no other key', () => {
  expect(() => unseal(keyOf(key.id).secret, where, seal(key, where, 'a text'))).toThrow(SealBroken);
});

test('equal texts look different each time, over many thousand nonces', () => {
  const seen = new Set<string>();
  for (let count = 0; count < 5000; count++) seen.add(seal(key, where, 'a text').subarray(17, 29).toString('hex'));
  expect(seen.size).toBe(5000);
  expect(seal(key, where, 'a text').equals(seal(key, where, 'a text'))).toBe(false);
});

test('it names its key and shows nothing of its text', () => {
  const sealed = new Sealed(seal(key, where, 'a text'));
  expect(sealed.keyId).toBe(key.id);
  expect(sealed.bytes.includes('a text')).toBe(false);
  expect(uuidText(uuidBytes(key.id))).toBe(key.id);
});

test('it prints as [sealed] wherever it may be printed', () => {
  const row = { name: new Sealed(seal(key, where, 'a text')) };
  expect(JSON.stringify(row)).toBe('{"name":"[sealed]"}');
  expect(inspect(row, { depth: 9, showHidden: true })).toContain('name: [sealed]');
  expect(String(row.name)).toBe('[sealed]');
  expect(`${row.name}`).toBe('[sealed]');
  let logged = '';
  const stream = new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) });
  const log = createLog({ level: 'trace', stream });
  log.info({ row, name: row.name, list: [row.name] }, 'a row');
  log.error({ err: new Error(`cannot show ${row.name}`) }, 'an error');
  expect(logged).toContain('"[sealed]"');
  expect(logged).not.toContain(row.name.bytes.toString('base64').slice(0, 20));
  expect(logged).not.toContain('"data":[');
});
