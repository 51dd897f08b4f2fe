import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatorOptions, Settings } from './options.ts';
import { ada, otherNumber, post, startBoth, text, valuesOf } from './test-business.ts';

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(settings: Partial<Settings> = {}, options: Partial<SimulatorOptions> = {}) {
  const both = await startBoth({ trustUnseen: true, ...settings }, options);
  closing.push(
    () => both.simulator.close(),
    () => both.business.close(),
  );
  return both;
}

async function until(isTrue: () => boolean) {
  for (let waited = 0; !isTrue(); waited += 5) {
    if (waited > 3_000) throw new Error('Waited for 3 s in vain');
    await new Promise((passed) => setTimeout(passed, 5));
  }
}

describe('statuses', () => {
  it('come signed, in order, each after the one before was taken', async () => {
    const { simulator, business } = await start();
    let running = 0;
    business.reply = async () => {
      expect(++running).toBe(1);
      await new Promise((passed) => setTimeout(passed, 10));
      running--;
      return 200;
    };
    await post(simulator, { ...text, biz_opaque_callback_data: 'our-id' });
    await simulator.control.settle();
    expect(business.handshakes).toBe(1);
    expect(business.webhooks).toHaveLength(3);
    expect(business.webhooks.every(({ isSigned }) => isSigned)).toBe(true);
    expect(business.statuses().map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
    const { id } = simulator.control.accepted[0]!;
    const common = {
      id,
      recipient_id: '4915550001',
      biz_opaque_callback_data: 'our-id',
      timestamp: expect.stringMatching(/^\d{10}$/),
    };
    const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };
    expect(business.statuses()).toEqual([
      { ...common, status: 'sent', pricing },
      { ...common, status: 'delivered', pricing },
      { ...common, status: 'read' },
    ]);
    const [value] = valuesOf(business.webhooks);
    expect(value?.metadata).toEqual({ display_phone_number: '493055501', phone_number_id: '7001' });
    expect(value?.contacts).toEqual([{ profile: { name: 'Ada L' }, wa_id: '4915550001' }]);
    expect(business.webhooks[0]?.envelope).toMatchObject({ object: 'whatsapp_business_account', entry: [{ id: '9001' }] });
  });

  it('fail with 131047 and no contacts when the window is shut, and not once the customer has written', async () => {
    let now = Date.now();
    const { simulator, business } = await start({ trustUnseen: false }, { now: () => now });
    const write = () => simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
    await post(simulator, text);
    await simulator.control.settle();
    expect(business.statuses()).toMatchObject([
      { status: 'failed', errors: [{ code: 131047, error_data: { details: expect.any(String) } }] },
    ]);
    expect(valuesOf(business.webhooks)[0]).not.toHaveProperty('contacts');
    write();
    await post(simulator, text);
    now += 24 * 3_600_000;
    await post(simulator, text);
    await simulator.control.settle();
    expect(
      business
        .statuses()
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['delivered', 'failed', 'failed', 'read', 'sent']);
  });

  it('come in other orders when shuffled, all of them', async () => {
    const { simulator, business } = await start({ shuffle: true, pairBurst: 100 });
    for (let count = 0; count < 20; count++) await post(simulator, text);
    await simulator.control.settle();
    const orders = simulator.control.accepted.map(({ id }) =>
      business
        .statuses()
        .filter((status) => status.id === id)
        .map(({ status }) => status),
    );
    for (const order of orders) expect(order.toSorted()).toEqual(['delivered', 'read', 'sent']);
    expect(new Set(orders.map(String)).size).toBeGreaterThan(2);
  });

  it('take their time', async () => {
    const { simulator, business } = await start({ sentMs: [60, 60], deliveredMs: [60, 60], readMs: [60, 60], awayMs: [60, 60] });
    await post(simulator, text);
    const begin = performance.now();
    await until(() => business.statuses().length === 3);
    expect(performance.now() - begin).toBeGreaterThan(150);
  });

  it('end after sent for the share that is lost', async () => {
    const { simulator, business } = await start({ lostPercent: 100 });
    await post(simulator, text);
    await simulator.control.settle();
    expect(business.statuses().map(({ status }) => status)).toEqual(['sent']);
  });

  it('fail by chance with codes Meta uses, but not at first when that is asked', async () => {
    const { simulator, business } = await start({ failPercent: 100, isCalmAtFirst: true });
    for (let count = 0; count < 5; count++) await post(simulator, text);
    await simulator.control.settle();
    const failed = business.statuses().filter(({ status }) => status === 'failed');
    expect(failed).toHaveLength(4);
    for (const { id, errors } of failed) {
      expect(id).not.toBe(simulator.control.accepted[0]?.id);
      expect([131026, 131049, 130472, 131000]).toContain(errors?.[0]?.code);
    }
  });
});

describe('webhooks', () => {
  it('bring what a customer writes', async () => {
    const { simulator, business } = await start();
    const write = {
      phone: '+4915550009',
      phoneNumberId: '7001',
      name: 'Grace H',
      userId: 'DE.77',
      text: 'Is it open?',
      replyToId: 'wamid.OUT1',
    };
    const id = simulator.control.write(write);
    await simulator.control.settle();
    expect(business.messages()).toEqual([
      {
        from: '4915550009',
        from_user_id: 'DE.77',
        id,
        timestamp: expect.stringMatching(/^\d{10}$/),
        type: 'text',
        text: { body: 'Is it open?' },
        context: { from: '493055501', id: 'wamid.OUT1' },
      },
    ]);
    expect(valuesOf(business.webhooks)[0]?.contacts).toEqual([
      { profile: { name: 'Grace H' }, wa_id: '4915550009', user_id: 'DE.77' },
    ]);
  });

  it('are posted again, the same bytes, until they are answered 200', async () => {
    const { simulator, business } = await start({ retryMs: 5 });
    const answers = [500, 503, 302, 204];
    business.reply = () => answers.shift() ?? 200;
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
    await simulator.control.settle();
    expect(business.webhooks).toHaveLength(5);
    expect(new Set(business.webhooks.map(({ envelope }) => JSON.stringify(envelope))).size).toBe(1);
    expect(simulator.control.webhooks).toMatchObject({ taken: 1, refused: 4, waiting: 0, dropped: 0 });
  });

  it('gather what queued up: several accounts, numbers and messages in one, in order', async () => {
    const { simulator, business } = await start({}, { webhookUrl: undefined });
    const texts = Array.from({ length: 30 }, (_, index) => `Message ${index}`);
    texts.forEach((body, index) => {
      const phoneNumberId = index % 10 < 5 ? '7001' : otherNumber.phoneNumberId;
      simulator.control.write({ phone: ada.phone, phoneNumberId, text: body });
    });
    simulator.control.setWebhook(business.url);
    await simulator.control.settle();
    expect(business.webhooks).toHaveLength(1);
    expect(business.webhooks[0]?.envelope.entry.map(({ id }) => id)).toEqual(['9001', '9002', '9001', '9002', '9001', '9002']);
    expect(business.messages().map((message) => (message.text as { body: string }).body)).toEqual(texts);
    expect(valuesOf(business.webhooks)[0]?.contacts).toHaveLength(1);
  });

  it('hold no more than the batch allows, and come many times at once when asked', async () => {
    const { simulator, business } = await start({ batchMax: 4, duplicates: 10 }, { webhookUrl: undefined });
    for (let count = 0; count < 6; count++) simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
    simulator.control.setWebhook(business.url);
    await simulator.control.settle();
    expect(valuesOf(business.webhooks).map(({ messages }) => messages?.length)).toEqual([
      ...Array(10).fill(4),
      ...Array(10).fill(2),
    ]);
  });

  it('go out in any order when asked, all of them', async () => {
    const { simulator, business } = await start({ permute: true }, { webhookUrl: undefined });
    const texts = Array.from({ length: 30 }, (_, index) => `Message ${index}`);
    for (const line of texts) simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: line });
    simulator.control.setWebhook(business.url);
    await simulator.control.settle();
    const came = business.messages().map((message) => (message.text as { body: string }).body);
    expect(came).not.toEqual(texts);
    expect(came.toSorted()).toEqual(texts.toSorted());
  });

  it('wait for a handshake with the right token', async () => {
    const { simulator, business } = await start({ retryMs: 2 }, { verifyToken: 'another' });
    simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
    await until(() => business.handshakes > 3);
    expect(simulator.control.webhooks.refused).toBeGreaterThan(2);
    expect(business.webhooks).toHaveLength(0);
  });
});
