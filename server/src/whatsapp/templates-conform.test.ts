import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SampleName, sampleOf } from '../../simulator/samples.ts';
import { number } from '../../simulator/test-business.ts';
import { type Along, startStrictMeta, type StrictMeta, valueOf } from '../../test/harness/strict-meta.ts';
import { until } from '../../test/harness/until.ts';
import type { Parts, TemplateValues } from './content.ts';
import { readEnvelope } from './read-envelope.ts';
import { renderTemplate } from './render-template.ts';
import type { TemplateDefinition } from './template-calls.ts';
import type { TemplateButton, TemplateCard, TemplateComponent } from './template-components.ts';
import { templateFaults } from './template-faults.ts';
import { valuesFaults } from './values-faults.ts';

let meta: StrictMeta;
const { token, wabaId } = number;

beforeAll(async () => {
  meta = await startStrictMeta();
});

afterAll(() => meta.close());

describe('templates', () => {
  const BODY: TemplateComponent = {
    type: 'BODY',
    text: 'Hi {{1}}, order {{2}} is ready.',
    example: { body_text: [['Ada', 'A1']] },
  };
  let count = 0;

  async function made(more: Partial<TemplateDefinition>): Promise<{ definition: TemplateDefinition; templateId: string }> {
    const definition: TemplateDefinition = {
      name: `t_${++count}`,
      language: 'en_US',
      category: 'UTILITY',
      components: [BODY],
      ...more,
    };
    expect(templateFaults(definition)).toEqual([]);
    const { templateId } = valueOf(await meta.api.createTemplate(wabaId, token, definition));
    await until(async () => (await found(definition.name))?.status === 'APPROVED');
    return { definition, templateId };
  }

  async function found(name: string) {
    const { items, isWhole } = valueOf(await meta.api.listTemplates(wabaId, token, { pageSize: 2 }));
    expect(isWhole).toBe(true);
    return items.find((template) => template.name === name);
  }

  type Header = Along & { headerLocation?: Parts['location'] };
  async function sent(name: string, values: TemplateValues, { headerLocation, ...files }: Header = {}) {
    const template = await found(name);
    if (!template) throw new Error('No such template.');
    const { text, ...shown } = renderTemplate(template.components, values);
    const cards = files.cardMedia?.map(() => true);
    const given = { media: files.media !== undefined, location: headerLocation !== undefined, cards };
    const faults = valuesFaults(template.components, values, given);
    const outcome = await meta.send(
      'TEMPLATE',
      text,
      { template: { name, language: template.language, values, headerLocation, ...shown } },
      files,
    );
    return {
      faults: faults.map(({ path }) => path.join('.')),
      outcome: outcome.kind,
      code: outcome.kind === 'refused' ? outcome.error.code : null,
    };
  }
  const GOOD = { faults: [], outcome: 'accepted', code: null };

  it('are made, read, sent with their values, edited and deleted', async () => {
    const { definition, templateId } = await made({
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['A1'] } },
        BODY,
        { type: 'FOOTER', text: 'Shop' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Stop' },
            { type: 'URL', text: 'Track', url: 'https://x.example/{{1}}', example: ['https://x.example/A1'] },
            { type: 'COPY_CODE', example: '25OFF' },
            { type: 'PHONE_NUMBER', text: 'Call', phone_number: '493055501' },
          ],
        },
      ],
    });
    expect(await found(definition.name)).toMatchObject({
      templateId,
      category: 'UTILITY',
      parameterFormat: 'POSITIONAL',
      components: { length: 4 },
    });
    const values = { header: { 1: 'A1' }, body: { 1: 'Ada', 2: 'A1' }, buttons: { 0: 'STOP', 1: 'A1', 2: '25OFF' } };
    expect(await sent(definition.name, values)).toEqual(GOOD);
    expect(await sent(definition.name, { ...values, buttons: { 1: 'A1', 2: '25OFF' } })).toEqual(GOOD);
    expect(await sent(definition.name, { ...values, body: { 1: 'Ada' } })).toMatchObject({
      faults: ['values.body.2'],
      code: 132000,
    });
    expect(await sent(definition.name, { ...values, buttons: { 2: '25OFF' } })).toMatchObject({
      faults: ['values.buttons.1'],
      code: 131008,
    });
    expect(await sent(definition.name, { ...values, body: { 1: 'a\nb', 2: 'A1' } })).toMatchObject({
      faults: ['values.body.1'],
      code: 132018,
    });
    const around = 'Hi , order A1 is ready.'.length;
    expect(await sent(definition.name, { ...values, body: { 1: '😀'.repeat(1024 - around), 2: 'A1' } })).toEqual(GOOD);
    expect(await sent(definition.name, { ...values, body: { 1: '😀'.repeat(1025 - around), 2: 'A1' } })).toMatchObject({
      faults: ['values.body'],
      code: 132005,
    });
    expect(await meta.api.editTemplate(templateId, token, { components: [BODY] })).toEqual({ kind: 'done', value: true });
    expect(await meta.api.deleteTemplate(wabaId, token, { name: definition.name, templateId })).toEqual({
      kind: 'done',
      value: true,
    });
    expect(await found(definition.name)).toBeUndefined();
  });

  it('have named values', async () => {
    const body_text_named_params = [{ param_name: 'first', example: 'Ada' }];
    const components: TemplateComponent[] = [
      { type: 'BODY', text: 'Hi {{first}}, welcome.', example: { body_text_named_params } },
    ];
    const { definition } = await made({ parameterFormat: 'NAMED', category: 'MARKETING', components });
    expect((await found(definition.name))?.parameterFormat).toBe('NAMED');
    expect(await sent(definition.name, { body: { first: 'Ada' } })).toEqual(GOOD);
  });

  it.each<['IMAGE' | 'VIDEO' | 'DOCUMENT', SampleName]>([
    ['IMAGE', 'jpeg'],
    ['VIDEO', 'mp4'],
    ['DOCUMENT', 'pdf'],
  ])('have a header of a file: %s', async (format, name) => {
    const { bytes, mimeType, fileName } = sampleOf(name);
    const handle = valueOf(await meta.api.uploadHandle('4001', token, { bytes, size: bytes.length, mimeType, fileName }));
    const header: TemplateComponent = { type: 'HEADER', format, example: { header_handle: [handle] } };
    const { definition } = await made({ components: [header, BODY] });
    const values = { body: { 1: 'Ada', 2: 'A1' } };
    expect(await sent(definition.name, values, { media: await meta.upload(name) })).toEqual(GOOD);
    expect(await sent(definition.name, values)).toMatchObject({ faults: ['header'], code: 132012 });
  });

  it('have a header of a place', async () => {
    const { definition } = await made({
      components: [
        { type: 'HEADER', format: 'LOCATION' },
        { type: 'BODY', text: 'Come!' },
      ],
    });
    const place = { latitude: 1, longitude: 2, name: 'Shop', address: 'Street 1' };
    expect(await sent(definition.name, {}, { headerLocation: place })).toEqual(GOOD);
    expect(await sent(definition.name, {})).toMatchObject({ faults: ['header'], code: 132012 });
  });

  it('have cards', async () => {
    const { bytes, mimeType, fileName } = sampleOf('jpeg');
    const handle = valueOf(await meta.api.uploadHandle('4001', token, { bytes, size: bytes.length, mimeType, fileName }));
    const card: TemplateCard = {
      components: [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: [handle] } },
        { type: 'BODY', text: 'Only {{1}} left', example: { body_text: [['3']] } },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'Open', url: 'https://x.example/{{1}}', example: ['https://x.example/1'] },
            { type: 'QUICK_REPLY', text: 'More' },
          ],
        },
      ],
    };
    const { definition } = await made({ category: 'MARKETING', components: [BODY, { type: 'CAROUSEL', cards: [card, card] }] });
    const files = [await meta.upload('jpeg'), await meta.upload('jpeg')];
    const one = { body: { 1: '3' }, buttons: { 0: 'a' } };
    const values = { body: { 1: 'Ada', 2: 'A1' }, cards: [one, { ...one, buttons: { 0: 'b', 1: 'MORE' } }] };
    expect(await sent(definition.name, values, { cardMedia: files })).toEqual(GOOD);
    expect(await sent(definition.name, values, { cardMedia: files.slice(1) })).toMatchObject({
      faults: ['values.cards.1.header'],
      code: 132012,
    });
    expect(await sent(definition.name, { ...values, cards: [one, {}] }, { cardMedia: files })).toMatchObject({
      faults: ['values.cards.1.body.1', 'values.cards.1.buttons.0'],
      code: 132000,
    });
    const long = { ...one, body: { 1: 'x'.repeat(161 - 'Only  left'.length) } };
    expect(await sent(definition.name, { ...values, cards: [long, one] }, { cardMedia: files })).toMatchObject({
      faults: ['values.cards.0.body'],
      code: 132005,
    });
  });

  it('have an offer that ends', async () => {
    const components: TemplateComponent[] = [
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Spring sale', has_expiration: true } },
      BODY,
      { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: '25OFF' }] },
    ];
    const { definition } = await made({ category: 'MARKETING', components });
    const values = { body: { 1: 'Ada', 2: 'A1' }, buttons: { 0: '25OFF' } };
    expect(await sent(definition.name, { ...values, offerExpiresAt: Date.now() + 3_600_000 })).toEqual(GOOD);
    expect(await sent(definition.name, values)).toMatchObject({ faults: ['values.offerExpiresAt'], code: 131008 });
  });

  it('hand over codes', async () => {
    const otp: TemplateButton = { type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy' };
    const components: TemplateComponent[] = [
      { type: 'BODY', add_security_recommendation: true },
      { type: 'FOOTER', code_expiration_minutes: 5 },
      { type: 'BUTTONS', buttons: [otp] },
    ];
    const { definition } = await made({ category: 'AUTHENTICATION', components });
    const outcome = await sent(definition.name, { body: { 1: '123456' }, buttons: { 0: '123456' } });
    expect(outcome).toMatchObject({ outcome: 'accepted' });
  });

  it('are refused by Meta where we find them faulty', async () => {
    // Good ones come more often, or nearly nothing would be taken.
    const bodies = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom<[string, ...string[]]>(['Plain.'], ['Hi {{1}}, ok.', 'A'], ['a {{1}} b {{2}} c', 'A', 'B']),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom<[string, ...string[]]>(
          ['{{1}} hi', 'A'],
          ['hi {{1}}', 'A'],
          ['a {{2}} b', 'A'],
          ['a {{1}} b'],
          ['a {{1}} {{2}}.', 'A', 'B'],
          [''],
          ['x'.repeat(1025)],
          ['a {{1} b', 'A'],
        ),
      },
    );
    const footers = fc.constantFrom('Shop', 'Shop', 'Shop', 'f'.repeat(61), 'by {{1}} us');
    const headers = fc.constantFrom('Order', 'Order', 'Order {{1}}', 'Order {{1}}', 'h'.repeat(61), 'a\nb', '{{1}} {{2}}');
    const buttons = fc.constantFrom<TemplateButton>(
      { type: 'QUICK_REPLY', text: 'Stop' },
      { type: 'QUICK_REPLY', text: 'Go' },
      { type: 'QUICK_REPLY', text: 'x'.repeat(26) },
      { type: 'URL', text: 'Open', url: 'https://x.example' },
      { type: 'URL', text: 'Track', url: 'https://x.example/{{1}}', example: ['https://x.example/1'] },
      { type: 'URL', text: 'Bare', url: 'https://x.example/{{1}}' },
      { type: 'URL', text: 'Wrong', url: 'x.example' },
      { type: 'PHONE_NUMBER', text: 'Call', phone_number: '493055501' },
      { type: 'PHONE_NUMBER', text: 'Nobody', phone_number: 'none' },
      { type: 'COPY_CODE', example: '25OFF' },
      { type: 'COPY_CODE', example: 'x'.repeat(21) },
      { type: 'FLOW', text: 'Form' },
    );
    const definitions = fc.record({
      body: bodies,
      footer: fc.option(footers),
      header: fc.option(headers),
      buttons: fc.option(fc.uniqueArray(buttons, { minLength: 1, maxLength: 4, selector: ({ text, type }) => text ?? type }), {
        freq: 1,
      }),
    });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(definitions, async (drawn) => {
        const [text, ...examples] = drawn.body;
        const components: TemplateComponent[] = [{ type: 'BODY', text, example: { body_text: [examples] } }];
        if (drawn.header)
          components.unshift({ type: 'HEADER', format: 'TEXT', text: drawn.header, example: { header_text: ['A1'] } });
        if (drawn.footer) components.push({ type: 'FOOTER', text: drawn.footer });
        if (drawn.buttons) components.push({ type: 'BUTTONS', buttons: drawn.buttons });
        const definition: TemplateDefinition = { name: `p_${++count}`, language: 'en', category: 'UTILITY', components };
        const faults = templateFaults(definition);
        const outcome = await meta.api.createTemplate(wabaId, token, definition);
        if (outcome.kind === 'done') {
          taken++;
          await meta.api.deleteTemplate(wabaId, token, { name: definition.name });
        }
        expect([outcome.kind === 'done', faults, outcome]).toEqual([faults.length === 0, faults, outcome]);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(20);
  });

  it('have told us nothing that cannot be read', async () => {
    await meta.simulator.control.settle();
    const read = meta.business.webhooks.map(({ envelope }) => readEnvelope(envelope));
    expect(read.flatMap(({ rejects }) => rejects)).toEqual([]);
    const notices = read.flatMap(({ changes }) => changes.flatMap((change) => change.notices));
    expect(new Set(notices.map(({ kind }) => kind))).toEqual(new Set(['template-status']));
  });
});
