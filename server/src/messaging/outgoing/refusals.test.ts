import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { type Sending, startSending } from '../../../test/harness/sending.ts';

let at: Sending;
/** Files by what they are. */
const files: Record<string, string> = {};
beforeAll(async () => {
  at = await startSending({ role: 'all' });
  files.picture = await at.file('IMAGE', 'png', false);
  files.sound = await at.file('AUDIO', 'ogg', false);
  files.huge = await at.file('IMAGE', 'png', false);
  await at.sql('update media set size = 6000000 where id = $1', [files.huge]);
  files.gif = await at.file('IMAGE', 'png', false);
  await at.sql(`update media set mime_type = 'image/gif' where id = $1`, [files.gif]);
  files.music = await at.file('AUDIO', 'ogg', false);
  await at.sql(`update media set mime_type = 'audio/mpeg' where id = $1`, [files.music]);
  files.coming = await at.file('IMAGE', 'png', false);
  await at.sql(`update media set status = 'FETCHING' where id = $1`, [files.coming]);
});
afterAll(() => at.close());

const buttons = (count: number, title = 'Yes') =>
  Array.from({ length: count }, (_, n) => ({ id: `${n}`, title: `${title}${n || ''}` }));
const rows = (count: number) => Array.from({ length: count }, (_, n) => ({ id: `${n}`, title: `Row ${n}` }));

describe('what WhatsApp would refuse is refused with its place before anything is queued', () => {
  it.each<[string, () => object, string, string[] | null]>([
    ['nothing at all', () => ({}), 'BAD_INPUT', ['text']],
    ['blank text', () => ({ text: ' \n' }), 'BAD_INPUT', ['text']],
    ['two contents', () => ({ text: 'Hi', location: { latitude: 1, longitude: 1 } }), 'BAD_INPUT', ['location']],
    ['text of 4,097 characters', () => ({ text: '🌙'.repeat(4097) }), 'TEXT_TOO_LONG', ['text']],
    [
      'a caption of 1,025',
      () => ({ media: { mediaId: files.picture, caption: 'x'.repeat(1025) } }),
      'TEXT_TOO_LONG',
      ['media', 'caption'],
    ],
    ['a caption below sound', () => ({ media: { mediaId: files.sound, caption: 'x' } }), 'BAD_INPUT', ['media', 'caption']],
    ['a file that is not there', () => ({ media: { mediaId: newId() } }), 'NOT_FOUND', ['media', 'mediaId']],
    ['a file that is still coming', () => ({ media: { mediaId: files.coming } }), 'MEDIA_NOT_READY', ['media', 'mediaId']],
    ['a picture of 6 MB', () => ({ media: { mediaId: files.huge } }), 'MEDIA_TOO_LARGE', ['media', 'mediaId']],
    ['a GIF', () => ({ media: { mediaId: files.gif } }), 'MEDIA_TYPE_NOT_ALLOWED', ['media', 'mediaId']],
    [
      'a voice message that is MP3',
      () => ({ media: { mediaId: files.music, isVoice: true } }),
      'MEDIA_TYPE_NOT_ALLOWED',
      ['media', 'isVoice'],
    ],
    [
      'a voice message that is a picture',
      () => ({ media: { mediaId: files.picture, isVoice: true } }),
      'MEDIA_TYPE_NOT_ALLOWED',
      ['media', 'isVoice'],
    ],
    [
      'four buttons',
      () => ({ interactive: { type: 'BUTTONS', body: 'b', buttons: buttons(4) } }),
      'BAD_INPUT',
      ['interactive', 'buttons'],
    ],
    [
      'a button of 21 characters',
      () => ({ interactive: { type: 'BUTTONS', body: 'b', buttons: buttons(1, 'x'.repeat(21)) } }),
      'TEXT_TOO_LONG',
      ['interactive', 'buttons', '0', 'title'],
    ],
    [
      'buttons without a body',
      () => ({ interactive: { type: 'BUTTONS', body: '', buttons: buttons(1) } }),
      'BAD_INPUT',
      ['interactive', 'body'],
    ],
    [
      'sound above buttons',
      () => ({ interactive: { type: 'BUTTONS', body: 'b', headerMediaId: files.sound, buttons: buttons(1) } }),
      'MEDIA_TYPE_NOT_ALLOWED',
      ['interactive', 'headerMediaId'],
    ],
    [
      'eleven rows',
      () => ({ interactive: { type: 'LIST', body: 'b', button: 'Open', sections: [{ title: 't', rows: rows(11) }] } }),
      'BAD_INPUT',
      ['interactive', 'sections'],
    ],
    [
      'a link to nowhere',
      () => ({ interactive: { type: 'LINK', body: 'b', link: { title: 't', url: 'shop' } } }),
      'BAD_INPUT',
      ['interactive', 'link', 'url'],
    ],
    ['a place beyond the pole', () => ({ location: { latitude: 91, longitude: 0 } }), 'BAD_INPUT', ['location', 'latitude']],
    [
      'a contact without a name',
      () => ({ contactCards: [{ formattedName: ' ' }] }),
      'BAD_INPUT',
      ['contactCards', '0', 'formattedName'],
    ],
    [
      '258 contacts',
      () => ({ contactCards: Array.from({ length: 258 }, () => ({ formattedName: 'A' })) }),
      'BAD_INPUT',
      ['contactCards'],
    ],
    ['words as a reaction', () => ({ reaction: { messageId: at.first.id, emoji: 'ok' } }), 'BAD_INPUT', ['reaction', 'emoji']],
    ['a reaction to nothing', () => ({ reaction: { messageId: newId(), emoji: '👍' } }), 'NOT_FOUND', ['reaction', 'messageId']],
    [
      'a time that is past',
      () => ({ text: 'Hi', scheduledAt: '2020-01-01T00:00:00Z', timeZone: 'UTC' }),
      'BAD_TIME',
      ['scheduledAt'],
    ],
    [
      'a time in two years',
      () => ({ text: 'Hi', scheduledAt: '2099-01-01T00:00:00Z', timeZone: 'UTC' }),
      'BAD_TIME',
      ['scheduledAt'],
    ],
    ['a time nobody knows where', () => ({ text: 'Hi', scheduledAt: '2026-12-01T00:00:00Z' }), 'BAD_INPUT', ['timeZone']],
    [
      'a time zone that is none',
      () => ({ text: 'Hi', scheduledAt: '2026-12-01T00:00:00Z', timeZone: 'Mars/Base' }),
      'BAD_INPUT',
      ['timeZone'],
    ],
    [
      'an offset as a time zone',
      () => ({ text: 'Hi', scheduledAt: '2026-12-01T00:00:00Z', timeZone: '+03:00' }),
      'BAD_INPUT',
      ['timeZone'],
    ],
    ['an answer to nothing', () => ({ text: 'Hi', replyToId: newId() }), 'NOT_FOUND', ['replyToId']],
    ['a reason of 501 characters', () => ({ text: 'Hi', holdReason: '🌙'.repeat(501) }), 'TEXT_TOO_LONG', ['holdReason']],
  ])('%s', async (_what, input, code, field) => {
    const before = await at.sql('select from message');
    const { message, userErrors } = await at.send(input());
    expect(message).toBeNull();
    expect(userErrors).toMatchObject([{ code, field }]);
    expect(await at.sql('select from message')).toHaveLength(before.length);
  });

  it('4,096 moons are not too many, nor 500 as a reason', async () => {
    expect((await at.send({ text: '🌙'.repeat(4096) })).userErrors).toEqual([]);
    expect((await at.send({ text: 'Hi', holdReason: '🌙'.repeat(500) })).userErrors).toEqual([]);
  });
});

describe('whom and from where', () => {
  const restore = async (text: string, values: unknown[] = []) => void (await at.sql(text, values));

  it('a reaction is refused on a message of 31 days ago, and on one that the customer took back', async () => {
    const old = await at.write('old');
    await restore(`update message set sent_at = cube_now() - interval '31 days' where id = $1`, [old]);
    const gone = await at.write('gone');
    await restore('update message set revoked_at = cube_now() where id = $1', [gone]);
    for (const messageId of [old, gone]) {
      const { userErrors } = await at.send({ reaction: { messageId, emoji: '👍' } });
      expect(userErrors).toMatchObject([{ code: 'BAD_INPUT', field: ['reaction', 'messageId'] }]);
    }
  });

  it('an answer is refused to what WhatsApp does not know yet: its quote would be lost', async () => {
    const { message } = await at.send({ text: 'Later', scheduledAt: '2026-12-24T08:00:00Z', timeZone: 'UTC' });
    const { userErrors } = await at.send({ text: 'As I will say', replyToId: message.id });
    expect(userErrors).toMatchObject([{ code: 'BAD_INPUT', field: ['replyToId'] }]);
  });

  it('a number that is no longer connected does not write', async () => {
    await restore(`update whatsapp_number set status = 'DISCONNECTED'`);
    expect((await at.send({ text: 'Hi' })).userErrors).toMatchObject([{ code: 'NUMBER_UNAVAILABLE', field: ['conversationId'] }]);
    await restore(`update whatsapp_number set status = 'CONNECTED'`);
  });

  it('a customer without a number or id cannot be written to', async () => {
    await restore('update contact_identity set ended_at = cube_now()');
    expect((await at.send({ text: 'Hi' })).userErrors).toMatchObject([{ code: 'NO_ADDRESS', field: ['conversationId'] }]);
    await restore('update contact_identity set ended_at = null');
  });

  it('nothing but a template goes to who wrote more than 24 hours ago', async () => {
    await restore(`update service_window set last_inbound_at = cube_now() - interval '24 hours 1 second'`);
    for (const input of [
      { text: 'Hi' },
      { location: { latitude: 1, longitude: 1 } },
      { reaction: { messageId: at.first.id, emoji: '👍' } },
    ])
      expect((await at.send(input)).userErrors).toMatchObject([{ code: 'WINDOW_CLOSED', field: ['conversationId'] }]);
    await restore('update service_window set last_inbound_at = cube_now()');
  });
});
