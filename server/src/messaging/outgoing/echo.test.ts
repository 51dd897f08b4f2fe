import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../../test/harness/app.ts';
import { ask, until } from '../../../test/harness/client.ts';
import { inTenant } from '../../../test/harness/many-conversations.ts';

const LIST =
  '{ conversations(first: 1) { nodes { messages(last: 1) { nodes { id isEcho: author { kind } status timeline { status } } } } } }';
const RETRY = 'mutation($input: RetryMessageInput!) { retryMessage(input: $input) { message { id } userErrors { code } } }';

let app: TestApp;
let tenant: TestTenant;
beforeAll(async () => {
  app = await startTestApp();
  [tenant] = app.tenants;
});
afterAll(() => app.close());

it('what was written on the phone never counts as given up, and is not sent again from here', async () => {
  const as = (query: string, variables?: object) => ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, query, variables);
  app.simulator.control.echo({ phoneNumberId: tenant.phoneNumberId, phone: '+4915557000001', name: 'Ada', text: 'Until six' });
  const shown = async () => (await as(LIST)).data?.conversations.nodes[0]?.messages.nodes[0];
  const message = await until(shown);
  expect(message).toMatchObject({ status: 'SENT', isEcho: { kind: 'PHONE_APP' } });
  await inTenant(app, tenant, `update message set sent_at = now() - interval '40 days'`);
  expect(await shown()).toEqual(message);
  const retry = async () =>
    (await as(RETRY, { input: { messageId: message.id, idempotencyKey: randomUUID() } })).data?.retryMessage.userErrors;
  expect(await retry()).toEqual([{ code: 'NOT_FOUND' }]);
  await inTenant(app, tenant, `update message set status = 'FAILED', failure_code = 131000`);
  expect(await retry()).toEqual([{ code: 'NOT_FOUND' }]);
  expect(app.simulator.control.accepted).toEqual([]);
});
