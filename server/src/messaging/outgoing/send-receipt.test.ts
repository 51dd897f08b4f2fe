import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, signIn } from '../../../test/harness/client.ts';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { settle, until } from '../../../test/harness/until.ts';

let at: Sending;
let cookie: string;
beforeAll(async () => {
  at = await startSending();
  const { email, password } = at.tenant.users.agent as { email: string; password: string };
  cookie = await signIn(at.app.url, email, password);
});
afterAll(() => at.close());

const receipts = () => at.app.simulator.control.receipts;
const newest = async () => {
  const wamid = at.app.simulator.control
    .chat(at.tenant.phoneNumberId, '+4915550001')
    .findLast(({ from }) => from === 'customer')?.id;
  return wamid as string;
};
const READ = 'mutation($id: ID!) { markConversationRead(input: { conversationId: $id }) { userErrors { code } } }';
const TYPING = 'mutation($id: ID!) { showTyping(input: { conversationId: $id }) { conversation { id } userErrors { code } } }';

it('what a program reads says nothing to the customer; when a person reads, what was written last is marked', async () => {
  await at.ask(READ, { id: at.conversationId });
  const written = await at.write('Are you there?');
  expect(written).toBeTruthy();
  // A reaction that comes after it is nothing that WhatsApp marks.
  const [phone, messageId] = ['+4915550001', await newest()];
  at.app.simulator.control.react({ phone, phoneNumberId: at.tenant.phoneNumberId, messageId, emoji: '👍' });
  await until(async () => (await at.sql(`select from message where kind = 'REACTION'`)).length === 1);
  await settle(300);
  expect(receipts()).toEqual([]);
  await ask(at.app.url, { cookie }, READ, { id: at.conversationId });
  await until(() => receipts().length === 1);
  expect(receipts()[0]).toMatchObject({ messageId: await newest(), isTyping: false });
});

it('reading what is read already marks nothing', async () => {
  await ask(at.app.url, { cookie }, READ, { id: at.conversationId });
  await settle(300);
  expect(receipts()).toHaveLength(1);
});

it('typing is shown once in twenty seconds, however often it is asked for', async () => {
  for (let n = 0; n < 5; n++)
    expect(await at.ask(TYPING, { id: at.conversationId })).toEqual({
      showTyping: { conversation: { id: at.conversationId }, userErrors: [] },
    });
  await until(() => receipts().length === 2);
  await settle(300);
  expect(receipts().map(({ isTyping }) => isTyping)).toEqual([false, true]);
});

it('a receipt that WhatsApp refuses is let go, and nothing else fails', async () => {
  await at.write('One more');
  at.app.simulator.control.fault({ kind: 'answer', code: 131009 }, { next: 1, on: 'receipts' });
  await ask(at.app.url, { cookie }, READ, { id: at.conversationId });
  await until(
    async () =>
      (await at.sql<{ left: number }>(`select count(*)::int as left from graphile_worker._private_jobs`))[0]?.left === 0,
  );
  expect(receipts()).toHaveLength(2);
});
