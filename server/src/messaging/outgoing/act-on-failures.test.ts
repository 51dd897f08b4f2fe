import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { ask, postWebhook } from '../../../test/harness/client.ts';
import { until } from '../../../test/harness/until.ts';

let at: Sending;
beforeEach(async () => void (at = await startSending()));
afterEach(() => at.close());

const fail = async (fault: { kind: 'answer' | 'webhook'; code: number }, times = 1) => {
  at.app.simulator.control.fault(fault, { next: times });
  for (let n = 0; n < times; n++) {
    const { message } = await at.send({ text: `${fault.code}` });
    await until(async () => (await at.statusOf(message.id)) === 'FAILED');
  }
};
const told = async () =>
  (
    await at.sql<{ kind: string }>(
      `select kind from event where kind not like 'MESSAGE%' and kind <> 'CONVERSATION_CHANGED' order by seq`,
    )
  ).map(({ kind }) => kind);
const number = async () =>
  (
    await at.sql<Record<string, unknown>>(
      'select status, paused_code, campaigns_stopped_at is not null as stopped from whatsapp_number',
    )
  )[0];

describe.each(['answer', 'webhook'] as const)('a failure that comes by %s', (kind) => {
  it('because the customer wants no marketing is remembered on the contact, once', async () => {
    const before = await told();
    await fail({ kind, code: 131050 }, 2);
    expect(await at.sql('select from contact where marketing_stopped_at is not null')).toHaveLength(1);
    expect(await told()).toEqual([...before, 'CONTACT_CHANGED']);
  });

  it('because too many reported the number stops its campaigns and nothing else, told once', async () => {
    const before = await told();
    await fail({ kind, code: 131048 }, 2);
    expect(await number()).toEqual({ status: 'CONNECTED', paused_code: null, stopped: true });
    expect(await told()).toEqual([...before, 'NUMBER_CHANGED', 'SECURITY_ALERT']);
  });
});

it('a number that Meta locks is paused also when that comes by webhook', async () => {
  await fail({ kind: 'webhook', code: 131042 });
  expect(await number()).toEqual({ status: 'PAUSED', paused_code: 131042, stopped: false });
});

describe('a number that somebody has resumed', () => {
  const as = async (command: string, input: object = {}) => {
    const type = command.replace(/^./, (letter) => letter.toUpperCase());
    const mutation = `mutation($input: ${type}Input!) { ${command}(input: $input) { userErrors { code } } }`;
    const variables = { input: { whatsappNumberId: at.tenant.numberId, ...input } };
    expect((await ask(at.app.url, { apiKey: at.tenant.apiKeys.owner ?? '' }, mutation, variables)).errors).toBeUndefined();
  };
  /** Sends a message of which WhatsApp says nothing, then that it failed at a time in unix seconds. */
  const failAt = async (time: number) => {
    at.app.simulator.control.fault({ kind: 'silent' }, { next: 1 });
    const { message } = await at.send({ text: 'On its way' });
    await until(async () => (await at.statusOf(message.id)) === 'ACCEPTED');
    const { id } = at.app.simulator.control.accepted.at(-1) ?? {};
    const status = { id, status: 'failed', timestamp: String(time), errors: [{ code: 131042, title: 'Payment' }] };
    const metadata = { phone_number_id: at.tenant.phoneNumberId, display_phone_number: '49305550100' };
    const value = { messaging_product: 'whatsapp', metadata, statuses: [status] };
    const entry = [{ id: '9001', changes: [{ field: 'messages', value }] }];
    expect(await postWebhook(at.app.url, JSON.stringify({ object: 'whatsapp_business_account', entry }))).toBe(200);
    await until(async () => (await at.statusOf(message.id)) === 'FAILED');
  };
  const now = () => Math.floor(Date.now() / 1000);

  it('is not paused by what comes late, but by what is new', async () => {
    await fail({ kind: 'webhook', code: 131042 });
    await as('resumeNumber');
    await failAt(now() - 60);
    expect(await number()).toMatchObject({ status: 'CONNECTED', paused_code: null });
    await failAt(now());
    expect(await number()).toMatchObject({ status: 'PAUSED', paused_code: 131042 });
  });

  it('is not paused by the answer to what was asked before', async () => {
    const { control } = at.app.simulator;
    control.settings.delayMs = 1_500;
    control.fault({ kind: 'answer', code: 190 }, { next: 1 });
    const { message } = await at.send({ text: 'Asked before' });
    await until(async () => (await at.sql('select from send_queue where attempted_at is not null')).length === 1);
    await as('pauseNumber', { reason: 'The token is replaced' });
    await as('resumeNumber');
    control.settings.delayMs = 0;
    await until(async () => (await at.statusOf(message.id)) === 'READ', 20_000);
    expect(await number()).toMatchObject({ status: 'CONNECTED' });
  });
});

it('a number that is being upgraded rests, and its messages go out', async () => {
  at.app.simulator.control.fault({ kind: 'answer', code: 131057, retryAfterSeconds: 1 }, { next: 3 });
  const { message } = await at.send({ text: 'upgraded' });
  await until(async () => (await at.statusOf(message.id)) === 'READ');
});
