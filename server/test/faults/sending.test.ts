import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../simulator/options.ts';
import type { TestAppOptions } from '../harness/app.ts';
import { type Sending, startSending } from '../harness/sending.ts';
import { settle, until } from '../harness/until.ts';

let at: Sending;
const start = async (simulator: Partial<Settings> = {}, sending: TestAppOptions['sending'] = {}) =>
  void (at = await startSending({ simulator: { pairBurst: 1_000, webhooksAtOnce: 4, ...simulator }, sending }));
afterEach(() => at.close());

const meta = () => at.app.simulator.control;
const stats = () => at.app.app.worker?.stats.deliver;
const statuses = async () => {
  const rows = await at.sql<{ status: string; count: number }>(
    `select status, count(*)::int from message where direction = 'OUTBOUND' group by status`,
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};
const queued = async () => (await at.sql('select from send_queue')).length;

describe('one idempotency key fifty times at once', () => {
  it('is one message, one request to WhatsApp and fifty equal answers, and another content under it is refused', async () => {
    await start();
    const input = { text: 'once', idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 50 }, () => at.send(input)));
    expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
    await until(async () => (await statuses()).READ === 1);
    expect(meta().accepted.map(({ text }) => text)).toEqual(['once']);
    expect(stats()?.posted).toBe(1);
    expect((await at.send({ ...input, hasPreview: null, location: null })).message.id).toBe(answers[0]?.message.id);
    for (const other of [{ text: 'twice' }, { text: 'once', hasPreview: true }, { text: 'once', replyToId: at.first.id }])
      expect((await at.send({ ...input, ...other })).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
  });
});

describe('WhatsApp that takes a quarter of what we think it takes', () => {
  it('is never asked for long: the number rests and slows, and every message arrives once and in order', async () => {
    await start({ perSecond: 20 });
    meta().fault({ kind: 'http', status: 429, retryAfterSeconds: 1 }, { next: 3 });
    const people = await Promise.all(Array.from({ length: 12 }, (_, n) => talkWith(`+4915556${n}00`)));
    for (let n = 0; n < 10; n++) await Promise.all(people.map((conversationId) => at.send({ conversationId, text: `${n}` })));
    await until(async () => (await statuses()).READ === 120, 25_000);
    expect(stats()).toMatchObject({ accepted: 120, failed: 0, unconfirmed: 0 });
    const byCustomer = Map.groupBy(meta().accepted, ({ to }) => to);
    for (const sent of byCustomer.values())
      expect(sent.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `${n}`));
    expect(byCustomer.size).toBe(12);
    // What was refused is less than what was taken: a number that is too fast learns.
    expect(stats()?.posted).toBeLessThan(240);
  }, 40_000);
});

/** A customer begins to write; gives the conversation. */
async function talkWith(phone: string): Promise<string> {
  meta().write({ phone, phoneNumberId: at.tenant.phoneNumberId, name: phone, text: phone });
  const { keys } = at.app.services;
  const index = keys.blind(at.tenant.id, 'identity.PHONE', phone);
  const find = () =>
    at.sql<{ id: string }>(
      `select c.id from conversation c join contact_identity i on i.tenant_id = c.tenant_id and i.contact_id = c.contact_id where i.value_index = $1`,
      [index],
    );
  await until(async () => (await find()).length === 1);
  return (await find())[0]?.id as string;
}

describe('WhatsApp that refuses every few requests for the moment', () => {
  it('gets each message again until it takes it, and in order', async () => {
    await start();
    meta().fault({ kind: 'answer', code: 1 }, { percent: 20 });
    for (let n = 0; n < 10; n++) await at.send({ text: `again ${n}` });
    await until(async () => (await statuses()).READ === 10 || ((await statuses()).FAILED ?? 0) > 0, 19_000);
    expect(await statuses()).toEqual({ READ: 10 });
    expect(meta().accepted.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `again ${n}`));
  });
});

describe('connections that break after the request was written', () => {
  it('leave messages that may have been sent: those that were become known by their statuses, no one is sent twice', async () => {
    await start();
    meta().fault({ kind: 'drop' }, { percent: 25 });
    meta().fault({ kind: 'reset' }, { percent: 25 });
    for (let n = 0; n < 40; n++) await at.send({ text: `perhaps ${n}` });
    await until(async () => (await queued()) === 0);
    await until(async () => ((await statuses()).READ ?? 0) === meta().accepted.length);
    const sent = meta().accepted.map(({ text }) => text);
    expect(new Set(sent).size).toBe(sent.length);
    const { READ = 0, UNCONFIRMED = 0, ...others } = await statuses();
    expect(others).toEqual({});
    expect(READ + UNCONFIRMED).toBe(40);
    expect(UNCONFIRMED).toBeGreaterThan(0);
    const { failedMessages } = await at.ask('{ failedMessages(statuses: [UNCONFIRMED], first: 100) { nodes { id } } }');
    expect(failedMessages.nodes).toHaveLength(UNCONFIRMED);
  });
});

describe('WhatsApp that refuses every request for the moment', () => {
  it('gets a message five times, then it has failed with the reason', async () => {
    await start({}, { firstDelayMs: 20 });
    meta().fault({ kind: 'answer', code: 1 }, { percent: 100 });
    const { message } = await at.send({ text: 'five times' });
    await until(async () => (await at.statusOf(message.id)) === 'FAILED');
    expect(stats()).toMatchObject({ posted: 5, again: 4, failed: 1 });
    const { message: failed } = await at.ask('query($id: ID!) { message(id: $id) { failure { code metaCode retryable } } }', {
      id: message.id,
    });
    expect(failed.failure).toEqual({ code: 'TEMPORARY', metaCode: 1, retryable: true });
    await settle(300);
    expect(stats()?.posted).toBe(5);
  });
});

describe('WhatsApp that takes a message and never answers', () => {
  it('is waited for as long as is set; then the message may have been sent, until its status says that it was', async () => {
    await start({ sentMs: [1_500, 1_500] }, { timeoutMs: 200 });
    meta().fault({ kind: 'hang' }, { next: 1 });
    const { message } = await at.send({ text: 'hangs' });
    await until(async () => (await at.statusOf(message.id)) === 'UNCONFIRMED', 1_400);
    expect(meta().accepted).toHaveLength(1);
    await until(async () => (await at.statusOf(message.id)) === 'READ');
    const told = await at.sql<{ status: string }>('select status from event where subject_id = $1 order by seq', [message.id]);
    expect(told.map(({ status }) => status)).toEqual(['QUEUED', 'UNCONFIRMED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
    expect(meta().accepted).toHaveLength(1);
    expect(stats()).toMatchObject({ posted: 1, again: 0 });
  });
});

describe('WhatsApp that answers with faults of its own', () => {
  const leaseEnds = () =>
    at.app.services.database.worker.query('update send_queue set lease_until = now() where lease_until is not null');

  it('gets no message twice: those it took become known by their statuses, the others may have been sent', async () => {
    await start({ sentMs: [200, 400] });
    meta().fault({ kind: 'answer', code: 131000, isAccepted: true }, { percent: 15 });
    meta().fault({ kind: 'http', status: 502, isAccepted: true }, { percent: 10 });
    meta().fault({ kind: 'answer', code: 2 }, { percent: 15 });
    for (let n = 0; n < 40; n++) await at.send({ text: `perhaps ${n}` });
    await until(() => stats()?.posted === 40, 30_000);
    await until(async () => ((await statuses()).READ ?? 0) === meta().accepted.length);
    // Whether WhatsApp took the others, half a minute will show.
    const { READ = 0, ...others } = await statuses();
    expect(others).toEqual({ QUEUED: 40 - READ });
    await leaseEnds();
    await until(async () => (await queued()) === 0);
    expect(await statuses()).toEqual({ READ, UNCONFIRMED: 40 - READ });
    expect(READ).toBeLessThan(40);
    const sent = meta().accepted.map(({ opaque }) => opaque);
    expect(sent).toHaveLength(READ);
    expect(new Set(sent).size).toBe(READ);
    expect(stats()).toMatchObject({ posted: 40, again: 0, failed: 0, unconfirmed: 0 });
  }, 60_000);

  it('does not get a whole queue while it has nothing else to say', async () => {
    await start();
    const people = await Promise.all(Array.from({ length: 30 }, (_, n) => talkWith(`+49155570${String(n).padStart(2, '0')}`)));
    meta().fault({ kind: 'answer', code: 131016 }, { percent: 100 });
    for (let n = 0; n < 4; n++) await Promise.all(people.map((conversationId) => at.send({ conversationId, text: `${n}` })));
    await until(() => (stats()?.inDoubt ?? 0) >= 3);
    await settle(2_500);
    const doubtful = stats()?.inDoubt ?? 0;
    expect(doubtful).toBeLessThan(100);
    meta().clearFaults();
    await until(async () => (await statuses()).READ === 120 - doubtful, 25_000);
    await leaseEnds();
    await until(async () => (await statuses()).UNCONFIRMED === doubtful);
  }, 40_000);
});

describe('a token that WhatsApp refuses', () => {
  it('pauses the number with one alert and its code, keeps the queue, and resumed sends all of it once', async () => {
    await start();
    meta().fault({ kind: 'answer', code: 190 }, { percent: 100 });
    for (let n = 0; n < 40; n++) await at.send({ text: `kept ${n}` });
    const number = async () =>
      (await at.sql<Record<string, unknown>>('select status, paused_by, paused_code from whatsapp_number'))[0];
    await until(async () => (await number())?.status === 'PAUSED');
    await settle(500);
    expect(await number()).toEqual({ status: 'PAUSED', paused_by: 'META', paused_code: 190 });
    expect(await at.sql(`select kind from event where kind in ('SECURITY_ALERT', 'NUMBER_CHANGED') order by seq`)).toEqual([
      { kind: 'NUMBER_CHANGED' },
      { kind: 'SECURITY_ALERT' },
    ]);
    expect(await statuses()).toEqual({ QUEUED: 40 });
    expect(await queued()).toBe(40);
    meta().clearFaults();
    await at.sql(`update whatsapp_number set status = 'CONNECTED', paused_reason = null, paused_by = null, paused_code = null`);
    await until(async () => (await statuses()).READ === 40, 15_000);
    expect(meta().accepted).toHaveLength(40);
  });
});
