import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content, ContentKind, InteractivePart, Parts } from './content.ts';
import type { MediaToSend, MessageToSend } from './message-to-send.ts';
import { readContent } from './read-content.ts';
import { writeMessage } from './write-content.ts';

const to = { phoneNumberId: '7001', token: 'T', to: '4915550001', opaque: 'our-id' };
const FRAME = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: '+4915550001',
  biz_opaque_callback_data: 'our-id',
};
const media: MediaToSend = { id: '8201' };

/** The request without its frame. */
function written(kind: ContentKind, text: string | null, parts: Parts = {}, more: Partial<MessageToSend> = {}) {
  const json = writeMessage({ ...to, content: { kind, text, parts }, ...more } as MessageToSend);
  if (json === null) return null;
  const body = JSON.parse(json) as Record<string, unknown>;
  expect(body).toMatchObject(FRAME);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !(key in FRAME)));
}

describe('writing a message', () => {
  it('writes texts, with a picture of their first link where it is asked for', () => {
    expect(written('TEXT', 'Hi "Ada"')).toEqual({ type: 'text', text: { body: 'Hi "Ada"' } });
    expect(written('TEXT', 'https://x.example', { previewUrl: true })).toEqual({
      type: 'text',
      text: { body: 'https://x.example', preview_url: true },
    });
    const answer = written('TEXT', 'Hi', {}, { replyToWamid: 'wamid.IN1' });
    expect(answer).toEqual({ type: 'text', text: { body: 'Hi' }, context: { message_id: 'wamid.IN1' } });
  });

  it('writes files by their ids, each with what its kind takes', () => {
    const file = { ...media, fileName: 'a.pdf', isVoice: true, mimeType: 'x/y' };
    const sent = (kind: ContentKind, text: string | null) => written(kind, text, {}, { media: file });
    expect(sent('IMAGE', 'front')).toEqual({ type: 'image', image: { id: '8201', caption: 'front' } });
    expect(sent('VIDEO', null)).toEqual({ type: 'video', video: { id: '8201' } });
    expect(sent('DOCUMENT', 'bill')).toEqual({ type: 'document', document: { id: '8201', caption: 'bill', filename: 'a.pdf' } });
    expect(sent('AUDIO', null)).toEqual({ type: 'audio', audio: { id: '8201', voice: true } });
    expect(written('AUDIO', null, {}, { media })).toEqual({ type: 'audio', audio: { id: '8201' } });
    expect(sent('STICKER', null)).toEqual({ type: 'sticker', sticker: { id: '8201' } });
  });

  it('writes places, with coordinates as strings', () => {
    const location = { latitude: 52.52, longitude: -13.4, name: 'Shop', address: 'Street 1', url: 'https://x.example' };
    expect(written('LOCATION', null, { location })).toEqual({
      type: 'location',
      location: { latitude: '52.52', longitude: '-13.4', name: 'Shop', address: 'Street 1' },
    });
  });

  it('writes reactions, and takes them back, without answering', () => {
    const reaction = (emoji: string | null) =>
      written('REACTION', emoji, {}, { reactionTo: 'wamid.IN1', replyToWamid: 'wamid.IN0' });
    expect(reaction('👍')).toEqual({ type: 'reaction', reaction: { message_id: 'wamid.IN1', emoji: '👍' } });
    expect(reaction(null)).toEqual({ type: 'reaction', reaction: { message_id: 'wamid.IN1', emoji: '' } });
  });

  it('writes people as they would be read', () => {
    const contacts = [
      {
        name: { formatted_name: 'B J', first_name: 'B', last_name: 'J' },
        phones: [{ phone: '+49 155', wa_id: '49155', type: 'CELL' }],
        emails: [{ email: 'b@j.example', type: 'WORK' }],
        addresses: [{ street: 'S 1', city: 'B', country_code: 'de', type: 'HOME' }],
        org: { company: 'Shop' },
        urls: [{ url: 'https://b.example' }],
        birthday: '1999-01-23',
      },
      { name: { formatted_name: 'A B', first_name: 'A' } },
    ];
    const read = readContent('contacts', { contacts })?.content as Content;
    expect(written('CONTACTS', null, read.parts)).toEqual({ type: 'contacts', contacts });
  });

  it.each<[string, InteractivePart, MediaToSend | undefined, object]>([
    [
      'buttons',
      { type: 'BUTTONS', header: 'H', footer: 'F', buttons: [{ id: 'yes', title: 'Yes' }] },
      undefined,
      {
        type: 'button',
        header: { type: 'text', text: 'H' },
        footer: { text: 'F' },
        action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
      },
    ],
    [
      'buttons under a picture',
      { type: 'BUTTONS', buttons: [{ id: 'yes', title: 'Yes' }] },
      { id: '8201', mimeType: 'image/png' },
      {
        type: 'button',
        header: { type: 'image', image: { id: '8201' } },
        action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
      },
    ],
    [
      'a list',
      {
        type: 'LIST',
        button: 'Open',
        sections: [
          {
            title: 'S',
            rows: [
              { id: 'r1', title: 'R', description: 'D' },
              { id: 'r2', title: 'Q' },
            ],
          },
        ],
      },
      undefined,
      {
        type: 'list',
        action: {
          button: 'Open',
          sections: [
            {
              title: 'S',
              rows: [
                { id: 'r1', title: 'R', description: 'D' },
                { id: 'r2', title: 'Q' },
              ],
            },
          ],
        },
      },
    ],
    [
      'a link under a document',
      { type: 'LINK', link: { title: 'Open', url: 'https://x.example' } },
      { id: '8201', mimeType: 'application/pdf', fileName: 'a.pdf' },
      {
        type: 'cta_url',
        header: { type: 'document', document: { id: '8201', filename: 'a.pdf' } },
        action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://x.example' } },
      },
    ],
    [
      'the request for a place',
      { type: 'LOCATION_REQUEST' },
      undefined,
      { type: 'location_request_message', action: { name: 'send_location' } },
    ],
  ])('writes %s', (_name, interactive, header, expected) => {
    expect(written('INTERACTIVE', 'Choose', { interactive }, { media: header })).toEqual({
      type: 'interactive',
      interactive: { ...expected, body: { text: 'Choose' } },
    });
  });

  it('reaches a person without a phone by their user id, and takes the phone where there are both', () => {
    const content: Content = { kind: 'TEXT', text: 'Hi', parts: {} };
    const frame = { phoneNumberId: '7001', token: 'T', opaque: 'x', content };
    expect(JSON.parse(writeMessage({ ...frame, recipient: 'DE.4410A' })!)).toMatchObject({ recipient: 'DE.4410A' });
    const both = JSON.parse(writeMessage({ ...frame, to: '+4915550001', recipient: 'DE.4410A' })!);
    expect(both).toMatchObject({ to: '+4915550001' });
    expect(both).not.toHaveProperty('recipient');
  });

  it.each<[string, ContentKind, Parts]>([
    ['a text without words', 'TEXT', {}],
    ['a picture without a file', 'IMAGE', {}],
    ['a sound without a file', 'AUDIO', {}],
    ['a place without a place', 'LOCATION', {}],
    ['people without anybody', 'CONTACTS', { cards: [] }],
    ['a reaction to nothing', 'REACTION', {}],
    ['buttons without buttons', 'INTERACTIVE', { interactive: { type: 'BUTTONS', buttons: [] } }],
    ['a list without rows', 'INTERACTIVE', { interactive: { type: 'LIST', button: 'Open' } }],
    ['a link without a link', 'INTERACTIVE', { interactive: { type: 'LINK' } }],
    ['an answer of a customer', 'INTERACTIVE', { reply: { type: 'BUTTON' } }],
    ['a template without a name', 'TEMPLATE', {}],
    ['an order', 'ORDER', { order: { catalogId: '1', items: [] } }],
    ['what WhatsApp says', 'SYSTEM', {}],
    ['what nobody knows', 'UNSUPPORTED', {}],
  ])('cannot write %s', (_name, kind, parts) => {
    expect(written(kind, null, parts)).toBeNull();
  });

  it('writes any text so that it is read as it was', () => {
    const sign = fc.oneof(fc.nat(0x9f), fc.integer({ min: 0x600, max: 0x6ff }), fc.integer({ min: 0x1f300, max: 0x1faff }));
    const anyText = fc.array(sign, { minLength: 1 }).map((signs) => String.fromCodePoint(...signs));
    fc.assert(
      fc.property(anyText, (text) => {
        const sent = written('TEXT', text) as { text: { body: string } };
        expect(readContent('text', sent)?.content.text).toBe(text.replaceAll('\0', '\ufffd'));
      }),
    );
  });
});
