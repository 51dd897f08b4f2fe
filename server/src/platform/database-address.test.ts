import { expect, test } from 'vitest';
import { parse, toPgOptions } from './database-address.ts';

test('reads a unix socket as libpq writes it', () => {
  expect(parse('postgresql://cube@/cube?host=/run/postgresql')).toEqual({
    host: '/run/postgresql',
    port: 5432,
    user: 'cube',
    database: 'cube',
  });
});

test('reads an IPv6 host and leaves TLS out unless it is asked for', () => {
  expect(toPgOptions(parse('postgres://cube:secret@[::1]:6000/cube'))).toEqual({
    host: '::1',
    port: 6000,
    user: 'cube',
    password: 'secret',
    database: 'cube',
  });
});

test.each([
  ['require', false],
  ['verify-full', true],
])('checks the certificate with sslmode=%s: %s', (mode, isChecked) => {
  expect(toPgOptions(parse(`postgres://cube@db/cube?sslmode=${mode}`)).ssl).toEqual({ rejectUnauthorized: isChecked });
});
