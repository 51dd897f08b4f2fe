import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByHand, CUSTOMER, startByHand } from '../../test/harness/by-hand.ts';
import { body, change, status } from '../../test/harness/envelopes.ts';

let at: ByHand;
beforeAll(async () => {
  at = await startByHand();
});
afterAll(() => at.close());

const FAILED = { errors: [{ code: 131000, title: 'Something went wrong' }] };
const READ = `query($id: ID!) { message(id: $id) { status attempt timeline { status } failure { code } } }`;

interface Shown {
  status: string;
  attempt: number;
  timeline: string[];
}

async function shown(id: string): Promise<Shown> {
  const { message } = await at.ask(READ, { id });
  const { status: reached, attempt, timeline } = message;
  return { status: reached, attempt, timeline: timeline.map((one: { status: string }) => one.status) };
}

const inQueue = async (id: string) => (await at.sql('select from send_queue where message_id = $1', [id])).length === 1;
const told = async (id: string) =>
  (
    await at.sql<{ status: string }>(`select status from event where subject_id = $1 and status is not null order by seq`, [id])
  ).map((event) => event.status);

let serial = 0;

/** A message whose first attempt WhatsApp took and then gave up, and that somebody sent again. */
async function retried(): Promise<{ id: string; first: string; second: string }> {
  const [first, second] = [`wamid.first.${++serial}`, `wamid.second.${serial}`];
  const id = await at.send(`number ${serial}`);
  await at.end(id, { kind: 'accepted', wamid: first });
  await at.report(first, 'failed', FAILED);
  expect(await at.retry(id)).toMatchObject({ userErrors: [], message: { status: 'QUEUED' } });
  return { id, first, second };
}

describe('a status of an earlier attempt', () => {
  it('that says the customer has it takes the new attempt back while that has yet to go out', async () => {
    const { id, first } = await retried();
    await at.report(first, 'delivered');
    expect(await shown(id)).toEqual({
      status: 'DELIVERED',
      attempt: 1,
      timeline: ['QUEUED', 'ACCEPTED', 'SENT', 'FAILED', 'DELIVERED'],
    });
    expect(await inQueue(id)).toBe(false);
    await at.report(first, 'read');
    expect(await shown(id)).toMatchObject({ status: 'READ', attempt: 1 });
    expect(await told(id)).toEqual(['QUEUED', 'ACCEPTED', 'FAILED', 'QUEUED', 'DELIVERED', 'READ']);
    const { failedMessages } = await at.ask('{ failedMessages { nodes { id } } }');
    expect(failedMessages.nodes).toEqual([]);
    expect(await at.retry(id)).toMatchObject({ userErrors: [{ code: 'NOT_RETRYABLE' }] });
  });

  it('shows while the new one is in a worker’s hand, and stays when that one fails', async () => {
    const { id, first, second } = await retried();
    const send = (await at.lease()).find((one) => one.messageId === id);
    await at.report(first, 'delivered');
    expect(await shown(id)).toMatchObject({ status: 'DELIVERED', attempt: 2 });
    expect(await inQueue(id)).toBe(true);
    await at.end(id, { kind: 'accepted', wamid: second }, send);
    await at.report(second, 'failed', FAILED);
    expect(await shown(id)).toEqual({
      status: 'DELIVERED',
      attempt: 2,
      timeline: ['QUEUED', 'ACCEPTED', 'SENT', 'FAILED', 'DELIVERED'],
    });
    await at.report(second, 'read');
    expect(await shown(id)).toMatchObject({ status: 'READ' });
  });

  it('shows when the new one has failed, and that one’s id still finds the message', async () => {
    const { id, first, second } = await retried();
    await at.end(id, { kind: 'accepted', wamid: second });
    await at.report(second, 'failed', FAILED);
    expect(await shown(id)).toMatchObject({ status: 'FAILED', attempt: 2 });
    await at.report(first, 'delivered');
    expect(await shown(id)).toMatchObject({ status: 'DELIVERED', attempt: 1 });
    await at.report(second, 'read');
    expect(await shown(id)).toMatchObject({ status: 'READ', attempt: 1 });
  });

  it('that says less, or what is known, changes nothing that is shown', async () => {
    const { id, first, second } = await retried();
    await at.report(first, 'sent');
    await at.report(first, 'failed', FAILED);
    expect(await shown(id)).toEqual({ status: 'QUEUED', attempt: 2, timeline: ['QUEUED'] });
    await at.end(id, { kind: 'accepted', wamid: second });
    await at.report(first, 'sent');
    expect(await shown(id)).toMatchObject({ status: 'ACCEPTED', attempt: 2, timeline: ['QUEUED', 'ACCEPTED'] });
    expect(await at.sql('select from parked_status')).toEqual([]);
  });

  it('comes together with one of the new attempt, in any order, to the same end', async () => {
    for (const turn of [false, true]) {
      const { id, first, second } = await retried();
      await at.end(id, { kind: 'accepted', wamid: second });
      const both = [status(first, 'delivered'), status(second, 'sent')];
      await at.hear(body(change(at.tenant.phoneNumberId, { statuses: turn ? both.toReversed() : both })));
      expect(await shown(id)).toEqual({
        status: 'DELIVERED',
        attempt: 2,
        timeline: ['QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED'],
      });
    }
  });
});

describe('an attempt whose answer never came', () => {
  async function unconfirmed(): Promise<string> {
    const id = await at.send(`perhaps ${++serial}`);
    await at.end(id, { kind: 'unconfirmed' });
    expect(await at.retry(id, { mayHaveBeenSent: true })).toMatchObject({ userErrors: [] });
    return id;
  }

  it('turns out to be on its way by the id it carried: the new one is taken back', async () => {
    const id = await unconfirmed();
    await at.report(`wamid.unheard.${serial}`, 'sent', { biz_opaque_callback_data: id });
    expect(await shown(id)).toEqual({ status: 'SENT', attempt: 1, timeline: ['QUEUED', 'UNCONFIRMED', 'ACCEPTED', 'SENT'] });
    expect(await inQueue(id)).toBe(false);
    await at.report(`wamid.unheard.${serial}`, 'delivered');
    expect(await shown(id)).toMatchObject({ status: 'DELIVERED', attempt: 1 });
  });

  it('is told from the new one by the id of the new one', async () => {
    const id = await unconfirmed();
    const [first, second] = [`wamid.lost.${serial}`, `wamid.found.${serial}`];
    await at.end(id, { kind: 'unconfirmed' });
    await at.report(second, 'sent', { biz_opaque_callback_data: `${id}.2` });
    expect(await shown(id)).toMatchObject({ status: 'SENT', attempt: 2 });
    await at.report(first, 'read', { biz_opaque_callback_data: id });
    expect(await shown(id)).toMatchObject({ status: 'READ', attempt: 2 });
    // An attempt that nobody made is nobody's.
    await at.report('wamid.third', 'read', { biz_opaque_callback_data: `${id}.3` });
    expect(await at.sql('select status from parked_status')).toEqual([{ status: 'READ' }]);
    await at.sql('delete from parked_status');
  });
});

describe('what a customer says about an earlier attempt', () => {
  it('stands on the message: a quote and a reaction', async () => {
    const { id, first, second } = await retried();
    await at.end(id, { kind: 'accepted', wamid: second });
    await at.write(`wamid.quote.${serial}`, 'About this', { context: { from: CUSTOMER, id: first } });
    await at.write(`wamid.heart.${serial}`, '', {
      type: 'reaction',
      text: undefined,
      reaction: { message_id: first, emoji: '❤️' },
    });
    await at.write(`wamid.again.${serial}`, 'And this', { context: { from: CUSTOMER, id: second } });
    const query = `query($id: ID!) { conversation(id: $id) { messages(last: 2) { nodes { text replyTo { id } } } } }`;
    const { conversation } = await at.ask(query, { id: at.conversationId });
    expect(conversation.messages.nodes).toEqual([
      { text: 'About this', replyTo: { id } },
      { text: 'And this', replyTo: { id } },
    ]);
    const { message } = await at.ask('query($id: ID!) { message(id: $id) { reactions { emoji } } }', { id });
    expect(message.reactions).toEqual([{ emoji: '❤️' }]);
  });

  it('is answered on the id that WhatsApp knows, though the new attempt has none yet', async () => {
    const { id, first } = await retried();
    await at.lease();
    await at.report(first, 'delivered');
    expect(await shown(id)).toMatchObject({ attempt: 2 });
    expect(await at.change('sendMessage', reactionTo(id))).toMatchObject({ userErrors: [] });
  });
});

const reactionTo = (messageId: string) => ({
  conversationId: at.conversationId,
  idempotencyKey: `reaction ${messageId}`,
  reaction: { messageId, emoji: '👍' },
});
