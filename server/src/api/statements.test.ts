import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask } from '../../test/harness/client.ts';
import { enterNumber } from '../conversations/enter-number.ts';
import { inTenant, manyConversations } from '../../test/harness/many-conversations.ts';
import { statementsOf } from '../../test/harness/statements.ts';

let app: TestApp;
let tenant: TestTenant;
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant] = app.tenants;
  await manyConversations(app, tenant, 50);
  const members = Object.values(tenant.users).map((user) => user.memberId);
  await inTenant(
    app,
    tenant,
    `update conversation c set assignee_id = ($1::uuid[])[1 + n % 5] from (select id, row_number() over () as n from conversation) o where o.id = c.id`,
    [members],
  );
  await inTenant(app, tenant, 'update message set author_member_id = ($1::uuid[])[1 + abs(hashtext(id::text)) % 5]', [members]);
});
afterAll(() => app.close());

/** The statements of one operation in a process that has nothing in its caches. */
async function costOf(query: string): Promise<string[]> {
  const fresh = await startTestApp({ beside: app, role: 'api' });
  try {
    const statements = await statementsOf(async () => {
      const { errors } = await ask(fresh.url, { apiKey: tenant.apiKeys.owner ?? '' }, query);
      expect(errors).toBeUndefined();
    });
    return statements.map(({ text }) => text);
  } finally {
    await fresh.close();
  }
}

const WHOLE = `id status unreadCount window { isOpen closesAt } whatsappNumber { displayPhone } assignee { name email role { name } }
  contact { name phone identities { kind value } }
  lastMessage { text status author { name } timeline { status } replyTo { text } conversation { id } }`;

describe('statements of one operation', () => {
  test.each([
    [
      'conversations with all that a row shows',
      (count: number) => `{ conversations(first: ${count}) { nodes { ${WHOLE} } } }`,
      27,
    ],
    ['contacts', (count: number) => `{ contacts(first: ${count}) { nodes { name phone identities { value } } } }`, 13],
    [
      'contacts that are searched',
      (count: number) => `{ contacts(first: ${count}, search: "customer") { nodes { name phone } } }`,
      14,
    ],
    [
      'the threads of many conversations',
      (count: number) => `{ conversations(first: ${count}) { nodes { messages(last: 5) { nodes { text } } } } }`,
      14,
    ],
    [
      'threads',
      (count: number) =>
        `{ conversation(id: "ID") { messages(last: ${count}) { nodes { text author { name } timeline { status } replyTo { id } } } } }`,
      17,
    ],
  ])('%s: as many for fifty as for one', async (_what, query, most) => {
    const [row] = await inTenant<{ id: string }>(app, tenant, 'select id from conversation limit 1');
    const [one, fifty] = [
      await costOf(query(1).replace('ID', row?.id ?? '')),
      await costOf(query(50).replace('ID', row?.id ?? '')),
    ];
    expect([...new Set(fifty.map(shape))].filter((text) => !one.map(shape).includes(text))).toEqual([]);
    expect(fifty.length).toBeLessThanOrEqual(one.length);
    expect(one.length).toBeLessThanOrEqual(most);
  });

  test('numbers with their limit, account and app: as many for six accounts as for one', async () => {
    const all =
      '{ whatsappNumbers { displayPhone messagingLimit { limit used remaining resetsAt } account { wabaId } app { appId } webhookUrl } }';
    const one = await costOf(all);
    for (let n = 1; n <= 5; n++)
      await enterNumber(app.services, {
        tenantId: tenant.id,
        phoneNumberId: `88${n}`,
        wabaId: `98${n}`,
        displayPhone: `+49 30 55588${n}`,
        name: `Branch ${n}`,
        accessToken: 'token',
        isTest: true,
      });
    await inTenant(
      app,
      tenant,
      `with made as (
         insert into whatsapp_app (id, app_id, app_secret, verify_token)
         select gen_random_uuid(), 'app ' || waba_id, '', '' from whatsapp_account where waba_id like '98%' returning id, app_id
       )
       update whatsapp_account a set app_id = made.id from made where made.app_id = 'app ' || a.waba_id`,
    );
    const six = await costOf(all);
    expect(one.filter((text) => text.includes('from outreach'))).toHaveLength(1);
    expect(six.filter((text) => !one.map(shape).includes(shape(text)))).toMatchObject([expect.stringContaining('whatsapp_app')]);
    expect(six.length).toBe(one.length + 1);
  });

  test('the team and its names', async () => {
    const all = await costOf('{ members { name email role { name } } }');
    expect(all.filter((text) => text.includes('platform_key'))).toHaveLength(1);
    expect(all.filter((text) => text.includes('from "user"'))).toHaveLength(1);
  });

  test('are read in one transaction, which is of one tenant', async () => {
    const all = await costOf(
      `{ eventCursor conversations(first: 5) { nodes { ${WHOLE} } } contacts(first: 5) { nodes { name } } inboxCounts { open } }`,
    );
    expect(all.filter((text) => /^(begin|start transaction)/i.test(text.trim()))).toHaveLength(2);
    expect(all.filter((text) => /^(rollback|commit)/i.test(text.trim()))).toHaveLength(2);
  });
});

/** A statement without its numbers and ids: `in (…)` lists grow with what is asked. */
function shape(text: string): string {
  return text
    .replace(/'[^']*'/g, `'…'`)
    .replace(/\((\s*('…'|\$\d+|\d+)\s*,?)+\)/g, '(…)')
    .replace(/\$\d+|\b\d+\b/g, 'n')
    .replace(/\s+/g, ' ')
    .slice(0, 200);
}
