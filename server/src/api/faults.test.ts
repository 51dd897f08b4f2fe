import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { ask, headersFor, post, socket } from '../../test/harness/client.ts';
import { executeOn } from '../../test/harness/execute-on.ts';
import { isId } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

let app: TestApp;
let apiKey: string;
let logged = '';
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  apiKey = app.tenants[0].apiKeys.owner ?? '';
  const stream = new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) });
  app.services.log = createLog({ level: 'trace', stream });
});
afterAll(() => app.close());

const send = (body: unknown, headers: Record<string, string> = {}) =>
  post(`${app.url}/graphql`, body as object, { ...headersFor({ apiKey }), ...headers });
/** What the first error says of a document that is refused before it runs; undefined for one that ran. */
const refusalOf = async (query: string) => {
  const { status, body } = await send({ query });
  const { errors } = JSON.parse(body);
  if (!errors) return undefined;
  expect(status).toBe(400);
  expect(errors[0].extensions.code).toMatch(/^(BAD_REQUEST|GRAPHQL_VALIDATION_FAILED)$/);
  return errors[0].message as string;
};

describe('a fault of ours', () => {
  test('is masked: the client gets a request id, the log gets what it is about', async () => {
    await executeOn(app.address, 'alter table contact rename to gone');
    logged = '';
    const answers = [
      await send({ query: '{ contacts { nodes { name } } }' }),
      await send({ query: '{ viewer { tenant { name } } contacts { nodes { id } } }' }),
    ];
    await executeOn(app.address, 'alter table gone rename to contact');
    for (const { body } of answers) {
      const error = JSON.parse(body).errors[0];
      expect(error).toMatchObject({ path: ['contacts'], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
      expect(isId(error.extensions.requestId)).toBe(true);
      expect(error.message).toContain(error.extensions.requestId);
      expect(body).not.toMatch(/select |relation|stack|node_modules|42P01|postgres/i);
      expect(logged).toContain(error.extensions.requestId);
    }
    expect(logged).toContain('42P01');
    expect((await ask(app.url, { apiKey }, '{ contacts { nodes { name } } }')).errors).toBeUndefined();
  });

  test('is masked in a subscription too', async () => {
    const [tenant] = app.tenants;
    const { data } = await ask(app.url, { apiKey }, '{ eventCursor }');
    await tenantQuery(app.services.database.app, tenant.id, (query) =>
      app.services.appendEvents(query, [
        { tenantId: tenant.id, kind: 'CONVERSATION_CHANGED', subjectId: tenant.id, conversationId: tenant.id },
      ]),
    );
    await executeOn(app.address, 'alter table conversation rename to gone');
    const client = socket(app.url, { apiKey });
    try {
      const query = `subscription { conversationChanged(after: "${data?.eventCursor}") { cursor conversation { id unreadCount } } }`;
      const text = await new Promise<string>((resolve) => {
        const done = (value: unknown) => resolve(JSON.stringify(value));
        client.subscribe({ query }, { next: done, error: done, complete: () => done('complete') });
      });
      expect(text).toContain('INTERNAL_SERVER_ERROR');
      expect(text).not.toMatch(/select |relation|stack|node_modules|42P01/i);
    } finally {
      await client.dispose();
      await executeOn(app.address, 'alter table gone rename to conversation');
    }
  });

  test('of the plain kind is no page of somebody’s framework', async () => {
    for (const address of ['/nothing', '/graphql/nothing', '/%00', '/media/../../etc/passwd']) {
      const response = await fetch(`${app.url}${address}`);
      expect(response.status, address).toBeGreaterThanOrEqual(400);
      expect(response.status, address).toBeLessThan(500);
      expect(await response.text(), address).not.toMatch(/ at |node_modules/);
    }
  });
});

describe('limits of a document', () => {
  const nested = (depth: number) =>
    '{ conversations { nodes {'.concat(' lastMessage { conversation {'.repeat(depth), ' id ', '} }'.repeat(depth), ' } } }');

  test('ten fields deep, also through fragments', async () => {
    expect(await refusalOf(nested(3))).toBeUndefined();
    expect(await refusalOf(nested(4))).toContain('10 are allowed');
    const spread = `query { conversations { nodes { ...A } } } fragment A on Conversation { lastMessage { conversation { ...B } } }
      fragment B on Conversation { lastMessage { conversation { ...C } } } fragment C on Conversation { lastMessage { conversation { lastMessage { conversation { id } } } } }`;
    expect(await refusalOf(spread)).toContain('10 are allowed');
  });

  test('fifteen aliases, of __typename too', async () => {
    const aliases = (count: number, field: string) =>
      `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ')} }`;
    expect(await refusalOf(aliases(15, 'eventCursor'))).toBeUndefined();
    expect(await refusalOf(aliases(16, 'eventCursor'))).toBe('Up to 15 aliases are allowed.');
    expect(await refusalOf(aliases(16, '__typename'))).toBe('Up to 15 aliases are allowed.');
  });

  test('twenty directives', async () => {
    expect(await refusalOf(`{ viewer { ${'locale @include(if: true) '.repeat(20)} } }`)).toBeUndefined();
    expect(await refusalOf(`{ viewer { ${'locale @include(if: true) '.repeat(21)} } }`)).toBe('Up to 20 directives are allowed.');
  });

  test('two thousand tokens, counted before anything else is done', async () => {
    const { status, body } = await send({ query: `{ ${'eventCursor '.repeat(2001)} }` });
    expect(status).toBe(400);
    expect(body).toContain('token');
  });

  test('a quarter of a megabyte', async () => {
    const { status, body } = await send({ query: '{ eventCursor }', variables: { text: 'x'.repeat(257 * 1024) } });
    expect(status).toBe(413);
    expect(body).not.toContain('xxx');
  });

  test('fragments that contain one another do not hang it', async () => {
    const circle = '{ viewer { ...A } } fragment A on Viewer { locale ...B } fragment B on Viewer { ...A }';
    expect((await send({ query: circle })).status).toBe(400);
  });

  test('one operation a request', async () => {
    const { status } = await send([{ query: '{ eventCursor }' }, { query: '{ eventCursor }' }]);
    expect(status).toBe(400);
  });

  test('holds for subscriptions over any connection', async () => {
    const deep = `subscription { messageChanged { message { conversation {${' lastMessage { conversation {'.repeat(4)} id ${'} }'.repeat(4)} } } } }`;
    const response = await post(`${app.url}/graphql/stream`, { query: deep }, headersFor({ apiKey }));
    expect(response.status).toBe(400);
    expect(response.body).toContain('deep');
    const client = socket(app.url, { apiKey });
    const refused = await new Promise((resolve) =>
      client.subscribe({ query: deep }, { next: resolve, error: resolve, complete: () => resolve('complete') }),
    );
    await client.dispose();
    expect(JSON.stringify(refused)).toContain('deep');
  });
});

describe('what is sent in the wrong way', () => {
  test('a subscription by POST is told where to go', async () => {
    const { status, body } = await send({ query: 'subscription { eventRecorded { kind } }' });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({
      errors: [{ extensions: { code: 'USE_SUBSCRIPTION_TRANSPORT' }, message: expect.stringContaining('/graphql/stream') }],
    });
  });

  test('a form, plain text or a link of another page runs nothing', async () => {
    const query = '{ viewer { locale } }';
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const response = await fetch(`${app.url}/graphql`, {
        method: 'POST',
        headers: { ...headersFor({ apiKey }), 'content-type': contentType },
        body: JSON.stringify({ query }),
      });
      expect(response.status, contentType).toBeGreaterThanOrEqual(400);
      expect(await response.text(), contentType).not.toContain('locale":');
    }
    const link = await fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, { headers: headersFor({ apiKey }) });
    expect(link.status).toBe(405);
  });

  test('what is no GraphQL, no JSON or no document is refused with words', async () => {
    for (const body of [
      { query: '{' },
      { query: '{ nothing }' },
      { query: '' },
      {},
      { query: 7 },
      { query: 'query A { eventCursor } query B { eventCursor }' },
    ]) {
      const { status, body: answer } = await send(body);
      expect(status, JSON.stringify(body)).toBe(400);
      expect(answer).not.toMatch(/node_modules|\bat /);
    }
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { ...headersFor({ apiKey }), 'content-type': 'application/json' },
      body: '{"query":',
    });
    expect(response.status).toBe(400);
  });

  test('no other origin may read answers: there is no CORS', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await fetch(`${app.url}/graphql`, { method: 'OPTIONS', headers });
    expect([...preflight.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    const answer = await send({ query: '{ eventCursor }' }, { origin: 'https://evil.example' });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the playground', () => {
  test('is one page that loads nothing from anywhere, by its policy and by its text', async () => {
    const response = await fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' } });
    const page = await response.text();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).toContain(`default-src 'self'`);
    expect(response.headers.get('content-security-policy')).not.toMatch(/https?:|\*/);
    expect(
      [...page.matchAll(/<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)\s*=\s*["'](?:https?:)?\/\/[^"']+/gi)].map(
        ([tag]) => tag,
      ),
    ).toEqual([]);
    for (const tab of ['query Inbox', 'mutation Send', 'subscription Messages']) expect(page).toContain(tab);
  });
});
