import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CardPart, Content, ContentKind, InteractivePart } from './content.ts';
import { contentFaults } from './content-faults.ts';
import { MEDIA_LIMITS, type MediaKind } from './media-limits.ts';

const content = (kind: ContentKind, text: string | null, parts: Content['parts'] = {}): Content => ({ kind, text, parts });
const interactive = (part: InteractivePart, text = 'Choose') => content('INTERACTIVE', text, { interactive: part });
const places = (...given: Parameters<typeof contentFaults>) => contentFaults(...given).map(({ path }) => path.join('.'));
const codes = (...given: Parameters<typeof contentFaults>) => contentFaults(...given).map(({ code }) => code);
const jpeg = { mimeType: 'image/jpeg', size: 1_000 };
/** Texts of exactly so many code points, of one UTF-16 unit or two each. */
const textOf = (length: number) => fc.constantFrom('x', 'م', '😀', '漢').map((sign) => sign.repeat(length));

const rows = (count: number) =>
  Array.from({ length: count }, (_row, index) => ({ id: `r${index}`, title: `Row ${index}`, description: 'd' }));
const buttons = (count: number) =>
  Array.from({ length: count }, (_button, index) => ({ id: `b${index}`, title: `Button ${index}` }));
const card = (name: CardPart['name']): CardPart => ({
  name,
  phones: [{ phone: '+49 155' }],
  emails: [],
  addresses: [],
  urls: [],
});
const BO = card({ formatted: 'Bo J', first: 'Bo' });

describe('every limit of a text is counted in code points', () => {
  const button = (change: object) => interactive({ type: 'BUTTONS', buttons: [{ id: 'a', title: 'A', ...change }] });
  const row = (change: object) =>
    interactive({ type: 'LIST', button: 'Open', sections: [{ rows: [{ id: 'a', title: 'A', ...change }] }] });
  const link = { title: 'Open', url: 'https://shop.example' };
  const cases: [string, number, string, (text: string) => Content, boolean?][] = [
    ['text', 4096, 'text', (text) => content('TEXT', text)],
    ['caption', 1024, 'text', (text) => content('IMAGE', text), true],
    ['body with buttons', 1024, 'text', (text) => interactive({ type: 'BUTTONS', buttons: buttons(3) }, text)],
    [
      'body of a list',
      4096,
      'text',
      (text) => interactive({ type: 'LIST', button: 'Open', sections: [{ rows: rows(10) }] }, text),
    ],
    ['body of a link', 1024, 'text', (text) => interactive({ type: 'LINK', link }, text)],
    ['body of a request for a place', 1024, 'text', (text) => interactive({ type: 'LOCATION_REQUEST' }, text)],
    ['header', 60, 'interactive.header', (header) => interactive({ type: 'BUTTONS', buttons: buttons(1), header })],
    ['footer', 60, 'interactive.footer', (footer) => interactive({ type: 'BUTTONS', buttons: buttons(1), footer })],
    ['title of a button', 20, 'interactive.buttons.0.title', (title) => button({ title })],
    ['id of a button', 256, 'interactive.buttons.0.id', (id) => button({ id })],
    [
      'what opens a list',
      20,
      'interactive.button',
      (open) => interactive({ type: 'LIST', button: open, sections: [{ rows: rows(1) }] }),
    ],
    [
      'title of a section',
      24,
      'interactive.sections.0.title',
      (title) => interactive({ type: 'LIST', button: 'Open', sections: [{ title, rows: rows(1) }] }),
    ],
    ['title of a row', 24, 'interactive.sections.0.rows.0.title', (title) => row({ title })],
    ['id of a row', 200, 'interactive.sections.0.rows.0.id', (id) => row({ id })],
    ['description of a row', 72, 'interactive.sections.0.rows.0.description', (description) => row({ description })],
    ['title of a link', 20, 'interactive.link.title', (title) => interactive({ type: 'LINK', link: { ...link, title } })],
    [
      'name of a place',
      1000,
      'location.name',
      (name) => content('LOCATION', null, { location: { latitude: 1, longitude: 2, name } }),
    ],
  ];
  it.each(cases)('%s: %i', (_name, max, place, make, hasMedia) => {
    const media = hasMedia ? jpeg : undefined;
    fc.assert(
      fc.property(fc.integer({ min: 1, max }).chain(textOf), (text) => {
        expect(contentFaults(make(text), media)).toEqual([]);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: max + 1, max: max + 40 }).chain(textOf), (text) => {
        expect(contentFaults(make(text), media)).toMatchObject([{ code: 'TEXT_TOO_LONG', path: place.split('.') }]);
      }),
    );
  });
});

describe('what must be there', () => {
  it.each<[string, Content, string[]]>([
    ['a text', content('TEXT', null), ['text']],
    ['a text that is not blank', content('TEXT', ' \n'), ['text']],
    ['a file', content('IMAGE', 'Hi'), ['media']],
    ['a file without a caption', content('AUDIO', 'Hi'), ['text', 'media']],
    ['a place', content('LOCATION', null), ['location']],
    ['people', content('CONTACTS', null, { cards: [] }), ['cards']],
    ['something to tap on', content('INTERACTIVE', 'Hi'), ['interactive']],
    ['a body', interactive({ type: 'LOCATION_REQUEST' }, ''), ['text']],
    ['buttons', interactive({ type: 'BUTTONS' }), ['interactive.buttons']],
    ['rows', interactive({ type: 'LIST', button: 'Open' }), ['interactive.sections']],
    ['a link', interactive({ type: 'LINK' }), ['interactive.link.title', 'interactive.link.url']],
    ['a template', content('TEMPLATE', null), ['template']],
    [
      'a title for each of several sections',
      interactive({
        type: 'LIST',
        button: 'Open',
        sections: [{ title: 'A', rows: rows(1) }, { rows: [{ id: 'x', title: 'X' }] }],
      }),
      ['interactive.sections.1.title'],
    ],
  ])('%s', (_name, given, expected) => {
    expect(places(given)).toEqual(expected);
  });

  it.each(['ORDER', 'SYSTEM', 'UNSUPPORTED'] as const)('%s is never sent', (kind) => {
    expect(places(content(kind, 'x'))).toEqual(['kind']);
    expect(places(interactive({ type: 'OTHER' }))).toEqual(['interactive.type']);
  });
});

describe('what is counted', () => {
  it('is up to three buttons, each unlike the others', () => {
    expect(places(interactive({ type: 'BUTTONS', buttons: buttons(3) }))).toEqual([]);
    expect(places(interactive({ type: 'BUTTONS', buttons: buttons(4) }))).toEqual(['interactive.buttons']);
    const twins = [
      { id: 'a', title: 'A' },
      { id: 'a', title: 'A' },
    ];
    expect(places(interactive({ type: 'BUTTONS', buttons: twins }))).toEqual(['interactive.buttons', 'interactive.buttons']);
  });

  it('is up to ten rows in all sections, and ten sections', () => {
    const list = (...counts: number[]) => {
      let next = 0;
      const sections = counts.map((count, index) => ({
        title: `S${index}`,
        rows: rows(count).map((row) => ({ ...row, id: `r${next++}` })),
      }));
      return places(interactive({ type: 'LIST', button: 'Open', sections }));
    };
    expect(list(10)).toEqual([]);
    expect(list(...Array.from({ length: 10 }, () => 1))).toEqual([]);
    expect(list(5, 6)).toEqual(['interactive.sections']);
    expect(list(...Array.from({ length: 11 }, () => 1))).toEqual(['interactive.sections', 'interactive.sections']);
    const twins = [{ rows: [...rows(1), ...rows(1)] }];
    expect(places(interactive({ type: 'LIST', button: 'Open', sections: twins }))).toEqual(['interactive.sections']);
  });

  it('is up to 257 people, each with one more part of the name', () => {
    expect(places(content('CONTACTS', null, { cards: Array.from({ length: 257 }, () => BO) }))).toEqual([]);
    expect(places(content('CONTACTS', null, { cards: Array.from({ length: 258 }, () => BO) }))).toEqual(['cards']);
    const cards = [card({ formatted: 'Bo' }), card({ formatted: '', first: 'Bo' }), { ...BO, phones: [{ phone: '' }] }];
    expect(places(content('CONTACTS', null, { cards }))).toEqual([
      'cards.0.name',
      'cards.1.name.formatted',
      'cards.2.phones.0.phone',
    ]);
  });
});

describe('what has a form', () => {
  it('is a place on earth', () => {
    const at = (latitude: number, longitude: number) => places(content('LOCATION', null, { location: { latitude, longitude } }));
    fc.assert(
      fc.property(
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        (north, east) => {
          expect(at(north, east)).toEqual([]);
        },
      ),
    );
    expect(at(90.1, -180.1)).toEqual(['location.latitude', 'location.longitude']);
    expect(at(Number.NaN, Infinity)).toEqual(['location.latitude', 'location.longitude']);
  });

  it.each(['👍', '👍🏽', '❤️', '❤', '🇸🇦', '👩‍👩‍👧', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'])('is one emoji: %s', (emoji) => {
    expect(places(content('REACTION', emoji))).toEqual([]);
  });

  it('is no more than one emoji, and nothing else; none takes it back', () => {
    for (const text of ['👍👍', 'ok', 'a', '1', ' 👍', '🇸', '<', 'x'.repeat(1_000)])
      expect(places(content('REACTION', text))).toEqual(['text']);
    expect(places(content('REACTION', null))).toEqual([]);
    expect(places(content('REACTION', ''))).toEqual([]);
  });

  it('is an address of the web', () => {
    const link = (url: string) => places(interactive({ type: 'LINK', link: { title: 'Open', url } }));
    for (const url of ['https://shop.example/a?b=c', 'http://shop.example']) expect(link(url)).toEqual([]);
    for (const url of [
      'javascript:alert(1)',
      'shop.example',
      'ftp://shop.example',
      'https://a:b@shop.example',
      'https://localhost',
    ])
      expect(link(url)).toEqual(['interactive.link.url']);
    expect(link(`https://shop.example/${'x'.repeat(2_000)}`)).toEqual(['interactive.link.url']);
  });
});

describe('files', () => {
  const all = (Object.keys(MEDIA_LIMITS) as MediaKind[]).flatMap((kind) =>
    Object.entries(MEDIA_LIMITS[kind]).map(([mimeType, max]) => [kind, mimeType, max] as const),
  );

  it.each(all)('%s may be %s of up to %i bytes', (kind, mimeType, max) => {
    expect(codes(content(kind, null), { mimeType, size: max })).toEqual([]);
    expect(codes(content(kind, null), { mimeType, size: max + 1 })).toEqual(['MEDIA_TOO_LARGE']);
    expect(codes(content(kind, null), { mimeType, size: 0 })).toEqual(['BAD_INPUT']);
  });

  it('are known by their types, whatever stands behind', () => {
    const audio = (mimeType: string) => codes(content('AUDIO', null), { mimeType, size: 1 });
    expect(audio('audio/ogg; codecs=opus')).toEqual([]);
    expect(audio('Audio/OGG;codecs="opus"')).toEqual([]);
    expect(audio('audio/ogg; codecs=vorbis')).toEqual(['MEDIA_TYPE_NOT_ALLOWED']);
    for (const type of ['', 'constructor', 'image/gif', 'video/mp4']) expect(audio(type)).toEqual(['MEDIA_TYPE_NOT_ALLOWED']);
  });

  it('are voice messages only as OGG with Opus, and everything else without it', () => {
    const voice = (kind: MediaKind, mimeType: string, isVoice = true) =>
      contentFaults(content(kind, null, { file: { isVoice } }), { mimeType, size: 1 }).map(
        ({ code, path }) => `${code} ${path.join('.')}`,
      );
    expect(voice('AUDIO', 'audio/ogg; codecs=opus')).toEqual([]);
    for (const type of Object.keys(MEDIA_LIMITS.AUDIO).filter((one) => one !== 'audio/ogg')) {
      expect(voice('AUDIO', type)).toEqual(['MEDIA_TYPE_NOT_ALLOWED media.isVoice']);
      expect(voice('AUDIO', type, false)).toEqual([]);
    }
    expect(voice('IMAGE', 'image/png')).toEqual(['MEDIA_TYPE_NOT_ALLOWED media.isVoice']);
    expect(voice('AUDIO', 'audio/ogg; codecs=vorbis')).toEqual(['MEDIA_TYPE_NOT_ALLOWED media']);
  });

  it('are stickers of 100 KB, or 500 KB when they move', () => {
    const sticker = (size: number, isAnimated: boolean) =>
      codes(content('STICKER', null), { mimeType: 'image/webp', size, isAnimated });
    expect(sticker(100 * 1024, false)).toEqual([]);
    expect(sticker(100 * 1024 + 1, false)).toEqual(['MEDIA_TOO_LARGE']);
    expect(sticker(500 * 1024, true)).toEqual([]);
  });

  it('stand in the header of buttons and links, in place of a text', () => {
    const offer = { type: 'BUTTONS', buttons: buttons(1) } as const;
    expect(codes(interactive(offer), jpeg)).toEqual([]);
    expect(codes(interactive(offer), { mimeType: 'application/pdf', size: 1 })).toEqual([]);
    expect(codes(interactive(offer), { mimeType: 'audio/ogg', size: 1 })).toEqual(['MEDIA_TYPE_NOT_ALLOWED']);
    expect(codes(interactive({ ...offer, header: 'Hi' }), jpeg)).toEqual(['BAD_INPUT']);
    expect(codes(interactive({ type: 'LIST', button: 'Open', sections: [{ rows: rows(1) }] }), jpeg)).toEqual(['BAD_INPUT']);
    expect(codes(interactive({ type: 'LOCATION_REQUEST' }), jpeg)).toEqual(['BAD_INPUT']);
    expect(codes(interactive({ type: 'LOCATION_REQUEST', footer: 'x' }))).toEqual(['BAD_INPUT']);
  });

  it('have names of up to 240 characters', () => {
    const named = (length: number) =>
      codes(content('DOCUMENT', null), { mimeType: 'text/plain', size: 1, fileName: 'ن'.repeat(length) });
    expect(named(240)).toEqual([]);
    expect(named(241)).toEqual(['TEXT_TOO_LONG']);
  });
});
