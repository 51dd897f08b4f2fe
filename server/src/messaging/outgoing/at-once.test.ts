import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { until } from '../../../test/harness/until.ts';

let at: Sending;
beforeAll(async () => void (at = await startSending()));
afterAll(() => at.close());

const times = Array.from({ length: 10 }, (_, n) => n);

it('ten who answer the same customer at once all do, by the conversation and by the phone', async () => {
  const byPhone = { conversationId: undefined, to: '+4915550001', whatsappNumberId: at.tenant.numberId };
  const answers = await Promise.all(times.flatMap((n) => [at.send({ text: `a${n}` }), at.send({ text: `b${n}`, ...byPhone })]));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  await until(() => at.app.simulator.control.accepted.length === 20);
});

it('ten commands on one conversation and one message at once each see what the one before did', async () => {
  const { message } = await at.send({ text: 'held', holdReason: 'Look at it.' });
  const read = 'mutation($id: ID!) { markConversationRead(input: { conversationId: $id }) { userErrors { code } } }';
  const outcomes = await Promise.all(
    times.flatMap((n) => [
      at.change(n % 2 ? 'cancelMessage' : 'releaseMessage', { messageId: message.id }),
      at.ask(read, { id: at.conversationId }),
      at.change('retryMessage', { messageId: message.id, idempotencyKey: randomUUID() }),
    ]),
  );
  // Released by one and cancelled by another at most; nobody was told that something went wrong on our side.
  expect(outcomes).toHaveLength(30);
  await until(async () => ['CANCELLED', 'READ'].includes(await at.statusOf(message.id)));
});
