import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ByHand, CUSTOMER, startByHand } from '../../test/harness/by-hand.ts';
import { settleChanges } from './settle-changes.ts';

let at: ByHand;
beforeAll(async () => {
  at = await startByHand();
});
afterAll(() => at.close());

let serial = 0;
const quote = (wamid: string, target: string, words: string) =>
  at.write(wamid, words, { context: { from: CUSTOMER, id: target } });
const react = (wamid: string, target: string, emoji: string) =>
  at.write(wamid, '', { type: 'reaction', text: undefined, reaction: { message_id: target, emoji } });

async function thread(): Promise<{ id: string; text: string; replyTo: { id: string } | null; reactions: { emoji: string }[] }[]> {
  const query = `query($id: ID!) { conversation(id: $id) { messages(last: 50) { nodes { id text replyTo { id } reactions { emoji } } } } }`;
  return (await at.ask(query, { id: at.conversationId })).conversation.messages.nodes;
}
const saying = async (words: string) => {
  const found = (await thread()).find(({ text }) => text === words);
  if (!found) throw new Error(`Nothing says ${words}.`);
  return found;
};
const updatesOf = (id: string) => at.sql(`select from event where kind = 'MESSAGE_UPDATED' and subject_id = $1`, [id]);
const waiting = () => at.sql(`select from message_change where kind = 'REPLY' and applied_at is null`);

describe('a quote or a reaction that comes before its message', () => {
  it('stands on it once the customer’s message is here, and everyone is told', async () => {
    const target = `wamid.late.${++serial}`;
    await quote(`wamid.early.${serial}`, target, 'As I said');
    await react(`wamid.emoji.${serial}`, target, '🙏');
    expect((await saying('As I said')).replyTo).toBeNull();
    await at.write(target, 'What I said');
    const { id, reactions } = await saying('What I said');
    const answer = await saying('As I said');
    expect(answer.replyTo).toEqual({ id });
    expect(reactions).toEqual([{ emoji: '🙏' }]);
    expect(await updatesOf(answer.id)).toHaveLength(1);
    expect(await updatesOf(id)).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  it('stands on ours once WhatsApp’s answer to the request is on record', async () => {
    const target = `wamid.ours.${++serial}`;
    const id = await at.send('Ours');
    await react(`wamid.fast.${serial}`, target, '👍');
    await at.end(id, { kind: 'accepted', wamid: target });
    expect((await saying('Ours')).reactions).toEqual([{ emoji: '👍' }]);
  });

  it('stands on ours once a status tells that it is ours', async () => {
    const target = `wamid.unanswered.${++serial}`;
    const id = await at.send('Unanswered');
    await at.end(id, { kind: 'unconfirmed' });
    await quote(`wamid.quick.${serial}`, target, 'To the unanswered');
    await at.report(target, 'delivered', { biz_opaque_callback_data: id });
    expect((await saying('To the unanswered')).replyTo).toEqual({ id });
  });

  it('stands on an attempt that is not shown', async () => {
    const target = `wamid.other.${++serial}`;
    const id = await at.send('Twice');
    await at.end(id, { kind: 'unconfirmed' });
    await at.retry(id, { mayHaveBeenSent: true });
    await at.end(id, { kind: 'accepted', wamid: `wamid.second.${serial}` });
    await quote(`wamid.soon.${serial}`, target, 'To the first');
    await at.report(target, 'sent', { biz_opaque_callback_data: id });
    expect((await saying('To the first')).replyTo).toEqual({ id });
  });

  it('is joined a minute later where two processes let them pass one another', async () => {
    const target = `wamid.passed.${++serial}`;
    await quote(`wamid.passing.${serial}`, target, 'Passing');
    // As though the target's process had not seen the quote.
    await at.sql(`update message_change set applied_at = cube_now() where kind = 'REPLY' and applied_at is null`);
    await at.write(target, 'Passed');
    expect((await saying('Passing')).replyTo).toBeNull();
    await at.sql(
      `update message_change set applied_at = null where kind = 'REPLY' and received_at = (select max(received_at) from message_change)`,
    );
    await settleChanges(at.app.services, [at.tenant.id]);
    expect((await saying('Passing')).replyTo).toEqual({ id: (await saying('Passed')).id });
  });

  it('changes nothing when it comes again', async () => {
    const target = `wamid.again.${++serial}`;
    await quote(`wamid.repeated.${serial}`, target, 'Repeated');
    await quote(`wamid.repeated.${serial}`, target, 'Repeated');
    expect(await waiting()).toHaveLength(1);
    await at.write(target, 'Said again');
    await quote(`wamid.repeated.${serial}`, target, 'Repeated');
    expect(await waiting()).toEqual([]);
    expect((await thread()).filter(({ text }) => text === 'Repeated')).toHaveLength(1);
  });
});
