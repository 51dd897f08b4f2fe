import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../../test/harness/app.ts';
import { ask, postWebhook, until } from '../../../test/harness/client.ts';
import { body, change, text } from '../../../test/harness/envelopes.ts';
import { executeOn } from '../../../test/harness/execute-on.ts';
import { settle } from '../../../test/harness/until.ts';

const LIST = '{ quarantinedWebhooks { nodes { id reason isShared receivedAt resolvedAt } } }';
const BODIES = '{ quarantinedWebhooks { nodes { id body } } }';
const REPLAY =
  'mutation($input: ReplayWebhookInput!) { replayWebhook(input: $input) { webhook { id resolvedAt } userErrors { code } } }';
const DISMISS =
  'mutation($input: DismissWebhookInput!) { dismissWebhook(input: $input) { webhook { resolvedAt } userErrors { code } } }';
const MESSAGES = '{ messages(first: 100) { nodes { text } } }';

let app: TestApp;
let alpha: TestTenant;
let beta: TestTenant;
const as = async (tenant: TestTenant, query: string, input?: object, role = 'owner') =>
  ask(app.url, { apiKey: tenant.apiKeys[role] ?? '' }, query, { input });
const listOf = async (tenant: TestTenant) =>
  (await as(tenant, LIST)).data?.quarantinedWebhooks.nodes as {
    id: string;
    reason: string;
    isShared: boolean;
    receivedAt: string;
  }[];

/** A body with one good message and one of which nothing can be made. */
const half = (phoneNumberId: string, words: string, wabaId = '9001') =>
  Buffer.from(
    body(change(phoneNumberId, { messages: [{ id: 7, canary: words } as never, text(`wamid.${words}`, '4915550006', words)] }))
      .toString()
      .replace('"id":"9001"', `"id":"${wabaId}"`),
  );

beforeAll(async () => {
  app = await startTestApp();
  [alpha, beta] = app.tenants;
  // An account of its own: nobody else could be meant.
  await executeOn(
    app.address,
    `begin; alter table whatsapp_account disable row level security;
     update whatsapp_account set waba_id = '9777' where tenant_id = '${alpha.id}';
     update lookup set digest = sha256('9777') where kind = 'WABA' and tenant_id = '${alpha.id}';
     alter table whatsapp_account enable row level security; commit`,
  );
});
afterAll(() => app.close());

describe('a webhook of which something cannot be understood', () => {
  it('is on the list of the company it is about, with a reason that holds none of its content, while the rest of it was read', async () => {
    expect(await postWebhook(app.url, half(alpha.phoneNumberId, 'Understood', '9777'))).toBe(200);
    await until(async () => (await listOf(alpha)).length);
    const [listed] = await listOf(alpha);
    expect(listed).toMatchObject({ reason: 'no type at entry[0].changes[0].value.messages[0].type', isShared: false });
    expect(Math.abs(Date.parse(listed?.receivedAt ?? '') - Date.now())).toBeLessThan(60_000);
    expect((await as(alpha, MESSAGES)).data?.messages.nodes).toEqual([{ text: 'Understood' }]);
    expect(await listOf(beta)).toEqual([]);
  });

  it('is shown to those who may see webhooks and read messages, and to nobody if it may be about others too', async () => {
    const shown = async (tenant: TestTenant, role = 'owner') =>
      (await as(tenant, BODIES, undefined, role)).data?.quarantinedWebhooks?.nodes;
    const [{ body: own }] = await shown(alpha);
    expect(own).toContain('Understood');
    expect((await as(alpha, BODIES, undefined, 'agent')).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    // The account of this one is beta's alone by now, but the second number is nobody's here.
    const foreign = half(beta.phoneNumberId, 'Of beta')
      .toString()
      .replace(
        '"changes":[',
        `"changes":[${JSON.stringify(change('404', { messages: [text('wamid.404', '4915550404', 'Of a stranger')] }))},`,
      );
    expect(await postWebhook(app.url, foreign)).toBe(200);
    await until(async () => (await listOf(beta)).length);
    expect(await listOf(beta)).toMatchObject([{ isShared: true }]);
    expect(await shown(beta)).toEqual([{ id: expect.any(String) as string, body: null }]);
  });

  it('that is about two companies is on both lists, and its content on neither', async () => {
    const both = body(
      change(alpha.phoneNumberId, { messages: [text('wamid.two', '4915550006', 'For alpha')] }),
      change(beta.phoneNumberId, { messages: [{ id: 8 } as never] }),
    );
    await postWebhook(app.url, both);
    for (const tenant of [alpha, beta]) {
      await until(async () => (await listOf(tenant)).length === 2);
      expect((await listOf(tenant))[0]).toMatchObject({ isShared: true });
    }
  });

  it('is read again when somebody asks, changes nothing that was read, and comes back if it still is not understood', async () => {
    const webhook = (await listOf(alpha)).at(-1);
    const { data } = await as(alpha, REPLAY, { id: webhook?.id });
    expect(data?.replayWebhook).toMatchObject({
      webhook: { id: webhook?.id, resolvedAt: expect.any(String) as string },
      userErrors: [],
    });
    await until(async () => (await listOf(alpha)).some(({ id }) => id === webhook?.id));
    expect(
      (await as(alpha, MESSAGES)).data?.messages.nodes.filter((node: { text: string }) => node.text === 'Understood'),
    ).toHaveLength(1);
  });

  it('stays off the list once it was dismissed', async () => {
    const webhook = (await listOf(alpha)).at(-1);
    const { data } = await as(alpha, DISMISS, { id: webhook?.id });
    expect(data?.dismissWebhook).toMatchObject({ webhook: { resolvedAt: expect.any(String) as string }, userErrors: [] });
    expect((await listOf(alpha)).map(({ id }) => id)).not.toContain(webhook?.id);
    expect((await as(alpha, REPLAY, { id: webhook?.id })).data?.replayWebhook.userErrors).toEqual([]);
    await settle();
    expect((await listOf(alpha)).map(({ id }) => id)).not.toContain(webhook?.id);
  });

  it("is nobody else's to touch", async () => {
    const [theirs] = await listOf(beta);
    for (const command of [REPLAY, DISMISS]) {
      const { data } = await as(alpha, command, { id: theirs?.id });
      expect(JSON.stringify(data)).toContain('NOT_FOUND');
    }
  });

  it('can no longer be read again once its body is gone', async () => {
    const [listed] = await listOf(beta);
    await executeOn(app.address, 'delete from webhook_inbox');
    expect((await as(beta, REPLAY, { id: listed?.id })).data?.replayWebhook.userErrors).toEqual([{ code: 'TOO_LATE' }]);
    expect((await as(beta, BODIES)).data?.quarantinedWebhooks.nodes[0].body).toBeNull();
  });
});
