import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from './harness/app.ts';
import { CONVERSATIONS, fillBigTenant, LONG_THREAD } from './harness/big-tenant.ts';
import { ask, signIn } from './harness/client.ts';
import { connect, type Connection } from './harness/connect.ts';
import { statementsOf } from './harness/statements.ts';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Plan[];
}

/** Tables with a row or more for each conversation. */
const BIG = new Set([
  'contact',
  'contact_identity',
  'contact_word',
  'service_window',
  'conversation',
  'message',
  'message_status',
  'event',
]);
/** The largest page is a hundred, and one more to know whether there is another. */
const PAGE = 101;

let app: TestApp;
let tenant: TestTenant;
let cookie: string;
let connection: Connection;
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant] = app.tenants;
  const { keys } = app.services;
  const warm = { apiKey: tenant.apiKeys.owner ?? '' };
  await ask(app.url, warm, '{ contacts(search: "warm") { nodes { id } } }');
  const word = (text: string) => keys.blind(tenant.id, 'contact.word', text);
  await fillBigTenant(app, app.tenants, {
    common: word('common'),
    rare: word('rare'),
    phone: keys.blind(tenant.id, 'identity.PHONE', '+4915110001234'),
  });
  cookie = await signIn(app.url, tenant.users.agent?.email ?? '', tenant.users.agent?.password ?? '');
  connection = await connect(app.address, 'cube_app');
  await connection.see(tenant.id);
}, 60_000);
afterAll(async () => {
  await connection.end();
  await app.close();
});

/** Asks the product, and has PostgreSQL run each select once more that the product sent, saying how. */
async function plansOf(query: string): Promise<{ text: string; plan: Plan }[]> {
  const statements = await statementsOf(() => ask(app.url, { cookie }, query));
  const selects = statements.filter(
    ({ text }) => /^\s*(select|with)/i.test(text) && !/set_config|session_by_digest|r\.permissions/i.test(text),
  );
  const plans: { text: string; plan: Plan }[] = [];
  for (const { text, values } of selects) {
    const [row] = await connection.rows<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${text}`, values);
    if (row) plans.push({ text, plan: row['QUERY PLAN'][0].Plan });
  }
  return plans;
}

/** What is wrong with a plan, in words. `most` is how many rows a step may look at in vain. */
function faultsOf({ text, plan }: { text: string; plan: Plan }, most: number): string[] {
  const rows = plan['Actual Rows'] * plan['Actual Loops'];
  const removed = (plan['Rows Removed by Filter'] ?? 0) * plan['Actual Loops'];
  const faults: string[] = [];
  if (plan['Node Type'] === 'Seq Scan' && BIG.has(plan['Relation Name'] ?? ''))
    faults.push(`reads all of ${plan['Relation Name']}`);
  if (/Sort/.test(plan['Node Type']) && inputOf(plan) > 10 * PAGE) faults.push(`sorts ${inputOf(plan)} rows`);
  if (rows > 50 * PAGE) faults.push(`${plan['Node Type']} gives ${rows} rows`);
  if (removed > most) faults.push(`${plan['Node Type']} looks at ${removed} rows in vain`);
  return [
    ...faults.map((fault) => `${fault}: ${text.slice(0, 500)}`),
    ...(plan.Plans ?? []).flatMap((part) => faultsOf({ text, plan: part }, most)),
  ];
}

const inputOf = (plan: Plan) => (plan.Plans ?? []).reduce((sum, part) => sum + part['Actual Rows'] * part['Actual Loops'], 0);

const ROW = `id status unreadCount window { isOpen } whatsappNumber { name } assignee { name } contact { name phone identities { value } }
  lastMessage { text status author { name } timeline { status } replyTo { text } }`;
const list = (filter: string, row: string, after = 'null') =>
  `{ conversations(first: 100, filter: ${filter}, after: ${after}) { nodes { ${row} } pageInfo { endCursor } } }`;

const FILTERS = [
  'null',
  '{ status: OPEN }',
  '{ status: PENDING }',
  '{ status: SNOOZED }',
  '{ status: RESOLVED }',
  '{ status: [OPEN, PENDING] }',
  '{ status: [PENDING, RESOLVED] }',
  '{ status: [OPEN, PENDING, SNOOZED, RESOLVED] }',
  '{ unread: true }',
  '{ unread: true, assignee: ME }',
  '{ assignee: ME }',
  '{ assignee: NOBODY }',
  '{ assignee: ANYBODY }',
  '{ assignee: ME, status: RESOLVED }',
];

describe(`at ${CONVERSATIONS.toLocaleString('en')} conversations`, () => {
  test.each(FILTERS)('conversations of %s walk along an index, on the first page and on a later one', async (filter) => {
    const number = `whatsappNumberId: "${tenant.numberId}"`;
    for (const wanted of [filter, filter === 'null' ? `{ ${number} }` : filter.replace(' }', `, ${number} }`)]) {
      const { data } = await ask(app.url, { cookie }, list(wanted, 'id'));
      expect(data?.conversations.nodes, wanted).toHaveLength(100);
      const after = JSON.stringify(data?.conversations.pageInfo.endCursor);
      for (const query of [list(wanted, 'id'), list(wanted, 'id', after)]) {
        const [plan, ...more] = await plansOf(query);
        expect(more).toEqual([]);
        expect(plan && faultsOf(plan, 100 * PAGE), wanted).toEqual([]);
      }
    }
  });

  test.each([
    ['a page of the inbox with all that its rows show', list('null', ROW)],
    [
      'a thread from its end',
      `{ conversation(id: "${LONG_THREAD}") { messages(last: 100) { nodes { id text author { name } timeline { status } } } } }`,
    ],
    ['a thread from its beginning', `{ conversation(id: "${LONG_THREAD}") { messages(first: 100) { nodes { id text } } } }`],
    [
      'a thread in its middle',
      `{ conversation(id: "${LONG_THREAD}") { messages(last: 100, before: "018bcfe5-7000-7000-8005-000000000000") { nodes { id text } } } }`,
    ],
    ['one conversation', `{ conversation(id: "${LONG_THREAD}") { ${ROW} } }`],
    ['one message', `{ message(id: "018bcfe5-682a-7000-8003-00000000002a") { id conversation { id } timeline { status } } }`],
    ['contacts', '{ contacts(first: 100) { nodes { id name phone } } }'],
    [
      'contacts on a later page',
      '{ contacts(first: 100, after: "018bcfe6-0000-7000-8001-000000000000") { nodes { id name phone } } }',
    ],
    ['a word that everyone has', '{ contacts(first: 100, search: "common") { nodes { id } } }'],
    [
      'a word that everyone has, on a later page',
      '{ contacts(first: 100, search: "common", after: "018bcfe6-0000-7000-8001-000000000000") { nodes { id } } }',
    ],
    ['a word that few have', '{ contacts(first: 100, search: "rare") { nodes { id } } }'],
    ['a word that few have and one that everyone has', '{ contacts(first: 100, search: "common rare") { nodes { id } } }'],
    ['a phone', '{ contacts(search: "+4915110001234") { nodes { id } } }'],
    ['the badges', '{ inboxCounts { open mine unassigned unread } }'],
    ['the log', '{ events(first: 100) { nodes { kind } pageInfo { endCursor } } }'],
    ['the log, of one kind', '{ events(first: 100, kinds: [MESSAGE_CREATED]) { nodes { kind } } }'],
    ['where the log stands', '{ eventCursor }'],
  ])('%s: no table is read whole, nothing long is sorted', async (_what, query) => {
    const plans = await plansOf(query);
    expect(plans).not.toEqual([]);
    expect(plans.flatMap((plan) => faultsOf(plan, 10 * PAGE))).toEqual([]);
  });

  test('messages of a number walk along indexes, of one that everybody writes to and of one that few wrote to', async () => {
    const quiet = randomUUID();
    const superuser = await connect({ ...app.address, user: 'postgres' });
    await superuser.rows(`set session_replication_role = 'replica'`);
    await superuser.rows(
      `update conversation set number_id = $2 where tenant_id = $1 and ('x' || right(id::text, 8))::bit(32)::int % 700 = 0`,
      [tenant.id, quiet],
    );
    await superuser.rows('vacuum analyze conversation');
    await superuser.end();
    const page = (number: string, after: string) =>
      `{ messages(whatsappNumberId: "${number}", first: 100, after: ${after}) { nodes { id } pageInfo { endCursor hasNextPage } } }`;
    for (const number of [tenant.numberId, quiet]) {
      const all = await connection.rows<{ id: string }>(
        `select m.id from message m join conversation c on c.id = m.conversation_id where c.number_id = $1 order by m.id desc limit 200`,
        [number],
      );
      const read: string[] = [];
      for (let after = 'null'; read.length < 200;) {
        const { data } = await ask(app.url, { cookie }, page(number, after));
        read.push(...data?.messages.nodes.map(({ id }: { id: string }) => id));
        for (const plan of await plansOf(page(number, after))) expect(faultsOf(plan, 10 * PAGE)).toEqual([]);
        after = JSON.stringify(data?.messages.pageInfo.endCursor);
      }
      expect(read).toEqual(all.map(({ id }) => id));
    }
  });

  test('this test does see a table that is read whole and a sort of everything', async () => {
    const explain = async (text: string) => {
      const [row] = await connection.rows<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${text}`);
      return faultsOf({ text, plan: row?.['QUERY PLAN'][0].Plan as Plan }, PAGE).join('\n');
    };
    expect(await explain('select * from conversation order by created_at limit 10')).toMatch(/reads all of conversation/);
    expect(await explain('select * from conversation order by created_at, unread_count limit 10')).toMatch(/sorts \d{5,} rows/);
  });
});
