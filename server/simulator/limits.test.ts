import { afterEach, describe, expect, it } from 'vitest';
import type { ErrorResponse } from '../src/whatsapp/wire.ts';
import { type Settings, type SimulatorOptions } from './options.ts';
import { sampleOf } from './samples.ts';
import type { Simulator } from './simulator.ts';
import { type Business, ada, number, post, startBoth, text, valuesOf } from './test-business.ts';

const DAY_MS = 24 * 3_600_000;

let simulator: Simulator;
let business: Business;
let nowMs = 0;

async function start(settings: Partial<Settings> = {}, options: Partial<SimulatorOptions> = {}): Promise<void> {
  nowMs = Date.now();
  ({ simulator, business } = await startBoth({ trustUnseen: true, ...settings }, { now: () => nowMs, ...options }));
}
afterEach(async () => {
  await simulator.close();
  business.close();
});

const codeOf = async (response: Response) => ((await response.json()) as Partial<ErrorResponse>).error?.code ?? 0;
const send = async (body: object = {}) => codeOf(await post(simulator, { ...text, ...body }));
const manage = async (path: string) =>
  codeOf(await fetch(`${simulator.url}/v26.0/${path}`, { headers: { authorization: `Bearer ${number.token}` } }));
const failures = () =>
  business
    .statuses()
    .filter(({ status }) => status === 'failed')
    .map(({ errors }) => errors?.[0]?.code);
const person = { phoneNumberId: number.phoneNumberId, phone: ada.phone };

/** Sends to as many people as it takes; gives how many were taken. */
async function burst(count: number): Promise<number> {
  const codes = await Promise.all(Array.from({ length: count }, (_, n) => send({ to: `+49155${String(nowMs + n).slice(-8)}` })));
  return codes.filter((code) => code === 0).length;
}

describe('the rate of a number', () => {
  it('is so many in any second: a burst does not fill again before the second is over', async () => {
    await start({ perSecond: 80 });
    expect(await burst(100)).toBe(80);
    nowMs += 500;
    expect(await burst(40)).toBe(0);
    nowMs += 499;
    expect(await burst(40)).toBe(0);
    nowMs += 1;
    expect(await burst(50)).toBe(50);
    nowMs += 600;
    expect(await burst(50)).toBe(30);
    nowMs += 400;
    expect(await burst(100)).toBe(50);
  });

  it('counts what customers write too, unless it is told not to', async () => {
    await start({ perSecond: 10 });
    for (let n = 0; n < 7; n++) simulator.control.write({ ...person, text: `${n}` });
    expect(await burst(10)).toBe(3);
    nowMs += 1_000;
    simulator.control.settings.countInbound = false;
    for (let n = 0; n < 7; n++) simulator.control.write({ ...person, text: `${n}` });
    expect(await burst(12)).toBe(10);
  });
});

describe('calls that manage an account', () => {
  it('are so many in an hour and app, far more once a number is registered, and sends are none of them', async () => {
    await start({ managementPerHour: 3, managementPerHourRegistered: 6 });
    const fields = ['id', 'status', 'verified_name', 'quality_rating', 'name_status', 'throughput'];
    for (const field of fields) expect(await manage(`${number.phoneNumberId}?fields=${field}`)).toBe(0);
    expect(await manage(number.wabaId)).toBe(80007);
    expect(await manage(`${number.wabaId}/message_templates`)).toBe(80007);
    expect(await send()).toBe(0);
    nowMs += 3_600_000;
    simulator.control.setNumber(number.phoneNumberId, { status: 'DISCONNECTED' });
    for (let n = 0; n < 3; n++) expect(await manage(number.wabaId)).toBe(0);
    expect(await manage(number.wabaId)).toBe(80007);
  });
});

describe('what is accepted and not delivered', () => {
  it('is a reaction to a message of more than 30 days ago', async () => {
    await start();
    const wamid = simulator.control.write({ ...person, text: 'long ago' });
    const react = () => send({ type: 'reaction', text: undefined, reaction: { message_id: wamid, emoji: '👍' } });
    nowMs += 30 * DAY_MS;
    simulator.control.write({ ...person, text: 'and now again' });
    expect(await react()).toBe(0);
    await simulator.control.settle();
    expect(failures()).toEqual([]);
    nowMs += 1;
    expect(await react()).toBe(0);
    await simulator.control.settle();
    expect(failures()).toEqual([131009]);
  });

  it('is everything of an account without a means of payment', async () => {
    await start();
    simulator.control.setAccount(number.wabaId, { hasPayment: false });
    expect(await send()).toBe(0);
    await simulator.control.settle();
    expect(business.statuses().map(({ status }) => status)).toEqual(['failed']);
    expect(failures()).toEqual([131042]);
    simulator.control.setAccount(number.wabaId, { hasPayment: true });
    await send();
    await simulator.control.settle();
    expect(business.statuses().at(-1)?.status).toBe('read');
  });

  it('is a voice message that has no Opus in its Ogg', async () => {
    await start();
    const opus = sampleOf('ogg').bytes;
    const vorbis = Buffer.from(opus.toString('latin1').replace('OpusHead', '\x01vorbis '), 'latin1');
    for (const [bytes, expected] of [
      [opus, []],
      [vorbis, [131053]],
    ] as const) {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('file', new Blob([new Uint8Array(bytes)], { type: 'audio/ogg' }), 'voice.ogg');
      const headers = { authorization: `Bearer ${number.token}` };
      const uploaded = await fetch(`${simulator.url}/v26.0/7001/media`, { method: 'POST', headers, body: form });
      const { id } = (await uploaded.json()) as { id: string };
      expect(await send({ type: 'audio', text: undefined, audio: { id, voice: true } })).toBe(0);
      await simulator.control.settle();
      expect(failures()).toEqual(expected);
    }
  });
});

describe('the check of identities', () => {
  it('has webhooks tell the hash of a key, and refuses a send that names another', async () => {
    await start();
    simulator.control.write({ ...person, text: 'before' });
    const headers = { authorization: `Bearer ${number.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ user_identity_change: { enable_identity_key_check: true } });
    await fetch(`${simulator.url}/v26.0/7001/settings`, { method: 'POST', headers, body });
    simulator.control.write({ ...person, text: 'after' });
    await simulator.control.settle();
    const [before, hash] = valuesOf(business.webhooks).map(({ contacts }) => contacts?.[0]?.identity_key_hash);
    expect(before).toBeUndefined();
    expect(await send({ recipient_identity_key_hash: hash })).toBe(0);
    simulator.control.setPerson({ ...person, identityHash: 'new-phone' });
    expect(await send({ recipient_identity_key_hash: hash })).toBe(137000);
    expect(await send({ recipient_identity_key_hash: 'new-phone' })).toBe(0);
    expect(await send()).toBe(0);
  });
});

describe('webhooks', () => {
  it('go one at a time, or as many at once as is set', async () => {
    for (const atOnce of [1, 3]) {
      if (atOnce > 1) await simulator.close().then(() => business.close());
      await start({ webhooksAtOnce: atOnce, batchMax: 1 });
      let [underWay, most] = [0, 0];
      business.reply = async () => {
        most = Math.max(most, ++underWay);
        await new Promise((passed) => setTimeout(passed, 20));
        underWay--;
        return 200;
      };
      for (let n = 0; n < 12; n++) simulator.control.write({ ...person, text: `${n}` });
      await simulator.control.settle();
      expect(most).toBe(atOnce);
      expect(business.messages()).toHaveLength(12);
      expect(business.handshakes).toBe(1);
    }
  });

  it('of statuses that are shuffled have failures among them, refuted ones too, and what was played', async () => {
    await start({ shuffle: true, failPercent: 50, refutedPercent: 50, pairBurst: 1_000, perSecond: 1_000 });
    const voice = { type: 'audio', text: undefined, audio: { link: 'https://example.com/a.ogg', voice: true } };
    for (let n = 0; n < 60; n++) await send(n % 2 ? {} : voice);
    await simulator.control.settle();
    const orders = [...Map.groupBy(business.statuses(), ({ id }) => id).values()].map((all) =>
      all.map(({ status }) => status).join(' '),
    );
    const seen = new Set(orders.map((order) => order.split(' ').sort().join(' ')));
    expect(seen).toEqual(new Set(['delivered played read sent', 'delivered read sent', 'failed sent', 'delivered failed sent']));
    expect(orders).toContain('failed sent');
    expect(orders).toContain('sent failed');
    expect(orders.some((order) => /delivered.*failed/.test(order))).toBe(true);
    expect(orders.some((order) => /played.*delivered/.test(order))).toBe(true);
  });
});

describe('chance', () => {
  it('of one kind does not depend on how often another was asked', async () => {
    const refusedOf = async (others: number) => {
      await start({ failPercent: 30, pairBurst: 1_000, perSecond: 1_000 }, { seed: 7 });
      simulator.control.fault({ kind: 'answer', code: 1 }, { percent: 30 });
      simulator.control.fault({ kind: 'answer', code: 2 }, { percent: 50, on: 'numbers' });
      const codes: number[] = [];
      for (let n = 0; n < 40; n++) {
        for (let other = 0; other < others; other++) await manage(number.phoneNumberId);
        codes.push(await send());
      }
      await simulator.control.settle();
      const reached = simulator.control.accepted.map(
        ({ id }) => business.statuses().findLast((status) => status.id === id)?.status,
      );
      return { codes, reached };
    };
    const first = await refusedOf(0);
    await simulator.close();
    business.close();
    expect(await refusedOf(2)).toEqual(first);
    expect(new Set(first.codes)).toEqual(new Set([0, 1]));
    expect(new Set(first.reached)).toEqual(new Set(['read', 'failed']));
  });
});
