import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateValues } from './content.ts';
import { renderTemplate } from './render-template.ts';
import { readComponents, type TemplateComponent } from './template-components.ts';
import { variablesOf } from './template-variables.ts';
import { type HeaderGiven, valuesFaults } from './values-faults.ts';

// As Meta gives it: types in either case, numbers and names mixed up at will.
const WIRE = [
  { type: 'header', format: 'text', text: 'Order {{1}}', example: { header_text: ['A1'] } },
  { type: 'Body', text: 'Hi {{1}}, {{2}} is {{ 2 }}.', example: { body_text: [['Ada', 'it']] } },
  { type: 'FOOTER', text: 'Shop' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Stop' },
      { type: 'URL', text: 'Track', url: 'https://x.example/{{1}}', example: ['https://x.example/A1'] },
      { type: 'COPY_CODE', text: 'Copy', example: '25OFF' },
      { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+49 30' },
    ],
  },
];
const COMPONENTS = readComponents(WIRE);
const VALUES: TemplateValues = { header: { 1: 'A1' }, body: { 1: 'Ada', 2: 'it' }, buttons: { 0: 'STOP', 1: 'A1', 2: '25OFF' } };
const faults = (values: TemplateValues, components: readonly TemplateComponent[] = COMPONENTS, given?: HeaderGiven) =>
  valuesFaults(components, values, given).map(({ path, code }) => `${path.join('.')}${code === 'BAD_INPUT' ? '' : ` ${code}`}`);
const named = readComponents([
  {
    type: 'BODY',
    text: 'Hi {{first}}, bye {{last_name}}.',
    example: {
      body_text_named_params: [
        { param_name: 'last_name', example: 'L' },
        { param_name: 'first', example: 'Ada' },
      ],
    },
  },
]);

describe('a template', () => {
  it('says what it needs, from top to bottom', () => {
    expect(variablesOf(COMPONENTS)).toEqual([
      { place: 'HEADER', name: '1', type: 'TEXT', example: 'A1' },
      { place: 'BODY', name: '1', type: 'TEXT', example: 'Ada' },
      { place: 'BODY', name: '2', type: 'TEXT', example: 'it' },
      { place: 'BUTTON', name: '1', type: 'URL_ENDING', label: 'Track', example: 'https://x.example/A1' },
      { place: 'BUTTON', name: '2', type: 'COUPON', label: 'Copy', example: '25OFF' },
    ]);
    expect(variablesOf(named).map(({ name, example }) => [name, example])).toEqual([
      ['first', 'Ada'],
      ['last_name', 'L'],
    ]);
  });

  it('takes the code of an authentication template in its text and on its button', () => {
    const url = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';
    const code = readComponents([
      { type: 'BODY', text: '*{{1}}* is your verification code.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Copy code', url }] },
    ]);
    expect(variablesOf(code).map(({ place, type }) => [place, type])).toEqual([
      ['BODY', 'TEXT'],
      ['BUTTON', 'CODE'],
    ]);
    expect(faults({ body: { 1: '123456' }, buttons: { 0: '123456' } }, code)).toEqual([]);
    expect(faults({ body: { 1: '1' }, buttons: { 0: '1'.repeat(16) } }, code)).toEqual(['values.buttons.0 TEXT_TOO_LONG']);
  });

  it('is shown with its values, and with what is still missing', () => {
    expect(renderTemplate(COMPONENTS, VALUES)).toEqual({
      header: 'Order A1',
      text: 'Hi Ada, it is it.',
      footer: 'Shop',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Stop' },
        { type: 'URL', text: 'Track', url: 'https://x.example/A1' },
        { type: 'COPY_CODE', text: 'Copy', code: '25OFF' },
        { type: 'PHONE_NUMBER', text: 'Call', phone: '+49 30' },
      ],
    });
    expect(renderTemplate(COMPONENTS, { body: { 2: 'it' } })).toMatchObject({
      header: 'Order {{1}}',
      text: 'Hi {{1}}, it is it.',
    });
    expect(renderTemplate(readComponents([{ type: 'BODY', add_security_recommendation: true }]), {}).text).toBeNull();
  });

  it('shows values as they are, whatever signs they hold', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        const { text } = renderTemplate(COMPONENTS, { body: { 1: one, 2: two } });
        expect(text).toBe(`Hi ${one}, ${two} is ${two}.`);
      }),
    );
  });

  it('is read from whatever stands there, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const components = readComponents(raw);
        expect(readComponents(JSON.parse(JSON.stringify(components)))).toEqual(components);
      }),
    );
    const piece = fc.record(
      {
        type: fc.constantFrom('HEADER', 'body', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER', 'NEW'),
        format: fc.anything(),
        text: fc.anything(),
        example: fc.anything(),
        buttons: fc.array(fc.anything()),
        cards: fc.anything(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(fc.property(fc.array(piece), (raw) => void variablesOf(readComponents(raw))));
  });
});

describe('the values of a template', () => {
  it('are good when each has its place and each place its value', () => {
    expect(faults(VALUES)).toEqual([]);
    expect(faults({ ...VALUES, buttons: { 1: 'A1', 2: '25OFF' } })).toEqual([]);
    expect(faults({ body: { first: 'Ada', last_name: 'L' } }, named)).toEqual([]);
  });

  it('are neither too few nor too many', () => {
    expect(faults({ ...VALUES, header: {} })).toEqual(['values.header.1']);
    expect(faults({ ...VALUES, body: { 1: 'Ada', 2: ' ' } })).toEqual(['values.body.2']);
    expect(faults({ ...VALUES, body: { 1: 'Ada', 2: 'it', 3: 'more' } })).toEqual(['values.body.3']);
    expect(faults({ ...VALUES, buttons: { ...VALUES.buttons, 3: 'call' } })).toEqual(['values.buttons.3']);
    expect(faults({})).toEqual(['values.header.1', 'values.body.1', 'values.body.2', 'values.buttons.1', 'values.buttons.2']);
    expect(faults({ body: { 1: 'Ada' } }, named)).toEqual(['values.body.first', 'values.body.last_name', 'values.body.1']);
  });

  it('have no line breaks, tabs or gaps', () => {
    for (const value of ['a\nb', 'a\tb', 'a     b'])
      expect(faults({ ...VALUES, body: { 1: value, 2: 'x' } })).toEqual(['values.body.1']);
    expect(faults({ ...VALUES, body: { 1: 'a    b', 2: 'x' } })).toEqual([]);
    expect(faults({ ...VALUES, buttons: { 1: 'a b', 2: 'x' } })).toEqual(['values.buttons.1']);
  });

  it('count together with the text around them', () => {
    const around = 'Hi , x is x.'.length;
    const fits = (length: number) => faults({ ...VALUES, body: { 1: '😀'.repeat(length), 2: 'x' } });
    expect(fits(1024 - around)).toEqual([]);
    expect(fits(1024 - around + 1)).toEqual(['values.body TEXT_TOO_LONG']);
    expect(faults({ ...VALUES, header: { 1: 'x'.repeat(55) } })).toEqual(['values.header TEXT_TOO_LONG']);
    expect(faults({ ...VALUES, buttons: { 1: 'x'.repeat(1_983), 2: 'x' } })).toEqual(['values.buttons.1 TEXT_TOO_LONG']);
    expect(faults({ ...VALUES, buttons: { 1: 'x', 2: 'x'.repeat(21) } })).toEqual(['values.buttons.2 TEXT_TOO_LONG']);
    expect(faults({ ...VALUES, buttons: { ...VALUES.buttons, 0: 'x'.repeat(257) } })).toEqual(['values.buttons.0 TEXT_TOO_LONG']);
  });

  it('come with the header that the template has', () => {
    const body = { type: 'BODY', text: 'Hi' };
    const image = readComponents([{ type: 'HEADER', format: 'IMAGE', example: { header_handle: ['https://x.example'] } }, body]);
    const place = readComponents([{ type: 'HEADER', format: 'LOCATION' }, body]);
    expect(faults({}, image)).toEqual(['header']);
    expect(faults({}, image, { media: true })).toEqual([]);
    expect(faults({}, place)).toEqual(['header']);
    expect(faults({}, place, { location: true })).toEqual([]);
    expect(faults({}, readComponents([body]), { media: true })).toEqual(['header']);
    expect(faults({}, readComponents([body]), { location: true })).toEqual(['header']);
  });

  it('cannot be given to kinds that are sent from elsewhere', () => {
    const body = { type: 'BODY', text: 'Hi' };
    const product = { components: [{ type: 'HEADER', format: 'PRODUCT' }] };
    for (const other of [{ type: 'CAROUSEL', cards: [product] }, { type: 'MPM' }])
      expect(faults({}, readComponents([body, other]))).toContain('template');
  });

  it('stand card by card in a carousel, with the file of each', () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: 'Only {{1}} left' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'Open', url: 'https://x.example/{{1}}' },
            { type: 'QUICK_REPLY', text: 'More' },
          ],
        },
      ],
    };
    const carousel = readComponents([
      { type: 'BODY', text: 'For {{1}} now' },
      { type: 'carousel', cards: [card, card] },
    ]);
    const of = (cards: TemplateValues['cards'], given: HeaderGiven = { cards: [true, true] }) =>
      faults({ body: { 1: 'Ada' }, cards }, carousel, given);
    const good = { body: { 1: '3' }, buttons: { 0: 'a' } };
    expect(of([good, { body: { 1: '4' }, buttons: { 0: 'b', 1: 'MORE' } }])).toEqual([]);
    expect(of([good, good], { cards: [true] })).toEqual(['values.cards.1.header']);
    expect(of([good])).toEqual(['values.cards.1.body.1', 'values.cards.1.buttons.0']);
    expect(of([good, good, good])).toEqual(['values.cards']);
    expect(of([good, { ...good, body: { 1: '3', 2: '4' } }])).toEqual(['values.cards.1.body.2']);
    const around = 'Only  left'.length;
    expect(of([{ ...good, body: { 1: 'x'.repeat(160 - around) } }, good])).toEqual([]);
    expect(of([{ ...good, body: { 1: 'x'.repeat(161 - around) } }, good])).toEqual(['values.cards.0.body TEXT_TOO_LONG']);
    expect(faults({ body: { 1: 'Ada' } }, readComponents([{ type: 'BODY', text: 'For {{1}} now' }]), { cards: [] })).toEqual([]);
  });

  it('say when an offer ends, if it does, and count a shorter text', () => {
    const offer = (has_expiration: boolean) =>
      readComponents([
        { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Sale', has_expiration } },
        { type: 'BODY', text: 'Hi {{1}}.' },
      ]);
    const body = { 1: 'Ada' };
    expect(faults({ body, offerExpiresAt: 1 }, offer(true))).toEqual([]);
    expect(faults({ body }, offer(true))).toEqual(['values.offerExpiresAt']);
    expect(faults({ body }, offer(false))).toEqual([]);
    expect(faults({ body, offerExpiresAt: 1 }, offer(false))).toEqual(['values.offerExpiresAt']);
    expect(faults({ body: { 1: 'x'.repeat(597) } }, offer(false))).toEqual(['values.body TEXT_TOO_LONG']);
  });
});
