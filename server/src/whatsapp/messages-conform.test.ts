import fc from 'fast-check';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleName, sampleOf } from '../../simulator/samples.ts';
import { ada, number } from '../../simulator/test-business.ts';
import { startStrictMeta, type StrictMeta, valueOf } from '../../test/harness/strict-meta.ts';
import { contentFaults } from './content-faults.ts';
import type { CardPart, Content, ContentKind, InteractivePart } from './content.ts';
import { readEnvelope } from './read-envelope.ts';

let meta: StrictMeta;
const { token, wabaId, phoneNumberId } = number;

beforeAll(async () => {
  meta = await startStrictMeta();
});

afterAll(() => meta.close());

const BO: CardPart = {
  name: { formatted: 'Bo J', first: 'Bo', last: 'J' },
  phones: [{ phone: '+49 155', type: 'CELL', waId: '49155' }],
  emails: [{ email: 'bo@j.example', type: 'WORK' }],
  addresses: [{ street: 'S 1', city: 'B', state: 'BE', zip: '10115', country: 'Germany', countryCode: 'de', type: 'HOME' }],
  urls: [{ url: 'https://bo.example', type: 'WORK' }],
  organization: { company: 'Shop', department: 'Sales', title: 'Lead' },
  birthday: '1999-01-23',
};
const TAPS: [string, InteractivePart][] = [
  [
    'buttons',
    {
      type: 'BUTTONS',
      header: 'H',
      footer: 'F',
      buttons: [
        { id: 'yes', title: 'Yes' },
        { id: 'no', title: 'No' },
      ],
    },
  ],
  ['a list', { type: 'LIST', button: 'Open', sections: [{ title: 'S', rows: [{ id: 'r', title: 'R', description: 'D' }] }] }],
  ['a link', { type: 'LINK', link: { title: 'Open', url: 'https://shop.example/a' } }],
  ['the request for a place', { type: 'LOCATION_REQUEST' }],
];

describe('what we send is taken', () => {
  it.each<[ContentKind, SampleName, string | null]>([
    ['IMAGE', 'jpeg', 'front'],
    ['IMAGE', 'png', null],
    ['VIDEO', 'mp4', 'us'],
    ['AUDIO', 'ogg', null],
    ['DOCUMENT', 'pdf', 'bill'],
    ['STICKER', 'webp', null],
  ])('%s: %s', async (kind, name, caption) => {
    const media = await meta.upload(name);
    expect(await meta.send(kind, caption, {}, { media: { ...media, isVoice: kind === 'AUDIO' } })).toMatchObject({
      kind: 'accepted',
    });
  });

  it('texts, places, people and reactions', async () => {
    const wamid = meta.simulator.control.write({ phone: ada.phone, phoneNumberId, text: 'Hi' });
    const location = { latitude: 52.52, longitude: -13.4, name: 'Shop', address: 'Street 1' };
    const outcomes = [
      await meta.send('TEXT', 'https://shop.example', { previewUrl: true }),
      await meta.send('LOCATION', null, { location }),
      await meta.send('LOCATION', null, { location: { latitude: 0, longitude: 0 } }),
      await meta.send('CONTACTS', null, { cards: [BO, { ...BO, phones: [], emails: [], addresses: [], urls: [] }] }),
      await meta.send('REACTION', '👍🏽', {}, { reactionTo: wamid }),
      await meta.send('REACTION', null, {}, { reactionTo: wamid }),
    ];
    expect(outcomes.map(({ kind }) => kind)).toEqual(outcomes.map(() => 'accepted'));
  });

  it.each(TAPS)('%s', async (_name, interactive) => {
    expect(await meta.send('INTERACTIVE', 'Choose', { interactive })).toMatchObject({ kind: 'accepted' });
  });

  it.each<SampleName>(['jpeg', 'mp4', 'pdf'])('buttons and links under a header: %s', async (name) => {
    const media = await meta.upload(name);
    for (const [, { header: _, ...interactive }] of [TAPS[0], TAPS[2]] as typeof TAPS)
      expect(await meta.send('INTERACTIVE', 'Choose', { interactive }, { media })).toMatchObject({ kind: 'accepted' });
  });

  it('to a person who hides their phone', async () => {
    const content: Content = { kind: 'TEXT', text: 'Hi', parts: {} };
    meta.simulator.control.write({ userId: 'DE.4410A', phoneNumberId, text: 'Hi' });
    const outcome = await meta.api.send({ phoneNumberId, token, recipient: 'DE.4410A', content, opaque: 'x' });
    expect(outcome).toMatchObject({ kind: 'accepted', userId: 'DE.4410A' });
  });
});

describe('what we find faulty is what Meta refuses', () => {
  const isTaken = async (content: Content): Promise<boolean> =>
    (await meta.send(content.kind, content.text, content.parts)).kind === 'accepted';
  const long = (...lengths: number[]) =>
    fc
      .tuple(fc.constantFrom(...lengths.flatMap((length) => [length - 1, length, length + 1])), fc.constantFrom('x', '😀', 'م'))
      .map(([length, sign]) => sign.repeat(length));
  const button = fc.record({ id: long(256), title: long(20) });
  const row = fc.record({ id: long(200), title: long(24), description: long(72) });
  const section = fc.record({ title: long(24), rows: fc.array(row, { minLength: 1, maxLength: 6 }) });
  const part: fc.Arbitrary<InteractivePart> = fc.oneof(
    fc.record({
      type: fc.constant('BUTTONS' as const),
      buttons: fc.array(button, { minLength: 1, maxLength: 4 }),
      footer: long(60),
    }),
    fc.record({
      type: fc.constant('LIST' as const),
      button: long(20),
      sections: fc.array(section, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('LINK' as const),
      link: fc.record({ title: long(20), url: fc.constant('https://x.example') }),
      header: long(60),
    }),
  );

  it('in texts and in what is tapped on', async () => {
    const text = long(4096).map((words): Content => ({ kind: 'TEXT', text: words, parts: {} }));
    const taps = fc.tuple(part, long(1024, 4096)).map(([interactive, words]): Content => ({
      kind: 'INTERACTIVE',
      text: words,
      parts: { interactive: distinct(interactive) },
    }));
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, taps), async (content) => {
        const faults = contentFaults(content);
        expect([await isTaken(content), faults]).toEqual([faults.length === 0, faults]);
        if (faults.length === 0) taken++;
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(10);
  });

  /** Ids and titles that differ in their first sign, or nearly nothing would be taken. */
  function distinct(interactive: InteractivePart): InteractivePart {
    const signs = [...'abcdefghijklmnopqrstuvwxyz'];
    const fresh = (text: string): string => (text ? signs.shift() + [...text].slice(1).join('') : text);
    return {
      ...interactive,
      buttons: interactive.buttons?.map(({ id, title }) => {
        const sign = signs.shift();
        return { id: sign + [...id].slice(1).join(''), title: sign + [...title].slice(1).join('') };
      }),
      sections: interactive.sections?.map(({ title, rows }) => ({
        title,
        rows: rows.map((one) => ({ ...one, id: fresh(one.id) })),
      })),
    };
  }
});

describe('files, numbers and accounts', () => {
  it('are found, fetched and deleted', async () => {
    const media = await meta.upload('jpeg');
    const { url, mimeType, size } = valueOf(await meta.api.findMedia(media.id, token, phoneNumberId));
    const { bytes } = sampleOf('jpeg');
    expect([mimeType, size]).toEqual(['image/jpeg', bytes.length]);
    const { stream } = valueOf(await meta.api.openMedia(url, token, { maxBytes: bytes.length }));
    expect(await buffer(stream)).toEqual(bytes);
    expect(await meta.api.openMedia(url, token, { maxBytes: bytes.length - 1 })).toMatchObject({
      kind: 'refused',
      httpStatus: 413,
    });
    expect(await meta.api.deleteMedia(media.id, token, phoneNumberId)).toEqual({ kind: 'done', value: true });
    expect(await meta.api.findMedia(media.id, token)).toMatchObject({ kind: 'refused' });
  });

  it('are read', async () => {
    const shown = {
      phoneNumberId,
      displayPhone: number.displayPhone,
      verifiedName: 'Shop',
      status: 'CONNECTED',
      messagingLimit: null,
    };
    expect(await meta.api.readNumber(phoneNumberId, token)).toMatchObject({ kind: 'done', value: shown });
    expect(await meta.api.listNumbers(wabaId, token)).toMatchObject({ kind: 'done', value: { items: [shown], isWhole: true } });
    expect(await meta.api.readAccount(wabaId, token)).toMatchObject({ kind: 'done', value: { wabaId, ownerBusinessId: '3001' } });
    expect(await meta.api.readNumber(phoneNumberId, 'wrong')).toMatchObject({ kind: 'refused', error: { code: 190 } });
  });

  it('are changed', async () => {
    expect(await meta.api.writeProfile(phoneNumberId, token, { about: 'Hello', websites: ['https://x.example'] })).toMatchObject({
      kind: 'done',
    });
    expect(await meta.api.readProfile(phoneNumberId, token)).toMatchObject({
      value: { about: 'Hello', websites: ['https://x.example'] },
    });
    expect(await meta.api.subscribeApp(wabaId, token)).toEqual({ kind: 'done', value: true });
    const wamid = meta.simulator.control.write({ phone: ada.phone, phoneNumberId, text: 'Hi' });
    expect(await meta.api.markRead(phoneNumberId, token, wamid, { typing: true })).toEqual({ kind: 'done', value: true });
    expect(meta.simulator.control.receipts.at(-1)).toMatchObject({ messageId: wamid, isTyping: true });
  });

  it('have told us nothing that cannot be read', async () => {
    await meta.simulator.control.settle();
    const read = meta.business.webhooks.map(({ envelope }) => readEnvelope(envelope));
    expect(read.flatMap(({ rejects }) => rejects)).toEqual([]);
    expect(read.flatMap(({ changes }) => changes.flatMap(({ statuses }) => statuses)).length).toBeGreaterThan(10);
  });
});
