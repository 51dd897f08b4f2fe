import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Connection } from '../../../test/harness/connect.ts';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { settle, until } from '../../../test/harness/until.ts';
import { keepHouse } from '../housekeeping.ts';

let at: Sending;
let owner: Connection;
beforeAll(async () => {
  at = await startSending({ simulator: { pairBurst: 1_000 } });
  owner = await connect(at.app.address);
});
afterEach(() => moveTime('0'));
afterAll(async () => {
  await owner.end();
  await at.close();
});

/** From here on the database says that it is so much later; nothing else does. */
async function moveTime(ahead: string): Promise<void> {
  await owner.rows(
    `create or replace function cube_now() returns timestamptz language sql stable as $$ select now() + interval '${ahead}' $$`,
  );
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const accepted = () => at.app.simulator.control.accepted.map(({ text }) => text);
const list = async (query: string) => (await at.ask(`{ list: ${query} { nodes { id status text } } }`)).list.nodes;
const timeline = async (id: string): Promise<string[]> => {
  const { message } = await at.ask('query($id: ID!) { message(id: $id) { timeline { status } } }', { id });
  return message.timeline.map((change: { status: string }) => change.status);
};

describe('a scheduled message', () => {
  const schedule = async (text: string, more: object = {}) => {
    const { message } = await at.send({ text, scheduledAt: inHours(2), timeZone: 'Asia/Riyadh', ...more });
    expect(message.status).toBe('SCHEDULED');
    return message.id as string;
  };

  it('waits on the list, holds up nothing that is written later, and goes out once when the database says that its time has come', async () => {
    const id = await schedule('at four');
    expect((await at.send({ text: 'at once' })).userErrors).toEqual([]);
    await until(() => accepted().includes('at once'));
    expect(await list('waitingMessages(for: SCHEDULED)')).toEqual([{ id, status: 'SCHEDULED', text: 'at four' }]);
    expect(accepted()).not.toContain('at four');
    await moveTime('2 hours 1 second');
    await until(() => accepted().includes('at four'));
    await until(async () => (await at.statusOf(id)) === 'READ');
    expect(await timeline(id)).toEqual(['SCHEDULED', 'QUEUED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ']);
    expect(await list('waitingMessages')).toEqual([]);
    expect(accepted().filter((text) => text === 'at four')).toHaveLength(1);
  });

  it('keeps the time and the time zone it was given', async () => {
    const id = await schedule('zone');
    const { message } = await at.ask('query($id: ID!) { message(id: $id) { scheduledAt timeZone } }', { id });
    expect(message.timeZone).toBe('Asia/Riyadh');
    expect(new Date(message.scheduledAt).getTime()).toBeGreaterThan(Date.now());
    await at.change('cancelMessage', { messageId: id });
  });

  it('fails with advice when the window has closed in the meantime', async () => {
    const id = await schedule('too late');
    await moveTime('25 hours');
    await until(async () => (await at.statusOf(id)) === 'FAILED');
    const { message } = await at.ask('query($id: ID!) { message(id: $id) { failure { code metaCode advice } } }', { id });
    expect(message.failure).toEqual({ code: 'WINDOW_CLOSED', metaCode: 131047, advice: 'Send a template instead.' });
    expect(accepted()).not.toContain('too late');
    expect(await list('failedMessages(statuses: [FAILED])')).toMatchObject([{ id }]);
  });

  it('is cancelled before its time, and not after it was sent', async () => {
    const id = await schedule('never');
    expect(await at.change('cancelMessage', { messageId: id })).toMatchObject({ message: { status: 'CANCELLED' } });
    expect(await at.change('cancelMessage', { messageId: id })).toMatchObject({
      message: { status: 'CANCELLED' },
      userErrors: [],
    });
    await moveTime('3 hours');
    const { message } = await at.send({ text: 'after it' });
    await until(() => accepted().includes('after it'));
    expect(accepted()).not.toContain('never');
    await until(async () => (await at.statusOf(message.id)) !== 'QUEUED');
    expect(await at.change('cancelMessage', { messageId: message.id })).toMatchObject({ userErrors: [{ code: 'TOO_LATE' }] });
    expect(await list('waitingMessages')).toEqual([]);
  });

  it('gets another time, or goes at once', async () => {
    const id = await schedule('moved');
    const moved = { messageId: id, scheduledAt: inHours(5), timeZone: 'Europe/Berlin' };
    expect(await at.change('rescheduleMessage', moved)).toMatchObject({ message: { status: 'SCHEDULED' } });
    await moveTime('3 hours');
    await settle(600);
    expect(await at.statusOf(id)).toBe('SCHEDULED');
    expect(await at.change('rescheduleMessage', { messageId: id })).toMatchObject({ userErrors: [] });
    await until(() => accepted().includes('moved'));
    expect(await at.change('rescheduleMessage', moved)).toMatchObject({ userErrors: [{ code: 'TOO_LATE' }] });
  });
});

describe('a message that is held for a review', () => {
  const hold = async (text: string, more: object = {}) => {
    const { message } = await at.send({ text, holdReason: 'Names a price.', ...more });
    expect(message.status).toBe('HELD');
    return message.id as string;
  };

  it('waits with its reason, holds up nothing, and goes out when it is released', async () => {
    const id = await hold('a price');
    const { message } = await at.ask('query($id: ID!) { message(id: $id) { holdReason } }', { id });
    expect(message).toEqual({ holdReason: 'Names a price.' });
    await at.send({ text: 'not a price' });
    await until(() => accepted().includes('not a price'));
    expect(await list('waitingMessages(for: HELD)')).toMatchObject([{ id }]);
    expect(await at.change('releaseMessage', { messageId: id })).toMatchObject({ userErrors: [] });
    await until(() => accepted().includes('a price'));
    expect(await list('waitingMessages')).toEqual([]);
    expect(await at.change('releaseMessage', { messageId: id })).toMatchObject({ userErrors: [{ code: 'TOO_LATE' }] });
  });

  it('goes back to its schedule when its time is still to come', async () => {
    const id = await hold('later', { scheduledAt: inHours(2), timeZone: 'UTC' });
    expect(await at.change('releaseMessage', { messageId: id })).toMatchObject({ message: { status: 'SCHEDULED' } });
    expect(await at.change('cancelMessage', { messageId: id })).toMatchObject({ message: { status: 'CANCELLED' } });
  });

  it('is not released into a closed window, and stays held', async () => {
    const id = await hold('shut');
    await moveTime('25 hours');
    expect(await at.change('releaseMessage', { messageId: id })).toMatchObject({
      userErrors: [{ code: 'WINDOW_CLOSED', field: ['messageId'] }],
    });
    expect(await at.statusOf(id)).toBe('HELD');
    expect(await at.change('cancelMessage', { messageId: id })).toMatchObject({ message: { status: 'CANCELLED' } });
  });
});

describe('what failed', () => {
  const retry = (input: object) => at.change('retryMessage', { idempotencyKey: randomUUID(), ...input });
  const unconfirmed = async (text: string) => {
    at.app.simulator.control.fault({ kind: 'reset' }, { next: 1 });
    const { message } = await at.send({ text });
    await until(async () => (await at.statusOf(message.id)) === 'UNCONFIRMED');
    return message.id as string;
  };

  it('is listed until it is sent again; what may have been sent only goes again when somebody says so', async () => {
    const id = await unconfirmed('perhaps');
    expect(await list('failedMessages(statuses: [UNCONFIRMED])')).toMatchObject([{ id }]);
    expect(await retry({ messageId: id })).toMatchObject({ userErrors: [{ code: 'NOT_RETRYABLE' }] });
    expect(await retry({ messageId: id, mayHaveBeenSent: true })).toMatchObject({ userErrors: [] });
    await until(() => accepted().includes('perhaps'));
    expect(await list('failedMessages(statuses: [UNCONFIRMED])')).toEqual([]);
  });

  it('is sent again in one go, and who cannot be holds up none of the others', async () => {
    const [first, second] = [await unconfirmed('one'), await unconfirmed('two')];
    const query = `mutation($input: RetryMessagesInput!) { retryMessages(input: $input) { messages { id } userErrors { code field } } }`;
    const input = { messageIds: [first, at.first.id, second], mayHaveBeenSent: true, idempotencyKey: randomUUID() };
    const { retryMessages } = await at.ask(query, { input });
    expect(retryMessages.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['messageIds', '1'] }]);
    expect(retryMessages.messages.map(({ id }: { id: string }) => id).sort()).toEqual([first, second]);
    await until(() => accepted().includes('one') && accepted().includes('two'));
  });

  it('in silence is listed when its time is over, and no longer once it arrived after all', async () => {
    const silent = async (text: string) => {
      at.app.simulator.control.fault({ kind: 'silent' }, { next: 1 });
      const { message } = await at.send({ text });
      await until(async () => (await at.statusOf(message.id)) === 'ACCEPTED');
      return message.id as string;
    };
    const [old, code, young] = [await silent('a month ago'), await silent('a code'), await silent('yesterday')];
    const age = (id: string, days: number, ttl: number | null = null) =>
      at.sql(`update message set sent_at = sent_at - make_interval(days => $2), ttl_seconds = $3 where id = $1`, [id, days, ttl]);
    await Promise.all([age(old, 31), age(code, 1, 600), age(young, 30)]);
    await keepHouse(at.app.services);
    const expired = () => list('failedMessages(statuses: [EXPIRED])');
    expect(await expired()).toMatchObject([{ id: code, status: 'EXPIRED' }, { id: old }]);
    expect((await list('failedMessages')).map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([code, old]));
    await at.sql(`update message set status = 'DELIVERED' where id = $1`, [code]);
    expect(await expired()).toMatchObject([{ id: old }]);
    expect(await retry({ messageId: old })).toMatchObject({ userErrors: [] });
    expect(await expired()).toEqual([]);
    await keepHouse(at.app.services);
    expect(await at.sql('select 1 from attention where message_id = any($1::uuid[])', [[old, code, young]])).toEqual([]);
  });

  it('for good is not sent again, and marketing not before a day has passed', async () => {
    at.app.simulator.control.fault({ kind: 'answer', code: 131026 }, { next: 1 });
    const { message } = await at.send({ text: 'unreachable' });
    await until(async () => (await at.statusOf(message.id)) === 'FAILED');
    expect(await retry({ messageId: message.id })).toMatchObject({ userErrors: [{ code: 'NOT_RETRYABLE' }] });
    at.app.simulator.control.fault({ kind: 'answer', code: 131049 }, { next: 1 });
    const capped = (await at.send({ text: 'enough' })).message.id as string;
    await until(async () => (await at.statusOf(capped)) === 'FAILED');
    expect(await retry({ messageId: capped })).toMatchObject({ userErrors: [{ code: 'NOT_RETRYABLE' }] });
    expect(await list('failedMessages(statuses: [FAILED], kinds: [TEXT], first: 2)')).toMatchObject([
      { id: capped },
      { id: message.id },
    ]);
    await at.sql(`update message_status set at = at - interval '24 hours' where message_id = $1`, [capped]);
    expect(await retry({ messageId: capped })).toMatchObject({ userErrors: [] });
  });
});
