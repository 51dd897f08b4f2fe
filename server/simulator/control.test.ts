import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleOf } from './samples.ts';
import type { Simulator } from './simulator.ts';
import { type Business, ada, post, startBoth, text } from './test-business.ts';

let simulator: Simulator;
let business: Business;

beforeAll(async () => {
  // One customer writes 205 messages in a moment here: more than a number takes in a second.
  ({ simulator, business } = await startBoth({ trustUnseen: true, countInbound: false }));
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

async function control(method: string, path: string, body?: unknown, type = 'application/json') {
  const headers = body === undefined ? undefined : { 'content-type': type };
  const response = await fetch(`${simulator.url}/control${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const shop = { phoneNumberId: '7001', displayPhone: '+49 30 55501', name: 'Shop' };

describe('the controls over HTTP', () => {
  it('show customers, numbers and settings', async () => {
    const { status, body } = await control('GET', '/state');
    expect(status).toBe(200);
    expect(body.customers).toEqual([{ phone: '+4915550001', name: 'Ada L', number: shop, lastAt: null }]);
    expect(body.numbers).toEqual([shop, expect.objectContaining({ phoneNumberId: '7002' })]);
    expect(body.settings).toMatchObject({ failPercent: 0, delayMs: 0, customersWrite: false });
    expect(JSON.stringify(body)).not.toMatch(/T1|T2|app-secret|verify-me/);
  });

  it('write as a customer and show the chat with its ticks', async () => {
    const written = await control('POST', '/messages', {
      phone: '+4915550005',
      phoneNumberId: '7001',
      name: 'Grace',
      text: 'Hi there',
    });
    expect(written).toEqual({ status: 202, body: { id: expect.stringMatching(/^wamid\./) } });
    await post(simulator, { ...text, to: '+4915550005' });
    await simulator.control.settle();
    expect(business.messages()).toMatchObject([{ id: written.body.id, text: { body: 'Hi there' } }]);
    const { body } = await control('GET', '/chat?phone=+4915550005&phoneNumberId=7001');
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(body.messages).toEqual([
      { id: written.body.id, from: 'customer', type: 'text', text: 'Hi there', at },
      { id: simulator.control.accepted[0]?.id, from: 'business', type: 'text', text: 'Hello', at, status: 'read' },
    ]);
    const customers = (await control('GET', '/state')).body.customers;
    expect(customers).toMatchObject([{ phone: '+4915550005', name: 'Grace', lastAt: at }, { phone: ada.phone }]);
  });

  it('keep the last 200 messages of a chat', async () => {
    for (let count = 0; count < 205; count++)
      simulator.control.write({ phone: '+4915550006', phoneNumberId: '7001', text: `${count}` });
    const { body } = await control('GET', '/chat?phone=%2B4915550006&phoneNumberId=7001');
    expect((body.messages as { text: string }[]).map((message) => message.text)).toEqual(
      Array.from({ length: 200 }, (_, index) => `${index + 5}`),
    );
  });

  it('change settings, all or none', async () => {
    const changed = await control('POST', '/settings', { failPercent: 10, delayMs: 5, customersWrite: false, readMs: [1, 2] });
    expect(changed.body.settings).toMatchObject({ failPercent: 10, delayMs: 5, readMs: [1, 2] });
    for (const wrong of [
      { failPercent: -1 },
      { delayMs: '5' },
      { readMs: [2, 1] },
      { colour: 'red' },
      { webhookUrl: 'nowhere' },
    ]) {
      expect((await control('POST', '/settings', { failPercent: 50, ...wrong })).status).toBe(400);
    }
    await control('POST', '/settings', { failPercent: 0, delayMs: 0 });
    expect(simulator.control.settings).toMatchObject({ failPercent: 0, delayMs: 0 });
  });

  it('set faults and clear them', async () => {
    expect((await control('POST', '/faults', { kind: 'answer', code: 130429, next: 5 })).status).toBe(202);
    expect((await post(simulator, text)).status).toBe(400);
    expect((await control('DELETE', '/faults')).status).toBe(200);
    expect((await post(simulator, text)).status).toBe(200);
    for (const wrong of [
      { kind: 'magic', next: 1 },
      { kind: 'answer', next: 1 },
      { kind: 'reset' },
      { kind: 'http', status: 200, next: 1 },
    ]) {
      expect((await control('POST', '/faults', wrong)).status).toBe(400);
    }
  });

  it('refuse what makes no sense', async () => {
    const message = { phone: '+4915550005', phoneNumberId: '7001', text: 'Hi' };
    const wrong = [
      { ...message, phone: 'ada' },
      { ...message, text: ' ' },
      { ...message, text: 'x'.repeat(70_000) },
      { ...message, name: 7 },
    ];
    for (const body of wrong) expect((await control('POST', '/messages', body)).status).toBe(400);
    expect((await control('POST', '/messages', { ...message, phoneNumberId: '6666' })).status).toBe(404);
    expect((await control('POST', '/messages', message, 'text/plain')).status).toBe(415);
    expect((await control('POST', '/messages', [message])).status).toBe(400);
    expect((await control('GET', '/chat?phone=1&phoneNumberId=7001')).status).toBe(404);
    expect((await control('GET', '/nothing')).status).toBe(404);
    expect((await control('POST', '/messages', { ...message, text: 'x'.repeat(300_000) })).status).toBe(413);
  });

  it('act as customers: files, reactions, taps, other people, and show it all', async () => {
    const who = { phone: '+4915550012', phoneNumberId: '7001' };
    const act = async (path: string, body: object) => {
      const answer = await control('POST', path, { ...who, ...body });
      expect(answer).toMatchObject({ status: 202 });
      return answer.body.id as string;
    };
    const image = await act('/messages', { text: 'Look', media: { sample: 'jpeg' } });
    const bytes = Buffer.from('hello').toString('base64');
    await act('/messages', { media: { bytes, mimeType: 'text/plain', fileName: 'a.txt' } });
    const kept = await fetch(`${simulator.url}/control/media?phoneNumberId=7001&fileName=b.png`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(sampleOf('png').bytes),
    });
    const { id } = (await kept.json()) as { id: string };
    await act('/messages', { media: { id } });
    await act('/messages', { type: 'location', content: { latitude: 1, longitude: 2 } });
    const buttons = [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }];
    const interactive = { type: 'button', body: { text: 'Well?' }, action: { buttons } };
    await post(simulator, { ...text, to: who.phone, text: undefined, type: 'interactive', interactive });
    const asked = simulator.control.accepted.at(-1)!.id;
    await act('/tap', { messageId: asked, id: 'yes' });
    await act('/react', { messageId: asked, emoji: '👍' });
    await act('/edit', { messageId: image, text: 'Look here' });
    await control('POST', '/preferences', { ...who, value: 'stop' });
    await simulator.control.settle();
    const { body } = await control('GET', '/chat?phone=%2B4915550012&phoneNumberId=7001');
    expect(body.messages).toMatchObject([
      { type: 'image', text: 'Look here', isEdited: true, media: { mimeType: 'image/jpeg', fileName: 'parcel.jpg' } },
      { type: 'document', media: { mimeType: 'text/plain', fileName: 'a.txt' } },
      { type: 'image', media: { id, fileName: 'b.png' } },
      { type: 'location', content: { latitude: 1, longitude: 2 } },
      {
        type: 'interactive',
        from: 'business',
        status: 'read',
        content: interactive,
        reactions: [{ from: 'customer', emoji: '👍' }],
      },
      { type: 'interactive', from: 'customer', text: 'Yes', replyToId: asked },
    ]);
    expect(body.state).toMatchObject({ isTyping: false, isWindowOpen: true });
    const file = await fetch(`${simulator.url}/control/media/${id}`);
    expect([file.headers.get('content-type'), (await file.arrayBuffer()).byteLength]).toEqual([
      'image/png',
      sampleOf('png').bytes.length,
    ]);
    expect((await control('POST', '/identity', { ...who, newPhone: '+4915550013' })).status).toBe(202);
    expect((await control('GET', '/chat?phone=%2B4915550013&phoneNumberId=7001')).body.messages).toHaveLength(6);
  });

  it('act as Meta', async () => {
    expect((await control('POST', '/number', { phoneNumberId: '7001', quality: 'YELLOW' })).status).toBe(202);
    expect((await control('POST', '/tier', { tier: 'TIER_2K' })).status).toBe(202);
    expect((await control('POST', '/token', { token: 'T1', fault: 'expired' })).status).toBe(202);
    expect((await post(simulator, text)).status).toBe(401);
    expect((await control('POST', '/token', { token: 'T1', fault: null })).status).toBe(202);
    expect((await control('POST', '/tell', { phoneNumberId: '7001', field: 'account_alerts' })).status).toBe(202);
    expect((await control('POST', '/error', { phoneNumberId: '7001', code: 131000 })).status).toBe(202);
    await simulator.control.settle();
    const { body } = await control('GET', '/state');
    expect(body).toMatchObject({ lines: { 7001: { quality: 'YELLOW' } }, settings: { messagingTier: 'TIER_2K' } });
    for (const [path, wrong] of [
      ['/number', { phoneNumberId: '7001', waId: '1' }],
      ['/tier', { tier: 'TIER_3' }],
      ['/token', { token: 'T1', fault: 'odd' }],
      ['/tell', { phoneNumberId: '7001', field: 'nowhere' }],
      ['/tap', { phoneNumberId: '7001', phone: '+4915550005', messageId: 'wamid.NONE' }],
      ['/react', { phoneNumberId: '7001', messageId: 'wamid.NONE' }],
      ['/messages', { phoneNumberId: '7001', phone: '+4915550005', media: { sample: 'gif' } }],
    ] as const)
      expect((await control('POST', path, wrong)).status).toBe(400);
  });
});
