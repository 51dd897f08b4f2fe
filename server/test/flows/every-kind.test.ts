import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerMessage } from '../../simulator/write-message.ts';
import { startTestApp, type TestApp, type TestTenant } from '../harness/app.ts';
import { ask } from '../harness/client.ts';
import { until } from '../harness/until.ts';

const ADA = { phone: '+4915550001', name: 'Ada L' };

let app: TestApp;
let tenant: TestTenant;
const query = async (text: string, variables: object = {}) => {
  const { data, errors } = await ask(app.url, { apiKey: tenant.apiKeys.owner ?? '' }, text, variables);
  expect(errors).toBeUndefined();
  return data ?? {};
};
beforeAll(async () => {
  app = await startTestApp({ simulator: { webhooksAtOnce: 4 } });
  [tenant] = app.tenants;
});
afterAll(() => app.close());

const FOUND = `query($kinds: [MessageKind!]) { messages(kinds: $kinds, first: 100) { nodes {
  id kind text isForwarded unsupportedType editedAt revokedAt
  media { kind status mimeType size fileName isVoice url thumbnailUrl } location { latitude name address }
  contactCards { formattedName origin phones { phone } } reply { type replyId description answers name isPermanent expiresAt source } order { catalogId items { productId quantity price currency } }
  system { type } referral { sourceType headline } reactions { emoji direction } replyTo { text }
} } }`;
const found = async (kind: string) => (await query(FOUND, { kinds: [kind] })).messages.nodes as Record<string, never>[];

/** Writes as a customer; gives the wamid. */
const write = (message: Partial<CustomerMessage> & object) =>
  app.simulator.control.write({ ...ADA, phoneNumberId: tenant.phoneNumberId, ...message } as CustomerMessage);
/** The newest message of a kind, once it is there. */
async function newest(kind: string, isReady: (message: never) => boolean = () => true): Promise<Record<string, unknown>> {
  await until(async () => {
    const [first] = await found(kind);
    return first !== undefined && isReady(first as never);
  });
  return (await found(kind))[0] as never;
}

describe('what a customer sends is stored, shown and found by its kind', () => {
  it('text that was forwarded, by an advertisement', async () => {
    write({
      text: 'Look at this',
      forwarded: 'often',
      referral: { source_type: 'ad', source_id: '1', headline: 'Chat with us' },
    });
    expect(await newest('TEXT')).toMatchObject({
      text: 'Look at this',
      isForwarded: true,
      referral: { sourceType: 'ad', headline: 'Chat with us' },
    });
  });

  it.each([
    ['IMAGE', 'jpeg', 'image/jpeg', 'The front'],
    ['IMAGE', 'png', 'image/png', 'The back'],
    ['VIDEO', 'mp4', 'video/mp4', 'A film'],
    ['AUDIO', 'ogg', 'audio/ogg', null],
    ['DOCUMENT', 'pdf', 'application/pdf', 'The invoice'],
    ['STICKER', 'webp', 'image/webp', null],
  ] as const)('a file: %s (%s), which can be opened', async (kind, sample, mimeType, caption) => {
    write({ text: caption ?? '', media: { sample } });
    const message = await newest(
      kind,
      (one: { media: { status: string; mimeType: string } | null }) =>
        one.media?.status === 'STORED' && one.media.mimeType.startsWith(mimeType),
    );
    expect(message).toMatchObject({ text: caption, media: { kind } });
    const { url, size, thumbnailUrl } = message.media as { url: string; size: number; thumbnailUrl: string | null };
    const response = await fetch(new URL(url, app.url));
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(size);
    expect(Boolean(thumbnailUrl)).toBe(kind === 'IMAGE' || kind === 'STICKER');
  });

  it('a place', async () => {
    write({ type: 'location', content: { latitude: 24.7, longitude: 46.6, name: 'Office', address: 'Olaya' } });
    expect(await newest('LOCATION')).toMatchObject({ location: { latitude: 24.7, name: 'Office', address: 'Olaya' } });
  });

  it('contact cards', async () => {
    write({
      type: 'contacts',
      content: [
        { name: { formatted_name: 'Grace H', first_name: 'Grace' }, phones: [{ phone: '+49 155' }], origin: 'contact_request' },
      ],
    });
    expect(await newest('CONTACTS')).toMatchObject({
      contactCards: [{ formattedName: 'Grace H', origin: 'CONTACT_REQUEST', phones: [{ phone: '+49 155' }] }],
    });
  });

  it('whether they may be called, and until when', async () => {
    const permission = {
      response: 'accept',
      is_permanent: false,
      expiration_timestamp: '1796600000',
      response_source: 'user_action',
    };
    write({ type: 'interactive', content: { type: 'call_permission_reply', call_permission_reply: permission } });
    expect(await newest('INTERACTIVE')).toMatchObject({
      text: null,
      reply: {
        type: 'CALL_PERMISSION',
        name: 'accept',
        isPermanent: false,
        expiresAt: new Date(1_796_600_000_000).toISOString(),
        source: 'user_action',
      },
    });
  });

  it('an order', async () => {
    write({
      type: 'order',
      content: {
        catalog_id: '31',
        product_items: [{ product_retailer_id: 's-7', quantity: 2, item_price: 7.5, currency: 'EUR' }],
      },
    });
    expect(await newest('ORDER')).toMatchObject({
      order: { catalogId: '31', items: [{ productId: 's-7', quantity: 2, price: 7.5, currency: 'EUR' }] },
    });
  });

  it('what WhatsApp does not hand on', async () => {
    write({ type: 'unsupported', content: { type: 'poll_creation' } });
    expect(await newest('UNSUPPORTED')).toMatchObject({ unsupportedType: 'poll_creation', text: null });
  });

  it('a tap on a button, as an answer to the message it stood on', async () => {
    const buttons = [
      { id: 'yes', title: 'Yes, please' },
      { id: 'no', title: 'No' },
    ];
    const { conversations } = await query('{ conversations { nodes { id } } }');
    const input = {
      conversationId: conversations.nodes[0].id,
      interactive: { type: 'BUTTONS', body: 'Shall we come?', buttons },
      idempotencyKey: 'buttons',
    };
    const { sendMessage } = await query(
      'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } userErrors { code message } } }',
      { input },
    );
    expect(sendMessage.userErrors).toEqual([]);
    const accepted = () => app.simulator.control.accepted.find(({ opaque }) => opaque === sendMessage.message.id);
    await until(() => accepted() !== undefined);
    app.simulator.control.tap({
      phoneNumberId: tenant.phoneNumberId,
      phone: ADA.phone,
      messageId: accepted()?.id ?? '',
      id: 'yes',
    });
    expect(await newest('INTERACTIVE', (one: { reply: object | null }) => one.reply !== null)).toMatchObject({
      text: 'Yes, please',
      reply: { type: 'BUTTON', replyId: 'yes' },
      replyTo: { text: 'Shall we come?' },
    });
  });

  it('a reaction, shown on its message and found by itself', async () => {
    const messageId = write({ text: 'Good news' });
    await newest('TEXT', (one: { text: string }) => one.text === 'Good news');
    app.simulator.control.react({ phoneNumberId: tenant.phoneNumberId, phone: ADA.phone, messageId, emoji: '🎉' });
    expect(await newest('REACTION')).toMatchObject({ text: '🎉', replyTo: { text: 'Good news' } });
    expect(await newest('TEXT')).toMatchObject({ reactions: [{ emoji: '🎉', direction: 'INBOUND' }] });
    const { messages } = await query('{ messages(first: 100) { nodes { kind } } }');
    expect(messages.nodes.filter((one: { kind: string }) => one.kind === 'REACTION')).toEqual([]);
  });

  it('an edit, and a message that was taken back', async () => {
    const { control } = app.simulator;
    const customer = { phoneNumberId: tenant.phoneNumberId, phone: ADA.phone };
    const messageId = write({ text: 'Frist' });
    await newest('TEXT', (one: { text: string }) => one.text === 'Frist');
    control.edit({ ...customer, messageId, text: 'First' });
    expect(await newest('TEXT', (one: { editedAt: string | null }) => one.editedAt !== null)).toMatchObject({ text: 'First' });
    control.revoke({ ...customer, messageId });
    expect(await newest('TEXT', (one: { revokedAt: string | null }) => one.revokedAt !== null)).toMatchObject({ text: null });
  });

  it('another number of the same person', async () => {
    app.simulator.control.changeIdentity({ phoneNumberId: tenant.phoneNumberId, phone: ADA.phone, newPhone: '+4915550099' });
    expect(await newest('SYSTEM')).toMatchObject({ system: { type: 'NUMBER_CHANGED' } });
    const { contacts } = await query('{ contacts { nodes { phone identities { value endedAt } } } }');
    expect(contacts.nodes).toHaveLength(1);
    expect(
      contacts.nodes[0].identities.map((one: { value: string; endedAt: string | null }) => [one.value, one.endedAt !== null]),
    ).toEqual([
      [ADA.phone, true],
      ['+4915550099', false],
    ]);
  });
});
