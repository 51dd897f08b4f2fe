import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, signIn } from '../../test/harness/client.ts';
import { customersWrite } from '../../test/harness/customers.ts';
import { inTenant, manyConversations, walkPages } from '../../test/harness/many-conversations.ts';

const COUNT = 57;
const PAGE = 'nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

let app: TestApp;
let tenant: TestTenant;
let apiKey: string;
let cookie: string;
const query = (text: string, variables?: object) => ask(app.url, { apiKey }, text, variables);
const idsOf = (sql: string, values?: unknown[]) =>
  inTenant<{ id: string }>(app, tenant, sql, values).then((rows) => rows.map((row) => row.id));

beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant] = app.tenants;
  apiKey = tenant.apiKeys.owner ?? '';
  cookie = await signIn(app.url, tenant.users.owner?.email ?? '', tenant.users.owner?.password ?? '');
  await manyConversations(app, tenant, COUNT);
  // Seven at a time share the very same moment, as they do when they come in one webhook.
  await inTenant(
    app,
    tenant,
    `update conversation c set last_activity_at = '2026-01-01'::timestamptz + (n / 7) * interval '1 minute', unread_count = n % 2,
       status = case when n % 5 = 0 then 'RESOLVED' when n % 5 = 1 then 'PENDING' else 'OPEN' end,
       assignee_id = case n % 3 when 0 then $1::uuid when 1 then $2::uuid end
     from (select id, row_number() over (order by id) as n from conversation) o where o.id = c.id`,
    [tenant.users.owner?.memberId, tenant.users.agent?.memberId],
  );
});
afterAll(() => app.close());

const listed = (filter: string, first = 10) =>
  `query($cursor: String) { conversations(filter: ${filter}, first: ${first}, after: $cursor) { ${PAGE} } }`;
const ORDER = 'order by last_activity_at desc, id desc';

describe('conversations', () => {
  test.each([
    ['null', `status <> 'RESOLVED'`],
    ['{}', `status <> 'RESOLVED'`],
    ['{ status: [OPEN, PENDING, SNOOZED, RESOLVED] }', 'true'],
    ['{ status: RESOLVED }', `status = 'RESOLVED'`],
    ['{ status: [PENDING, RESOLVED] }', `status in ('PENDING', 'RESOLVED')`],
    ['{ unread: true }', `status <> 'RESOLVED' and unread_count > 0`],
    ['{ unread: false }', `status <> 'RESOLVED'`],
    ['{ assignee: NOBODY }', `status <> 'RESOLVED' and assignee_id is null`],
    ['{ assignee: ANYBODY }', `status <> 'RESOLVED' and assignee_id is not null`],
    ['{ assignee: NOBODY, unread: true, status: OPEN }', `status = 'OPEN' and assignee_id is null and unread_count > 0`],
  ])('filter %s: page by page all of them, in order, none twice, also where times are equal', async (filter, where) => {
    const wanted = await idsOf(`select id from conversation where ${where} ${ORDER}`);
    expect(wanted.length).toBeGreaterThan(3);
    for (const first of [10, 100]) {
      expect(await walkPages(app.url, apiKey, listed(filter, first), ['conversations'])).toEqual(wanted);
    }
  });

  test('one by one', async () => {
    const wanted = await idsOf(`select id from conversation where status <> 'RESOLVED' ${ORDER}`);
    expect(await walkPages(app.url, apiKey, listed('null', 1), ['conversations'])).toEqual(wanted);
  });

  test('of one number, and none of a number that is not there', async () => {
    const all = await idsOf(`select id from conversation where status <> 'RESOLVED' ${ORDER}`);
    expect(await walkPages(app.url, apiKey, listed(`{ whatsappNumberId: "${tenant.numberId}" }`), ['conversations'])).toEqual(
      all,
    );
    expect(await walkPages(app.url, apiKey, listed(`{ whatsappNumberId: "nonsense" }`), ['conversations'])).toEqual([]);
  });

  test("my own are the person's; a key has those of nobody", async () => {
    const mine = await idsOf(`select id from conversation where status <> 'RESOLVED' and assignee_id = $1 ${ORDER}`, [
      tenant.users.owner?.memberId,
    ]);
    const answer = await ask(app.url, { cookie }, listed('{ assignee: ME }', 100));
    expect(answer.data?.conversations.nodes.map((node: { id: string }) => node.id)).toEqual(mine);
    expect(mine.length).toBeGreaterThan(5);
    const free = await idsOf(`select id from conversation where status <> 'RESOLVED' and assignee_id is null ${ORDER}`);
    expect(await walkPages(app.url, apiKey, listed('{ assignee: ME }'), ['conversations'])).toEqual(free);
  });

  test('a page goes on where it was although the list moved on', async () => {
    const first = await query(listed('null', 20));
    const { nodes = [], pageInfo = {} } = first.data?.conversations ?? {};
    const wanted = await idsOf(`select id from conversation where status <> 'RESOLVED' ${ORDER} offset 20 limit 20`);
    await inTenant(app, tenant, `update conversation set last_activity_at = cube_now() where id = $1`, [nodes[3].id]);
    const next = await query(listed('null', 20), { cursor: pageInfo.endCursor });
    expect(next.data?.conversations.nodes.map((node: { id: string }) => node.id)).toEqual(wanted);
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(next.data?.conversations.pageInfo).toMatchObject({ hasPreviousPage: true });
  });

  test('each edge carries the cursor of its node', async () => {
    const { data } = await query(
      '{ conversations(first: 3) { edges { cursor node { id } } nodes { id } pageInfo { startCursor endCursor } } }',
    );
    const { edges = [], nodes = [], pageInfo = {} } = data?.conversations ?? {};
    expect(edges.map((edge: { node: object }) => edge.node)).toEqual(nodes);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0].cursor, edges[2].cursor]);
    const after = await query(listed('null', 2), { cursor: edges[0].cursor });
    expect(after.data?.conversations.nodes).toEqual(nodes.slice(1));
  });

  test('the badges count what the tabs list', async () => {
    const counts = '{ inboxCounts { open mine unassigned unread } }';
    const [row] = await inTenant<Record<string, number>>(
      app,
      tenant,
      `select count(*) filter (where status <> 'RESOLVED')::int as open, count(*) filter (where status <> 'RESOLVED' and assignee_id = $1)::int as mine,
         count(*) filter (where status <> 'RESOLVED' and assignee_id is null)::int as unassigned, count(*) filter (where unread_count > 0)::int as unread
       from conversation`,
      [tenant.users.owner?.memberId],
    );
    expect((await ask(app.url, { cookie }, counts)).data?.inboxCounts).toEqual(row);
    expect((await query(counts)).data?.inboxCounts).toEqual({ ...row, mine: 0 });
  });
});

describe('a thread', () => {
  let conversationId: string;
  let wanted: string[];
  beforeAll(async () => {
    const texts = Array.from({ length: 23 }, (_, index) => `Line ${index}`);
    await customersWrite(app, tenant, [{ name: 'Talkative', phone: '+4915119990000', texts }]);
    conversationId = (await query('{ conversations(first: 1) { nodes { id } } }')).data?.conversations.nodes[0].id;
    wanted = await idsOf('select id from message where conversation_id = $1 order by id', [conversationId]);
    expect(wanted).toHaveLength(23);
  });
  const thread = (args: string) =>
    `query($cursor: String) { conversation(id: "${conversationId}") { messages(${args}) { ${PAGE} } } }`;

  test.each([1, 4, 23, 100])('is the same read forward and backward in pages of %i', async (size) => {
    expect(await walkPages(app.url, apiKey, thread(`first: ${size}, after: $cursor`), ['conversation', 'messages'])).toEqual(
      wanted,
    );
    expect(
      await walkPages(app.url, apiKey, thread(`last: ${size}, before: $cursor`), ['conversation', 'messages'], true),
    ).toEqual(wanted);
  });

  test('without arguments is its end, up to fifty', async () => {
    const { data } = await query(`{ conversation(id: "${conversationId}") { messages { ${PAGE} } } }`);
    expect(data?.conversation.messages.nodes.map((node: { id: string }) => node.id)).toEqual(wanted);
  });

  test('goes on after a place, or up from it, also when nobody says how far', async () => {
    const of = async (args: string) => {
      const { data } = await query(`{ conversation(id: "${conversationId}") { messages(${args}) { ${PAGE} } } }`);
      const { nodes, pageInfo } = data?.conversation.messages ?? {};
      return [nodes.map((node: { id: string }) => node.id), pageInfo.hasPreviousPage, pageInfo.hasNextPage];
    };
    expect(await of(`after: "${wanted[19]}"`)).toEqual([wanted.slice(20), true, false]);
    expect(await of(`before: "${wanted[3]}"`)).toEqual([wanted.slice(0, 3), false, true]);
  });

  test.each([
    'first: 2, last: 2',
    'last: 2, after: PLACE',
    'first: 2, before: PLACE',
    'after: PLACE, before: PLACE',
    'first: 2, after: PLACE, last: 2, before: PLACE',
  ])('cannot be read in both directions at once: %s', async (args) => {
    const asked = args.replaceAll('PLACE', `"${wanted[4]}"`);
    const { errors } = await query(`{ conversation(id: "${conversationId}") { messages(${asked}) { nodes { id } } } }`);
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringMatching(/`first` and `after`.*`last` and `before`/),
    });
  });
});

describe('contacts', () => {
  const searched = (search: string, first: number) =>
    `query($cursor: String) { contacts(search: ${JSON.stringify(search)}, first: ${first}, after: $cursor) { ${PAGE} } }`;

  test.each([13, 100])('all of them, newest first, in pages of %i', async (first) => {
    expect(await walkPages(app.url, apiKey, searched('', first), ['contacts'])).toEqual(
      await idsOf('select id from contact order by id desc'),
    );
  });

  test('by the beginnings of words, in any order and case, page by page', async () => {
    const some = await walkPages(app.url, apiKey, searched('CUST 001', 3), ['contacts']);
    expect(some).toHaveLength(10);
    expect(await walkPages(app.url, apiKey, searched('0012 customer', 3), ['contacts'])).toHaveLength(1);
    expect(await walkPages(app.url, apiKey, searched('nobody', 3), ['contacts'])).toEqual([]);
    expect(await walkPages(app.url, apiKey, searched('x', 3), ['contacts'])).toEqual([]);
  });

  test('by a whole phone number, however it is written', async () => {
    for (const search of ['+49 1511 2340 0007', '0049 1511 2340-0007', '+٤٩ ١٥١١ ٢٣٤٠ ٠٠٠٧']) {
      const { data } = await query('query($search: String) { contacts(search: $search) { nodes { name phone } } }', { search });
      expect(data?.contacts.nodes, search).toEqual([{ name: 'Customer 0007', phone: '+49151123400007' }]);
    }
  });
});

describe('pages that are refused', () => {
  const places = [
    'conversations(first: N) { nodes { id } }',
    'contacts(first: N) { nodes { id } }',
    'events(first: N) { nodes { kind } }',
  ];
  test.each(places)('%s: fewer than one and more than a hundred', async (place) => {
    for (const size of [0, -1, 101, 1_000_000]) {
      const { errors } = await query(`{ ${place.replace('N', String(size))} }`);
      expect(errors?.[0]?.extensions?.code, String(size)).toBe('BAD_USER_INPUT');
    }
    expect((await query(`{ ${place.replace('N', '100')} }`)).errors).toBeUndefined();
  });

  const cursor = (text: string) => Buffer.from(text).toString('base64url');
  const id = '01900000-0000-7000-8000-00000000000a';
  const bad = [
    'nonsense',
    '%',
    id.toUpperCase(),
    cursor(`2026-01-01T00:00:00.000Z|${'-'.repeat(36)}`),
    cursor(`2026-01-01|${id}`),
    cursor(`+275760-09-13T00:00:00.000Z|${id}`),
    cursor(`-000001-09-13T00:00:00.000Z|${id}`),
    cursor(`Infinity|${id}`),
    `${cursor(`2026-01-01T00:00:00.000Z|${id}`)}=`,
  ];
  test.each(['conversations', 'contacts', 'events'])('%s: whatever is no cursor of that list', async (field) => {
    const type = field === 'events' ? 'Cursor' : 'String';
    for (const after of bad) {
      const { errors } = await query(`query($after: ${type}) { ${field}(after: $after) { pageInfo { endCursor } } }`, { after });
      expect(errors?.[0]?.extensions?.code, after).toBe('BAD_CURSOR');
    }
  });
});
