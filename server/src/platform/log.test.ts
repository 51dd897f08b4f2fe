import { expect, test } from 'vitest';
import { createLog } from './log.ts';

/** Writes through a log and gives the lines that came out. */
function linesOf(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  write(createLog({ level: 'info', stream: { write: (line) => void (lines += line) } }));
  return lines;
}

test('a line is JSON with its level in words', () => {
  const line = JSON.parse(linesOf((log) => log.warn({ tenantId: 't1' }, 'slow'))) as object;
  expect(line).toMatchObject({ level: 'warn', tenantId: 't1', msg: 'slow' });
});

test('fields that hold what people wrote never come out, at the top or below', () => {
  const lines = linesOf((log) =>
    log.info({ text: 'hunter1', message: { body: 'hunter2' }, request: { headers: { cookie: 'hunter3' } } }),
  );
  expect(lines).not.toMatch(/hunter/);
});

test.each([
  ['a test key', 'cc_test_ab12_hunter'],
  ['a live key', 'cc_live_ab12_hunter'],
  ['a webhook secret', 'whsec_hunter+/='],
  ["Meta's token", 'EAAhunterhunterhunter1'],
  ['a bearer token', 'Bearer hunter.1-2'],
  ['a password in an address', 'postgres://cube:hunter@db/cube'],
])('%s inside a longer text is taken out', (_name, secret) => {
  const lines = linesOf((log) => log.info(`refused ${secret} twice`));
  expect(lines).toContain('[redacted]');
  expect(lines).not.toMatch(/hunter/);
});

test('a phone inside a longer text is taken out', () => {
  expect(linesOf((log) => log.info('no such contact: +966501234567'))).not.toContain('5012345');
});

test('a database error keeps its code and constraint, not the values of the row', () => {
  const error = Object.assign(new Error('Key (email)=(hunter@example.test) already exists'), {
    code: '23505',
    constraint: 'user_email',
  });
  const lines = linesOf((log) => log.error({ err: error }, 'failed'));
  expect(JSON.parse(lines)).toMatchObject({
    err: { message: 'PostgreSQL error 23505', code: '23505', constraint: 'user_email' },
  });
  expect(lines).not.toMatch(/hunter/);
});

test('a fault of the network keeps its message and where it arose', () => {
  const error = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  expect(JSON.parse(linesOf((log) => log.error({ err: error })))).toMatchObject({
    err: { message: 'write EPIPE', code: 'EPIPE', stack: expect.stringContaining('log.test.ts') as string },
  });
});
