import { createHmac, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sign, verify } from './signature.ts';

const secret = 'app-secret';
const body = Buffer.from('{"object":"whatsapp_business_account","note":"caf\\u00e9 é"}');
const mac = createHmac('sha256', secret).update(body).digest();

describe('webhook signatures', () => {
  it('takes what it signs and gives the MAC', () => {
    expect(sign(body, secret)).toBe(`sha256=${mac.toString('hex')}`);
    expect(verify(body, sign(body, secret), secret)).toEqual(mac);
    expect(verify(body, sign(body, secret), createSecretKey(Buffer.from(secret)))).toEqual(mac);
  });

  it('agrees with a published test vector', () => {
    const expected = 'f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
    expect(sign('The quick brown fox jumps over the lazy dog', 'key')).toBe(`sha256=${expected}`);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['repeated', [sign(body, secret), sign(body, secret)]],
    ['without its prefix', mac.toString('hex')],
    ['sha1', `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`],
    ['short', sign(body, secret).slice(0, -2)],
    ['long', `${sign(body, secret)}00`],
    ['not hexadecimal', `sha256=${'zz'.repeat(32)}`],
    ['of another secret', sign(body, 'other')],
    ['of re-encoded JSON', sign(JSON.stringify(JSON.parse(body.toString())), secret)],
  ])('refuses a signature that is %s', (_name, header) => {
    expect(verify(body, header, secret)).toBeNull();
  });

  it('refuses any single changed byte', () => {
    for (let index = 0; index < body.length; index++) {
      const changed = Buffer.from(body);
      changed[index] = changed[index]! ^ 1;
      expect(verify(changed, sign(body, secret), secret)).toBeNull();
    }
  });
});
