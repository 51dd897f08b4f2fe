import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
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

it('a number that is being upgraded rests, and its messages go out', async () => {
  at.app.simulator.control.fault({ kind: 'answer', code: 131057, retryAfterSeconds: 1 }, { next: 3 });
  const { message } = await at.send({ text: 'upgraded' });
  await until(async () => (await at.statusOf(message.id)) === 'READ');
});
