import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterNumber } from '../../conversations/enter-number.ts';
import { newId } from '../../platform/ids.ts';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { LOGIN_CODE } from '../../../test/harness/templates.ts';
import { until } from '../../../test/harness/until.ts';

const BODY = { type: 'BODY', text: 'Hello {{1}}, your order is ready.' };
const OFFER = { type: 'BODY', text: 'Everything is cheaper today.' };

/** Another number of the same account, which the company connects later. */
const SECOND = {
  phoneNumberId: `77${process.pid}`,
  displayPhone: '+49 30 5550200',
  name: 'Second shop',
  wabaId: '9001',
  token: 'token of the second',
};

let at: Sending;
const templates = { order: newId(), offer: newId(), code: newId() };
beforeAll(async () => {
  const shared = { wabaId: '9001', language: 'en' };
  at = await startSending({
    numbers: [SECOND],
    templates: [
      { ...shared, name: 'order_ready', category: 'UTILITY', components: [{ ...BODY, example: { body_text: [['Ada']] } }] },
      { ...shared, name: 'offer', category: 'MARKETING', components: [OFFER] },
      { ...LOGIN_CODE, ...shared },
    ],
  });
  for (const [id, name, category, ...components] of [
    [templates.order, 'order_ready', 'UTILITY', BODY],
    [templates.offer, 'offer', 'MARKETING', OFFER],
    [templates.code, 'login_code', 'AUTHENTICATION', ...LOGIN_CODE.components],
  ] as const)
    await at.sql(
      `insert into template (tenant_id, id, account_id, name, language, category, status, components)
       select tenant_id, $2, id, $3, 'en', $4, 'APPROVED', $5::jsonb from whatsapp_account where tenant_id = $1`,
      [at.tenant.id, id, name, category, JSON.stringify(components)],
    );
});
afterAll(() => at.close());

const begin = (to: string, template: object, more: object = {}) =>
  at.change('sendMessage', { to, whatsappNumberId: at.tenant.numberId, template, idempotencyKey: randomUUID(), ...more });
const order = (name: string) => ({ templateId: templates.order, body: [{ name: '1', value: name }] });
const counts = async () =>
  (
    await at.sql<Record<string, number>>(
      `select (select count(*) from contact)::int as contacts, (select count(*) from conversation)::int as conversations,
       (select count(*) from outreach)::int as reached`,
    )
  )[0];

describe('a template to somebody who never wrote', () => {
  it('makes the contact and the conversation, counts as outreach, and arrives filled in', async () => {
    const before = await counts();
    const { message, userErrors } = await begin('+4915550077', order('Grace'));
    expect(userErrors).toEqual([]);
    await until(async () => (await at.statusOf(message.id)) === 'READ');
    const sent = at.app.simulator.control.accepted.find(({ opaque }) => opaque === message.id);
    expect(sent).toMatchObject({ to: '4915550077', type: 'template', text: 'Hello Grace, your order is ready.' });
    const after = await counts();
    expect(after).toEqual({
      contacts: (before?.contacts ?? 0) + 1,
      conversations: (before?.conversations ?? 0) + 1,
      reached: (before?.reached ?? 0) + 1,
    });
    const query = 'query($id: ID!) { message(id: $id) { kind text conversation { contact { phone } } template { name } } }';
    expect((await at.ask(query, { id: message.id })).message).toMatchObject({
      kind: 'TEMPLATE',
      text: 'Hello Grace, your order is ready.',
      conversation: { contact: { phone: '+4915550077' } },
      template: { name: 'order_ready' },
    });
  });

  it('is shown as under assessment while WhatsApp looks at its quality, and no longer once that is over', async () => {
    const { control } = at.app.simulator;
    const isAssessed = async (id: string) =>
      (await at.ask('query($id: ID!) { message(id: $id) { isAssessed } }', { id })).message.isAssessed as boolean;
    control.settings.sentMs = [1_500, 1_500];
    control.fault({ kind: 'held', isDropped: true }, { next: 1 });
    const { message } = await begin('+4915550076', order('Hedy'));
    await until(async () => isAssessed(message.id));
    expect(await at.statusOf(message.id)).toBe('ACCEPTED');
    const other = await begin('+4915550075', order('Mary'));
    await until(async () => (await at.statusOf(other.message.id)) === 'ACCEPTED');
    expect(await isAssessed(other.message.id)).toBe(false);
    await until(async () => (await at.statusOf(message.id)) === 'FAILED');
    expect(await isAssessed(message.id)).toBe(false);
    control.settings.sentMs = [0, 0];
  });

  it('makes one contact and one conversation when ten begin at once', async () => {
    const before = await counts();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => begin('+4915550078', order(`${n}`))));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(await counts()).toEqual({
      contacts: (before?.contacts ?? 0) + 1,
      conversations: (before?.conversations ?? 0) + 1,
      reached: (before?.reached ?? 0) + 1,
    });
  });

  it('leaves nothing behind when it is refused, and nothing but a template is taken', async () => {
    const before = await counts();
    expect((await begin('+4915550079', { templateId: templates.order })).userErrors).toMatchObject([
      { code: 'TEMPLATE_VALUES_WRONG' },
    ]);
    const text = { to: '+4915550079', whatsappNumberId: at.tenant.numberId, text: 'Hi', idempotencyKey: randomUUID() };
    expect((await at.change('sendMessage', text)).userErrors).toMatchObject([{ code: 'WINDOW_CLOSED', field: ['to'] }]);
    expect(await counts()).toEqual(before);
  });

  it('is refused beyond the messaging limit, while who was written to today can be written to again', async () => {
    await at.sql('update whatsapp_account set messaging_limit = (select count(*) from outreach)');
    expect((await begin('+4915550080', order('Alan'))).userErrors).toMatchObject([{ code: 'MESSAGING_LIMIT_REACHED' }]);
    expect((await begin('+4915550077', order('Grace'))).userErrors).toEqual([]);
    await at.sql('update whatsapp_account set messaging_limit = 250');
  });
});

describe('marketing', () => {
  it('does not go to who stopped it, by message or by schedule, while other templates do', async () => {
    const offer = { template: { templateId: templates.offer } };
    expect((await at.send(offer)).userErrors).toEqual([]);
    await at.sql('update contact set marketing_stopped_at = cube_now()');
    expect((await at.send(offer)).userErrors).toMatchObject([{ code: 'OPTED_OUT', field: ['conversationId'] }]);
    expect((await at.send({ template: order('Ada') })).userErrors).toEqual([]);
    await at.sql('update contact set marketing_stopped_at = null');
    const later = { ...offer, scheduledAt: new Date(Date.now() + 3_600_000).toISOString(), timeZone: 'UTC' };
    const { message } = await at.send(later);
    await at.sql('update contact set marketing_stopped_at = cube_now()');
    await at.sql('update send_queue set run_at = cube_now() where message_id = $1', [message.id]);
    await until(async () => (await at.statusOf(message.id)) === 'FAILED');
    const { message: failed } = await at.ask('query($id: ID!) { message(id: $id) { failure { code } } }', { id: message.id });
    expect(failed.failure).toEqual({ code: 'OPTED_OUT' });
  });
});

describe('a customer without a phone', () => {
  it('is written to by the id that WhatsApp gives them towards this business', async () => {
    at.app.simulator.control.write({
      userId: 'DE.4410A',
      phoneNumberId: at.tenant.phoneNumberId,
      username: 'ada',
      text: 'Hello',
    });
    const query = `select v.id from conversation v join contact_identity i on i.contact_id = v.contact_id and i.tenant_id = v.tenant_id where i.kind = 'BSUID'`;
    await until(async () => (await at.sql(query)).length === 1);
    const [conversation] = await at.sql<{ id: string }>(query);
    const { message } = await at.send({ conversationId: conversation?.id, text: 'Hello to you' });
    await until(async () => (await at.statusOf(message.id)) === 'READ');
    expect(at.app.simulator.control.accepted.at(-1)?.body).toMatchObject({
      recipient: 'DE.4410A',
      text: { body: 'Hello to you' },
    });
    expect(at.app.simulator.control.accepted.at(-1)?.body).not.toHaveProperty('to');
  });

  describe('who is named as a contact', () => {
    const enter = (phoneNumberId: string, wabaId: string) =>
      enterNumber(at.app.services, {
        tenantId: at.tenant.id,
        phoneNumberId,
        wabaId,
        displayPhone: '+49 30 5550200',
        name: 'Second shop',
        accessToken: SECOND.token,
        isTest: true,
      });
    const write = (input: object) => at.change('sendMessage', { contactId, idempotencyKey: randomUUID(), ...input });
    let contactId: string;
    let second: string;
    beforeAll(async () => {
      const [row] = await at.sql<{ contact_id: string }>(`select contact_id from contact_identity where kind = 'BSUID'`);
      contactId = row?.contact_id as string;
      second = await enter(SECOND.phoneNumberId, SECOND.wabaId);
    });

    it('is begun with from another number of the business, by a template only', async () => {
      const from = { whatsappNumberId: second };
      expect((await write({ ...from, text: 'Hi' })).userErrors).toMatchObject([{ code: 'WINDOW_CLOSED', field: ['contactId'] }]);
      const { message, userErrors } = await write({ ...from, template: order('Ada') });
      expect(userErrors).toEqual([]);
      const accepted = () => at.app.simulator.control.accepted.find(({ opaque }) => opaque === message.id);
      await until(() => accepted() !== undefined);
      expect(accepted()).toMatchObject({ phoneNumberId: SECOND.phoneNumberId, body: { recipient: 'DE.4410A' } });
      expect(accepted()?.body).not.toHaveProperty('to');
      const query = 'query($id: ID!) { message(id: $id) { conversation { contact { id } whatsappNumber { id } } } }';
      expect((await at.ask(query, { id: message.id })).message.conversation).toEqual({
        contact: { id: contactId },
        whatsappNumber: { id: second },
      });
    });

    it('is sent no one-time code: that goes to a phone only, and the picker is told so', async () => {
      const template = { templateId: templates.code, body: [{ name: '1', value: '482910' }] };
      expect(await write({ whatsappNumberId: at.tenant.numberId, template })).toMatchObject({
        message: null,
        userErrors: [{ code: 'PHONE_NEEDED', field: ['contactId'] }],
      });
      const [{ id: conversationId } = { id: '' }] = await at.sql<{ id: string }>(
        'select id from conversation where contact_id = $1 and number_id = $2',
        [contactId, at.tenant.numberId],
      );
      const query = `query($mine: ID!, $theirs: ID!, $none: ID!) { template(id: "${templates.code}") {
        isSendable anybody: notSendableReason ada: notSendableReason(conversationId: $mine)
        hidden: notSendableReason(conversationId: $theirs) nobody: notSendableReason(conversationId: $none) } }`;
      const variables = { mine: at.conversationId, theirs: conversationId, none: newId() };
      expect((await at.ask(query, variables)).template).toEqual({
        isSendable: true,
        anybody: null,
        ada: null,
        hidden: 'PHONE_NEEDED',
        nobody: 'PHONE_NEEDED',
      });
      expect(await begin('+4915550078', template)).toMatchObject({ userErrors: [], message: { status: 'QUEUED' } });
    });

    it('is answered from the number they wrote to', async () => {
      const { message, userErrors } = await write({ whatsappNumberId: at.tenant.numberId, text: 'Hello again' });
      expect(userErrors).toEqual([]);
      await until(async () => (await at.statusOf(message.id)) === 'READ');
    });

    it('has no address at a number of another business, and what is missing or too much is said', async () => {
      const stranger = await enter(`${SECOND.phoneNumberId}9`, '9099');
      expect((await write({ whatsappNumberId: stranger, text: 'Hi' })).userErrors).toMatchObject([
        { code: 'NO_ADDRESS', field: ['contactId'] },
      ]);
      expect((await write({ text: 'Hi' })).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['whatsappNumberId'] }]);
      const nobody = { contactId: newId(), whatsappNumberId: second, text: 'Hi' };
      expect((await write(nobody)).userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['contactId'] }]);
      for (const more of [{ to: '+4915550001' }, { conversationId: at.conversationId }])
        expect((await write({ ...more, whatsappNumberId: second, text: 'Hi' })).userErrors).toMatchObject([
          { code: 'BAD_INPUT' },
        ]);
    });
  });
});
