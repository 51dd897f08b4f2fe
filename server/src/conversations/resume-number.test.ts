import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, until } from '../../test/harness/client.ts';

const NUMBERS = '{ whatsappNumbers { id status pausedReason } }';
const RESUME =
  'mutation($id: ID!) { resumeNumber(input: { whatsappNumberId: $id }) { whatsappNumber { status pausedReason } userErrors { code } } }';
const SEND = 'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code } } }';

let app: TestApp;
let alpha: TestTenant;
const asOwner = (query: string, variables?: object) =>
  ask(app.url, { apiKey: alpha.apiKeys['owner'] as string }, query, variables);

beforeAll(async () => {
  app = await startTestApp();
  [alpha] = app.tenants;
  app.simulator.control.write({ phoneNumberId: alpha.phoneNumberId, phone: '+4915550001', name: 'Ada', text: 'Hello' });
});

afterAll(() => app.close());

describe('a number that paused itself', () => {
  it('sends what waited as soon as somebody resumes it', async () => {
    const conversationId = await until(
      async () => (await asOwner('{ conversations { nodes { id } } }')).data?.conversations.nodes[0]?.id,
    );
    app.simulator.control.fault({ kind: 'answer', code: 190 }, { percent: 100 });
    await asOwner(SEND, { input: { conversationId, text: 'Kept for later', idempotencyKey: randomUUID() } });
    await until(async () => (await asOwner(NUMBERS)).data?.whatsappNumbers[0].status === 'PAUSED');
    expect(app.simulator.control.accepted).toHaveLength(0);
    app.simulator.control.clearFaults();
    const { data } = await asOwner(RESUME, { id: alpha.numberId });
    expect(data?.resumeNumber).toEqual({ whatsappNumber: { status: 'CONNECTED', pausedReason: null }, userErrors: [] });
    await until(() => app.simulator.control.accepted.some(({ text }) => text === 'Kept for later'), 10_000);
  });

  it('is resumed by those who manage numbers only', async () => {
    const { errors } = await ask(app.url, { apiKey: alpha.apiKeys['agent'] as string }, RESUME, { id: alpha.numberId });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});
