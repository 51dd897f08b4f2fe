import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ByHand, startByHand } from '../../../test/harness/by-hand.ts';

let at: ByHand;
beforeAll(async () => {
  at = await startByHand();
});
afterAll(() => at.close());

let serial = 0;
// What went before is long past: WhatsApp's times are whole seconds.
beforeEach(async () => {
  await at.sql(`update contact_identity set undeliverable_at = null`);
  await at.sql(`update service_window set last_inbound_at = cube_now() - interval '1 hour'`);
  await at.sql(`update message_status set at = at - interval '1 hour'`);
});

const READ = `query($id: ID!) { conversation(id: $id) { contact { identities { kind undeliverableAt } } } }`;
async function marked(): Promise<Date | null> {
  const { conversation } = await at.ask(READ, { id: at.conversationId });
  const phone = conversation.contact.identities.find(({ kind }: { kind: string }) => kind === 'PHONE');
  return phone.undeliverableAt && new Date(phone.undeliverableAt);
}

async function fail(code: number): Promise<void> {
  const id = await at.send(`number ${++serial}`);
  await at.end(id, { kind: 'failed', code });
}
const seconds = (ms: number) => String(Math.floor(ms / 1000));
const undeliverable = (timestamp: number) => ({
  timestamp: seconds(timestamp),
  errors: [{ code: 131026, title: 'Undeliverable' }],
});
const changes = async () => (await at.sql(`select from event where kind = 'CONTACT_CHANGED'`)).length;

describe('an address that WhatsApp cannot deliver to', () => {
  it('is marked with the time, and told', async () => {
    const before = await changes();
    expect(await marked()).toBeNull();
    await fail(131026);
    expect(Math.abs(((await marked())?.getTime() ?? 0) - Date.now())).toBeLessThan(30_000);
    expect(await changes()).toBe(before + 1);
  });

  it('is marked by a webhook too, with WhatsApp’s time', async () => {
    const id = await at.send(`number ${++serial}`);
    await at.end(id, { kind: 'accepted', wamid: `wamid.${serial}` });
    const when = Date.now() - 60_000;
    await at.report(`wamid.${serial}`, 'failed', undeliverable(when));
    expect((await marked())?.getTime()).toBe(Number(seconds(when)) * 1000);
  });

  it('is marked no longer once the customer writes', async () => {
    await fail(131026);
    await at.write(`wamid.in.${++serial}`, 'Here I am');
    expect(await marked()).toBeNull();
    await at.sql(`update contact_identity set undeliverable_at = cube_now() + interval '1 minute'`);
    expect(await marked()).not.toBeNull();
  });

  it('is marked no longer once something arrives, though it was written before', async () => {
    const id = await at.send(`number ${++serial}`);
    await at.end(id, { kind: 'accepted', wamid: `wamid.${serial}` });
    await fail(131026);
    await at.report(`wamid.${serial - 1}`, 'sent');
    expect(await marked()).not.toBeNull();
    await at.report(`wamid.${serial - 1}`, 'delivered');
    expect(await marked()).toBeNull();
  });

  it('is not marked by what is older than the customer’s last message, nor by other failures', async () => {
    const id = await at.send(`number ${++serial}`);
    await at.end(id, { kind: 'accepted', wamid: `wamid.${serial}` });
    await at.report(`wamid.${serial}`, 'failed', undeliverable(Date.now() - 2 * 3_600_000));
    expect(await marked()).toBeNull();
    await at.sql(`update contact_identity set undeliverable_at = null`);
    for (const code of [130472, 131047, 131049]) await fail(code);
    expect(await at.sql('select from contact_identity where undeliverable_at is not null')).toEqual([]);
  });
});
