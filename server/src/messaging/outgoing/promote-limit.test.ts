import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect, type Connection } from '../../../test/harness/connect.ts';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { until } from '../../../test/harness/until.ts';

const BODY = { type: 'BODY', text: 'Your order is ready.' };
const DAYS_MS = 86_400_000;

let at: Sending;
let owner: Connection;
const templateId = newId();
beforeAll(async () => {
  at = await startSending({
    templates: [{ wabaId: '9001', name: 'order_ready', language: 'en', category: 'UTILITY', components: [BODY] }],
  });
  owner = await connect(at.app.address);
  await at.sql(
    `insert into template (tenant_id, id, account_id, name, language, category, status, components)
     select tenant_id, $2, id, 'order_ready', 'en', 'UTILITY', 'APPROVED', $3::jsonb from whatsapp_account where tenant_id = $1`,
    [at.tenant.id, templateId, JSON.stringify([BODY])],
  );
});
afterEach(async () => {
  await moveTime('0');
  await at.sql(`update whatsapp_account set messaging_limit = 250`);
  await at.sql('delete from outreach');
});
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
const limit = (people: number) => at.sql('update whatsapp_account set messaging_limit = $1', [people]);
const wentOut = (id: string) => at.app.simulator.control.accepted.filter(({ opaque }) => opaque?.startsWith(id)).length;
const retry = (messageId: string) => at.change('retryMessage', { messageId, idempotencyKey: randomUUID() });

async function begin(to: string, more: object = {}): Promise<string> {
  const { message, userErrors } = await at.change('sendMessage', {
    to,
    whatsappNumberId: at.tenant.numberId,
    template: { templateId },
    idempotencyKey: randomUUID(),
    ...more,
  });
  expect(userErrors).toEqual([]);
  return message.id as string;
}

const schedule = (to: string) => begin(to, { scheduledAt: inHours(2), timeZone: 'UTC' });
const READ = `query($id: ID!) { message(id: $id) {
  status timeline { status } failure { code metaCode title advice retryable } cost { category priceType amount currency isEstimate }
} }`;
const read = async (id: string) => (await at.ask(READ, { id })).message;

describe('scheduled templates to customers outside their windows', () => {
  it('go out as far as the messaging limit has room; the others fail with advice, and can be sent again when there is room', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(await schedule(`+491555003000${n}`));
    await limit(2);
    await moveTime('2 hours 1 second');
    await until(async () => !(await at.sql(`select from send_queue`)).length);
    const [first, second, third] = ids as [string, string, string];
    for (const id of [first, second]) await until(async () => (await at.statusOf(id)) === 'READ');
    const refused = await read(third);
    expect(refused.status).toBe('FAILED');
    expect(refused.timeline.map(({ status }: { status: string }) => status)).toEqual(['SCHEDULED', 'FAILED']);
    expect(refused.failure).toEqual({
      code: 'MESSAGING_LIMIT_REACHED',
      metaCode: null,
      title: 'The business had written first to as many people in 24 hours as WhatsApp allows',
      advice: 'Send it again when there is room: the messaging limit of the number says when.',
      retryable: true,
    });
    expect([first, second, third].map(wentOut)).toEqual([1, 1, 0]);
    const { failedMessages } = await at.ask('{ failedMessages(statuses: [FAILED]) { nodes { id } } }');
    expect(failedMessages.nodes).toEqual([{ id: third }]);

    expect(await retry(third)).toMatchObject({ userErrors: [{ code: 'MESSAGING_LIMIT_REACHED' }] });
    await moveTime('26 hours 2 seconds');
    expect(await retry(third)).toMatchObject({ userErrors: [], message: { status: 'QUEUED' } });
    await until(() => wentOut(third) === 1);
  });

  it('to a customer who was written to today take no more room', async () => {
    await limit(1);
    const now = await begin('+4915550030011');
    await until(async () => (await at.statusOf(now)) === 'READ');
    const [again, other] = [await schedule('+4915550030011'), await schedule('+4915550030012')];
    await moveTime('2 hours 1 second');
    await until(async () => (await at.statusOf(again)) === 'READ' && (await at.statusOf(other)) === 'FAILED');
    expect([again, other].map(wentOut)).toEqual([1, 0]);
  });

  it('stay within the limit exactly when people write first at the same moment', async () => {
    const ids = [];
    for (let n = 0; n < 6; n++) ids.push(await schedule(`+491555003002${n}`));
    await limit(4);
    await moveTime('2 hours 1 second');
    const answers = await Promise.all(
      [0, 1, 2].map((n) =>
        at.change('sendMessage', {
          to: `+491555003003${n}`,
          whatsappNumberId: at.tenant.numberId,
          template: { templateId },
          idempotencyKey: randomUUID(),
        }),
      ),
    );
    await until(async () => !(await at.sql(`select from send_queue`)).length);
    const sent = answers.filter(({ userErrors }) => !userErrors.length).length + ids.filter(wentOut).length;
    expect(sent).toBe(4);
    expect(await at.sql<{ n: number }>('select count(*)::int as n from outreach')).toEqual([{ n: 4 }]);
  });
});

describe('a message that waited', () => {
  const stop = (status: string) => at.sql(`update template set status = $2 where id = $1`, [templateId, status]);

  it.each([
    ['PAUSED', 132015, 'WhatsApp has paused this template'],
    ['DISABLED', 132016, 'WhatsApp has disabled this template'],
    ['REJECTED', 132001, 'WhatsApp has no approved template of this name in this language'],
  ])('fails at its time when its template is %s by then, without asking WhatsApp', async (status, metaCode, title) => {
    const id = await schedule('+4915550030041');
    await stop(status);
    await moveTime('2 hours 1 second');
    await until(async () => (await at.statusOf(id)) === 'FAILED');
    expect((await read(id)).failure).toMatchObject({ code: 'TEMPLATE', metaCode, title, retryable: false });
    expect(wentOut(id)).toBe(0);
    await stop('APPROVED');
  });

  it('stays held when its template was stopped, and goes once it is approved again', async () => {
    const id = await begin('+4915550030042', { holdReason: 'Look at it first' });
    await stop('PAUSED');
    const release = () => at.change('releaseMessage', { messageId: id });
    expect(await release()).toMatchObject({ userErrors: [{ code: 'TEMPLATE_NOT_APPROVED', field: ['messageId'] }] });
    expect(await at.statusOf(id)).toBe('HELD');
    await stop('APPROVED');
    expect(await release()).toMatchObject({ userErrors: [] });
    await until(() => wentOut(id) === 1);
  });

  it('costs what it costs when it goes out', async () => {
    // Before 1 October what is useful was free within the window.
    const back = Math.ceil((Date.now() - Date.parse('2026-09-28T00:00:00Z')) / DAYS_MS);
    await moveTime(`-${back} days`);
    const waiting = { template: { templateId }, scheduledAt: '2026-10-02T00:00:00Z', timeZone: 'UTC' };
    const [scheduled, held] = [
      await at.send(waiting),
      await at.send({ template: { templateId }, holdReason: 'Look at it first' }),
    ];
    const free = { category: 'UTILITY', priceType: 'FREE_CUSTOMER_SERVICE', amount: 0, currency: 'USD', isEstimate: true };
    for (const { message } of [scheduled, held]) expect((await read(message.id)).cost).toEqual(free);
    // What Meta says in the end is not awaited: the number stands still.
    await at.sql(`update whatsapp_number set status = 'PAUSED'`);
    await moveTime('0');
    await until(async () => (await at.statusOf(scheduled.message.id)) === 'QUEUED');
    expect(await at.change('releaseMessage', { messageId: held.message.id })).toMatchObject({ userErrors: [] });
    const charged = { ...free, priceType: 'REGULAR', amount: 0.055 };
    for (const { message } of [scheduled, held]) expect((await read(message.id)).cost).toEqual(charged);
    await at.sql(`update whatsapp_number set status = 'CONNECTED'`);
  });
});
