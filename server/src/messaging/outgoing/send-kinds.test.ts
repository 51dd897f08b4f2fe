import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sending, startSending } from '../../../test/harness/sending.ts';
import { until } from '../../../test/harness/until.ts';

let at: Sending;
beforeAll(async () => void (at = await startSending({ simulator: { pairBurst: 1_000 } })));
afterAll(() => at.close());

/** Sends, and gives what Meta's side accepted. */
async function sent(input: object) {
  const { message, userErrors } = await at.send(input);
  expect(userErrors).toEqual([]);
  const accepted = () => at.app.simulator.control.accepted.find(({ opaque }) => opaque === message.id);
  await until(() => accepted() !== undefined);
  await until(async () => ['SENT', 'DELIVERED', 'READ', 'PLAYED'].includes(await at.statusOf(message.id)));
  return { id: message.id as string, body: accepted()?.body as unknown as Record<string, unknown> };
}

const CONTENT = `query($id: ID!) { message(id: $id) { kind text media { kind } location { name latitude } contactCards { formattedName phones { phone } }
  interactive { type header footer button buttons { id title } sections { title rows { id } } link { url } } replyTo { id } } }`;
const shown = async (id: string) => (await at.ask(CONTENT, { id })).message;

describe('a message is sent and kept as it was written', () => {
  it('as text, with the picture of its first link', async () => {
    const { id, body } = await sent({ text: 'See https://shop.example', hasPreview: true });
    expect(body).toMatchObject({
      to: '+4915550001',
      type: 'text',
      text: { body: 'See https://shop.example', preview_url: true },
    });
    expect(await shown(id)).toMatchObject({ kind: 'TEXT', text: 'See https://shop.example' });
  });

  it('as an answer to a message', async () => {
    const { id, body } = await sent({ text: 'Yes', replyToId: at.first.id });
    expect(body).toMatchObject({ context: { message_id: at.first.wamid } });
    expect(await shown(id)).toMatchObject({ replyTo: { id: at.first.id } });
  });

  it.each([
    ['IMAGE', 'jpeg', 'A parcel', { image: { caption: 'A parcel' } }],
    ['VIDEO', 'mp4', 'A film', { video: { caption: 'A film' } }],
    ['DOCUMENT', 'pdf', 'An invoice', { document: { caption: 'An invoice', filename: 'Invoice 7.pdf' } }],
    ['AUDIO', 'ogg', null, { audio: { voice: true } }],
    ['STICKER', 'webp', null, { sticker: {} }],
  ] as const)('as a file: %s', async (kind, sample, caption, expected) => {
    const mediaId = await at.file(kind, sample);
    const more = { ...(kind === 'DOCUMENT' && { fileName: 'Invoice 7.pdf' }), ...(kind === 'AUDIO' && { isVoice: true }) };
    const { id, body } = await sent({ media: { mediaId, caption, ...more } });
    expect(body).toMatchObject({ type: kind.toLowerCase(), ...expected });
    expect(await shown(id)).toMatchObject({ kind, text: caption, media: { kind } });
  });

  it('as plain sound, though the upload was a voice message, when it is said to be none', async () => {
    const mediaId = await at.file('AUDIO', 'ogg');
    await at.sql('update media set is_voice = true where id = $1', [mediaId]);
    expect((await sent({ media: { mediaId } })).body).toMatchObject({ audio: { voice: true } });
    const { body } = await sent({ media: { mediaId, isVoice: false } });
    expect(body.audio).not.toHaveProperty('voice');
  });

  it('as a place', async () => {
    const { id, body } = await sent({ location: { latitude: 52.52, longitude: 13.4, name: 'Office', address: 'Main Street 1' } });
    expect(body).toMatchObject({ type: 'location', location: { name: 'Office' } });
    expect(await shown(id)).toMatchObject({ kind: 'LOCATION', location: { name: 'Office', latitude: 52.52 } });
  });

  it('as contacts', async () => {
    const { id, body } = await sent({
      contactCards: [{ formattedName: 'Grace', phones: [{ phone: '+4915550009', type: 'CELL' }] }],
    });
    expect(body).toMatchObject({ contacts: [{ name: { formatted_name: 'Grace' }, phones: [{ phone: '+4915550009' }] }] });
    expect(await shown(id)).toMatchObject({ kind: 'CONTACTS', contactCards: [{ formattedName: 'Grace' }] });
  });

  it('as buttons under a picture', async () => {
    const headerMediaId = await at.file('IMAGE', 'png');
    const buttons = [
      { id: 'yes', title: 'Yes' },
      { id: 'no', title: 'No' },
    ];
    const { id, body } = await sent({ interactive: { type: 'BUTTONS', headerMediaId, body: 'Come?', footer: 'Shop', buttons } });
    expect(body).toMatchObject({ interactive: { type: 'button', header: { type: 'image' }, body: { text: 'Come?' } } });
    expect(await shown(id)).toMatchObject({ text: 'Come?', media: { kind: 'IMAGE' }, interactive: { type: 'BUTTONS', buttons } });
  });

  it('as a list', async () => {
    const sections = [{ title: 'Days', rows: [{ id: 'mo', title: 'Monday' }] }];
    const { body } = await sent({ interactive: { type: 'LIST', body: 'When?', button: 'Choose', sections } });
    expect(body).toMatchObject({ interactive: { type: 'list', action: { button: 'Choose', sections } } });
  });

  it('as a link, and as the request for a place', async () => {
    const link = { title: 'Track', url: 'https://shop.example/1' };
    const linked = await sent({ interactive: { type: 'LINK', body: 'Here', link } });
    expect(linked.body).toMatchObject({ interactive: { type: 'cta_url', action: { parameters: { url: link.url } } } });
    const place = await sent({ interactive: { type: 'LOCATION_REQUEST', body: 'Where are you?' } });
    expect(place.body).toMatchObject({ interactive: { type: 'location_request_message' } });
  });

  it('as an emoji on a message, which a second one without takes back', async () => {
    const target = async () =>
      (await at.ask('query($id: ID!) { message(id: $id) { reactions { direction emoji } } }', { id: at.first.id })).message;
    const { body } = await sent({ reaction: { messageId: at.first.id, emoji: '👍' } });
    expect(body).toMatchObject({ type: 'reaction', reaction: { message_id: at.first.wamid, emoji: '👍' } });
    expect(await target()).toEqual({ reactions: [{ direction: 'OUTBOUND', emoji: '👍' }] });
    await sent({ reaction: { messageId: at.first.id } });
    expect(await target()).toEqual({ reactions: [] });
  });

  it('and an emoji does not become what was said last', async () => {
    const { id } = await sent({ text: 'The last word' });
    await sent({ reaction: { messageId: at.first.id, emoji: '🎉' } });
    const query = 'query($id: ID!) { conversation(id: $id) { lastMessage { id } } }';
    expect((await at.ask(query, { id: at.conversationId })).conversation.lastMessage).toEqual({ id });
  });
});
