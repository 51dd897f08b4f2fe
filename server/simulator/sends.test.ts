import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorResponse, SendResponse } from '../src/whatsapp/wire.ts';
import { sampleOf, type SampleName } from './samples.ts';
import type { Simulator } from './simulator.ts';
import { type Business, ada, number, post, startBoth, text } from './test-business.ts';

let simulator: Simulator;
let business: Business;
let inbound: string;

beforeAll(async () => {
  ({ simulator, business } = await startBoth({ pairBurst: 1_000, perSecond: 1_000 }));
});

beforeEach(() => {
  inbound = simulator.control.write({ phone: ada.phone, phoneNumberId: '7001', text: 'Hi' });
});

afterAll(async () => {
  await simulator.close();
  business.close();
});

const { text: _, ...frame } = text;
const of = (type: string, content: unknown) => ({ ...frame, type, [type]: content });

async function uploaded(name: SampleName): Promise<string> {
  const { bytes, mimeType } = sampleOf(name);
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), 'file');
  const headers = { authorization: `Bearer ${number.token}` };
  const response = await fetch(`${simulator.url}/v26.0/7001/media`, { method: 'POST', headers, body: form });
  return ((await response.json()) as { id: string }).id;
}

async function refused(response: Promise<Response>) {
  const answer = await response;
  return [answer.status, ((await answer.json()) as Partial<ErrorResponse>).error?.code];
}

const buttons = (count: number, title = 'Yes') =>
  Array.from({ length: count }, (_item, index) => ({ type: 'reply', reply: { id: `b${index}`, title: `${title}${index}` } }));
const rows = (count: number, prefix = 'r') =>
  Array.from({ length: count }, (_item, index) => ({ id: `${prefix}${index}`, title: `Row ${index}`, description: 'More' }));
const body = { text: 'Pick one' };
const list = (sections: object[], more: object = {}) => ({ type: 'list', body, action: { button: 'Open', sections }, ...more });
const card = { name: { formatted_name: 'Grace H', first_name: 'Grace' }, phones: [{ phone: '+49155', type: 'CELL' }] };

describe('sending other types', () => {
  it.each<[string, SampleName, object]>([
    ['image', 'jpeg', { caption: 'front' }],
    ['video', 'mp4', { caption: 'c' }],
    ['audio', 'ogg', { voice: true }],
    ['document', 'pdf', { caption: 'c', filename: 'a.pdf' }],
    ['document', 'jpeg', {}],
    ['sticker', 'webp', {}],
  ])('takes an uploaded file as %s of %s', async (type, sample, more) => {
    const id = await uploaded(sample);
    expect((await post(simulator, of(type, { id, ...more }))).status).toBe(200);
    await simulator.control.settle();
    const send = simulator.control.accepted.at(-1)!;
    expect(send).toMatchObject({ type, body: { [type]: { id, ...more } } });
    expect(simulator.control.chat('7001', ada.phone).at(-1)).toMatchObject({ type, mediaId: id, content: { id } });
    const statuses = business.statuses().filter((status) => status.id === send.id);
    expect(statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read', ...(type === 'audio' ? ['played'] : [])]);
  });

  it.each<[string, unknown]>([
    ['image', { link: 'https://shop.example/a.jpg' }],
    ['location', { latitude: '52.52', longitude: '13.40', name: 'Shop', address: 'Street 1' }],
    ['location', { latitude: 52.52, longitude: 13.4 }],
    ['contacts', [card]],
    [
      'interactive',
      { type: 'button', header: { type: 'text', text: 'H' }, body, footer: { text: 'F' }, action: { buttons: buttons(3) } },
    ],
    [
      'interactive',
      list([
        { title: 'A', rows: rows(5) },
        { title: 'B', rows: rows(5, 's') },
      ]),
    ],
    [
      'interactive',
      { type: 'cta_url', body, action: { name: 'cta_url', parameters: { display_text: 'See', url: 'https://x.example' } } },
    ],
    ['interactive', { type: 'location_request_message', body, action: { name: 'send_location' } }],
  ])('takes %s %j', async (type, content) => {
    expect((await post(simulator, of(type, content))).status).toBe(200);
    expect(simulator.control.accepted.at(-1)).toMatchObject({ type, body: { [type]: content } });
  });

  it('takes a reaction and its removal, which show on the message', async () => {
    const reaction = (emoji: string) => of('reaction', { message_id: inbound, emoji });
    expect((await post(simulator, reaction('👍🏽'))).status).toBe(200);
    const shown = () => simulator.control.chat('7001', ada.phone).find(({ id }) => id === inbound)?.reactions;
    expect(shown()).toEqual([{ from: 'business', emoji: '👍🏽' }]);
    expect((await post(simulator, reaction(''))).status).toBe(200);
    expect(shown()).toEqual([]);
    expect(await refused(post(simulator, reaction('ok')))).toEqual([400, 131009]);
    expect(await refused(post(simulator, { ...reaction('👍'), context: { message_id: inbound } }))).toEqual([400, 131009]);
    expect(await refused(post(simulator, of('reaction', { message_id: 'wamid.NONE', emoji: '👍' })))).toEqual([400, 131009]);
  });

  it.each<[string, string, unknown, number]>([
    ['a key of another type', 'image', { link: 'https://x.example', voice: true }, 100],
    ['neither id nor link', 'image', { caption: 'x' }, 131008],
    ['both id and link', 'image', { id: '1', link: 'https://x.example' }, 131009],
    ['a link that is none', 'image', { link: 'file:///etc/passwd' }, 131009],
    ['a caption of 1,025 characters', 'image', { link: 'https://x.example', caption: '😀'.repeat(1025) }, 131009],
    ['a caption of a sticker', 'sticker', { link: 'https://x.example', caption: 'x' }, 100],
    ['a place off the globe', 'location', { latitude: 91, longitude: 0 }, 131009],
    ['a place without longitude', 'location', { latitude: 1 }, 131008],
    ['no contacts', 'contacts', [], 131008],
    ['258 contacts', 'contacts', Array.from({ length: 258 }, () => card), 131009],
    ['a contact with one name only', 'contacts', [{ name: { formatted_name: 'Grace' } }], 131009],
    ['four buttons', 'interactive', { type: 'button', body, action: { buttons: buttons(4) } }, 131009],
    ['no buttons', 'interactive', { type: 'button', body, action: { buttons: [] } }, 131008],
    [
      'a button of 21 characters',
      'interactive',
      { type: 'button', body, action: { buttons: buttons(1, 'x'.repeat(20)) } },
      131009,
    ],
    [
      'buttons of one id',
      'interactive',
      { type: 'button', body, action: { buttons: [...buttons(1), { type: 'reply', reply: { id: 'b0', title: 'No' } }] } },
      131009,
    ],
    [
      'a body of 1,025',
      'interactive',
      { type: 'button', body: { text: 'x'.repeat(1025) }, action: { buttons: buttons(1) } },
      131009,
    ],
    [
      'a footer of 61',
      'interactive',
      { type: 'button', body, footer: { text: 'x'.repeat(61) }, action: { buttons: buttons(1) } },
      131009,
    ],
    [
      'eleven rows',
      'interactive',
      list([
        { title: 'A', rows: rows(6) },
        { title: 'B', rows: rows(5, 's') },
      ]),
      131009,
    ],
    ['two sections without a title', 'interactive', list([{ rows: rows(1) }, { title: 'B', rows: rows(1, 's') }]), 131009],
    [
      'rows of one id',
      'interactive',
      list([
        { title: 'A', rows: rows(1) },
        { title: 'B', rows: rows(1) },
      ]),
      131009,
    ],
    ['a picture above a list', 'interactive', list([{ rows: rows(1) }], { header: { type: 'image', image: { id: '1' } } }), 100],
    ['a kind nobody knows', 'interactive', { type: 'hologram', body }, 131009],
    ['an unknown key deep inside', 'interactive', list([{ rows: [{ id: 'a', title: 'A', colour: 'red' }] }]), 100],
  ])('is refused with %s', async (_name, type, content, code) => {
    const before = simulator.control.accepted.length;
    expect(await refused(post(simulator, of(type, content)))).toEqual([400, code]);
    expect(simulator.control.accepted).toHaveLength(before);
  });

  it('takes a list body of 4,096 characters', async () => {
    const long = list([{ rows: rows(10) }], { body: { text: '😀'.repeat(4096) } });
    expect((await post(simulator, of('interactive', long))).status).toBe(200);
  });

  it('is refused with the content of another type beside its own', async () => {
    expect(await refused(post(simulator, { ...text, image: { link: 'https://x.example' } }))).toEqual([400, 100]);
  });
});

describe('a file that does not fit', () => {
  it.each<[string, () => Promise<object>]>([
    ['does not exist', async () => of('image', { id: '999' })],
    ['is of another kind', async () => of('image', { id: await uploaded('pdf') })],
    ['is no voice', async () => of('audio', { id: await uploaded('mp4'), voice: true })],
    [
      'stands in a header',
      async () =>
        of('interactive', {
          type: 'button',
          header: { type: 'image', image: { id: '999' } },
          body,
          action: { buttons: buttons(1) },
        }),
    ],
  ])('fails by webhook with 131053, or at once when set: %s', async (_name, request) => {
    const asked = await request();
    const { messages } = (await (await post(simulator, asked)).json()) as SendResponse;
    await simulator.control.settle();
    expect(business.statuses().filter(({ id }) => id === messages[0]?.id)).toMatchObject([
      { status: 'failed', errors: [{ code: 131053 }] },
    ]);
    simulator.control.settings.isMediaRefusedAtOnce = true;
    expect(await refused(post(simulator, asked))).toEqual([400, 131053]);
    simulator.control.settings.isMediaRefusedAtOnce = false;
  });
});

describe('what the customer sees of the business', () => {
  it('is reading and typing, for 25 s or until it writes', async () => {
    const receipt = { messaging_product: 'whatsapp', status: 'read', message_id: inbound, typing_indicator: { type: 'text' } };
    await post(simulator, receipt);
    expect(simulator.control.chatState('7001', ada.phone)).toMatchObject({ isTyping: true, isWindowOpen: true, freeUntil: null });
    const written = simulator.control.chat('7001', ada.phone).filter(({ from }) => from === 'customer');
    expect(written.every(({ isRead }) => isRead)).toBe(true);
    await post(simulator, text);
    expect(simulator.control.chatState('7001', ada.phone).isTyping).toBe(false);
  });

  it('is refused at once outside the window when that is set', async () => {
    simulator.control.settings.refuseAtOnce = true;
    expect(await refused(post(simulator, { ...text, to: '+4915559999' }))).toEqual([400, 131047]);
    simulator.control.settings.refuseAtOnce = false;
  });
});
