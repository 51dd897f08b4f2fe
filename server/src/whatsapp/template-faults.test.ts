import { describe, expect, it } from 'vitest';
import type { TemplateDefinition } from './template-calls.ts';
import type { TemplateButton, TemplateComponent } from './template-components.ts';
import { templateFaults } from './template-faults.ts';

const BODY: TemplateComponent = { type: 'BODY', text: 'Hi {{1}}, it is {{2}}.', example: { body_text: [['Ada', 'ready']] } };
const GOOD: TemplateDefinition = { name: 'order_ok', language: 'en_US', category: 'UTILITY', components: [BODY] };
const faults = (change: Partial<TemplateDefinition>) =>
  templateFaults({ ...GOOD, ...change }).map(({ path, code }) => `${path.join('.')}${code === 'BAD_INPUT' ? '' : ` ${code}`}`);
const withText = (text: string, ...examples: string[]) =>
  faults({ components: [{ type: 'BODY', text, example: { body_text: [examples] } }] });
const withButtons = (...buttons: TemplateButton[]) => faults({ components: [BODY, { type: 'BUTTONS', buttons }] });
const quick = (text: string): TemplateButton => ({ type: 'QUICK_REPLY', text });
const link = (text: string, url = 'https://x.example/'): TemplateButton => ({ type: 'URL', text, url });
const OTP: TemplateComponent = { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] };

describe('a template that is to be made', () => {
  it('may have everything at its limit', () => {
    const quicks = Array.from({ length: 6 }, (_button, index) => quick(`Quick ${index}`));
    const rest: TemplateButton[] = [
      link('One'),
      { ...link('Two', 'https://x.example/{{1}}'), example: ['https://x.example/1'] },
      { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+493055501' },
      { type: 'COPY_CODE', example: '25OFF' },
    ];
    expect(
      faults({
        name: 'n'.repeat(512),
        ttlSeconds: 600,
        components: [
          { type: 'HEADER', format: 'TEXT', text: `${'h'.repeat(55)}{{1}}`, example: { header_text: ['A1'] } },
          { type: 'BODY', text: `${'ب'.repeat(1018)}{{1}}.`, example: { body_text: [['A']] } },
          { type: 'FOOTER', text: 'f'.repeat(60) },
          { type: 'BUTTONS', buttons: [...quicks, ...rest] },
        ],
      }),
    ).toEqual([]);
  });

  it('has a name and a language as Meta writes them, and gives up in time', () => {
    expect(faults({ name: 'Order' })).toEqual(['name']);
    expect(faults({ name: '' })).toEqual(['name']);
    expect(faults({ name: 'n'.repeat(513) })).toEqual(['name TEXT_TOO_LONG']);
    expect(faults({ language: 'en-US' })).toEqual(['language']);
    expect(faults({ language: 'fil' })).toEqual([]);
    expect(faults({ ttlSeconds: 29 })).toEqual(['ttlSeconds']);
    expect(faults({ category: 'MARKETING', ttlSeconds: 600 })).toEqual(['ttlSeconds']);
  });

  it('has one text, neither too long nor too much of anything', () => {
    expect(faults({ components: [] })).toEqual(['components']);
    expect(faults({ components: [BODY, BODY] })).toEqual(['components']);
    expect(withText('x'.repeat(1025))).toEqual(['components.0.text TEXT_TOO_LONG']);
    expect(withText('😀'.repeat(1024))).toEqual([]);
    expect(faults({ components: [BODY, { type: 'FOOTER', text: 'f'.repeat(61) }] })).toEqual(['components.1.text TEXT_TOO_LONG']);
    expect(faults({ components: [BODY, { type: 'FOOTER', text: 'by {{1}}' }] })).toEqual(['components.1.text']);
    expect(faults({ components: [BODY, { type: 'OTHER', name: 'MPM' }] })).toEqual(['components.1']);
    expect(faults({ components: [BODY, { type: 'CAROUSEL', cards: [] }] })).toEqual(['components.1.cards']);
  });

  it('neither begins nor ends with a variable, numbers them without gaps, and has an example for each', () => {
    expect(withText('{{1}} hi', 'a')).toEqual(['components.0.text']);
    expect(withText('hi {{1}}', 'a')).toEqual(['components.0.text']);
    expect(withText('a {{2}} b', 'a')).toEqual(['components.0.text']);
    expect(withText('a {{1}} {{3}} b', 'a', 'b')).toEqual(['components.0.text']);
    expect(withText('a {{2}} {{1}} {{2}} b', 'a', 'b')).toEqual([]);
    expect(withText('a {{1}} {{2}} b', 'a')).toEqual(['components.0.example']);
    expect(withText('a {{1}} b', ' ')).toEqual(['components.0.example']);
    expect(withText('a {{1}} {{2}}.', 'a', 'b')).toEqual(['components.0.text']);
    expect(withText('a {{1} b', 'a')).toEqual(['components.0.text']);
    expect(withText('a {{first name}} b')).toEqual(['components.0.text']);
  });

  it('names variables in small letters', () => {
    const named = (text: string, ...names: string[]) => {
      const body_text_named_params = names.map((param_name) => ({ param_name, example: 'x' }));
      return faults({ parameterFormat: 'NAMED', components: [{ type: 'BODY', text, example: { body_text_named_params } }] });
    };
    expect(named('Hi {{first_name}}!', 'first_name')).toEqual([]);
    expect(named('Hi {{First}}!', 'First')).toEqual(['components.0.text']);
    expect(named('Hi {{first}}!', 'last')).toEqual(['components.0.example']);
    expect(named('Hi {{1}}!', '1')).toEqual(['components.0.text']);
  });

  it('has a header of one kind, with its example', () => {
    const header = (more: object) =>
      faults({ components: [{ type: 'HEADER', format: 'TEXT', ...more } as TemplateComponent, BODY] });
    expect(header({ text: 'Order' })).toEqual([]);
    expect(header({})).toEqual(['components.0.text']);
    expect(header({ text: 'h'.repeat(61) })).toEqual(['components.0.text TEXT_TOO_LONG']);
    expect(header({ text: '{{1}} {{2}}', example: { header_text: ['a', 'b'] } })).toEqual(['components.0.text']);
    for (const text of ['a\nb', '*a*', 'a 😀']) expect(header({ text })).toEqual(['components.0.text']);
    expect(header({ text: 'Order {{1}}', example: { header_text: ['A1'] } })).toEqual([]);
    expect(header({ format: 'IMAGE' })).toEqual(['components.0.example']);
    expect(header({ format: 'IMAGE', example: { header_handle: ['4::x'] } })).toEqual([]);
    expect(header({ format: 'LOCATION' })).toEqual([]);
  });

  it('has buttons of few types, few of each, and quick replies together', () => {
    expect(withButtons()).toEqual(['components.1.buttons']);
    expect(withButtons(...Array.from({ length: 10 }, (_button, index) => quick(`Q${index}`)))).toEqual([]);
    expect(withButtons(...Array.from({ length: 11 }, (_button, index) => quick(`Q${index}`)))).toEqual([
      'components.1.buttons',
      'components.1.buttons',
    ]);
    expect(withButtons(link('A'), link('B'), link('C'))).toEqual(['components.1.buttons']);
    expect(withButtons(link('A'), quick('B'), quick('C'))).toEqual([]);
    expect(withButtons(link('A'), quick('B'), quick('C'), link('D'))).toEqual([]);
    expect(withButtons(quick('B'), link('A'), quick('C'))).toEqual(['components.1.buttons']);
    expect(withButtons(quick('A'), quick('A'))).toEqual(['components.1.buttons']);
    expect(withButtons({ type: 'CATALOG', text: 'See' })).toEqual(['components.1.buttons.0.type']);
    expect(withButtons({ type: 'constructor', text: 'See' })).toEqual(['components.1.buttons.0.type']);
  });

  it('says on each button what Meta wants to know', () => {
    const at = 'components.1.buttons.0';
    expect(withButtons(quick('x'.repeat(26)))).toEqual([`${at}.text TEXT_TOO_LONG`]);
    expect(withButtons(quick('Hi {{1}}'))).toEqual([`${at}.text`]);
    expect(withButtons(link('A', 'javascript:x'))).toEqual([`${at}.url`]);
    expect(withButtons(link('A', 'https://x.example/{{1}}'))).toEqual([`${at}.example`]);
    expect(withButtons({ ...link('A', 'https://x.example/{{1}}/end'), example: ['x'] })).toEqual([`${at}.url`]);
    expect(withButtons(link('A', `https://x.example/${'x'.repeat(2_000)}`))).toEqual([`${at}.url TEXT_TOO_LONG`]);
    expect(withButtons({ type: 'PHONE_NUMBER', text: 'Call', phone_number: 'none' })).toEqual([`${at}.phone_number`]);
    expect(withButtons({ type: 'COPY_CODE', example: 'x'.repeat(21) })).toEqual([`${at}.example TEXT_TOO_LONG`]);
    expect(withButtons({ type: 'FLOW', text: 'Open' })).toEqual([`${at}.flow_id`]);
    expect(withButtons({ type: 'REQUEST_CONTACT_INFO' })).toEqual([]);
  });

  it('hands over a code with one button and without words of its own', () => {
    const code = (...components: TemplateComponent[]) => faults({ category: 'AUTHENTICATION', components });
    const body: TemplateComponent = { type: 'BODY', add_security_recommendation: true };
    expect(code(body, { type: 'FOOTER', code_expiration_minutes: 5 }, OTP)).toEqual([]);
    expect(code(body, { type: 'FOOTER', code_expiration_minutes: 91 }, OTP)).toEqual(['components.1.code_expiration_minutes']);
    expect(code(body)).toEqual(['components']);
    expect(code({ type: 'HEADER', format: 'TEXT', text: 'Code' }, body, OTP)).toEqual(['components.0']);
    expect(code(body, { type: 'BUTTONS', buttons: [{ type: 'OTP' }] })).toEqual(['components.1.buttons.0.otp_type']);
    expect(code(body, { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'ONE_TAP' }] })).toEqual([
      'components.1.buttons.0.supported_apps',
    ]);
    expect(code(body, { type: 'BUTTONS', buttons: [quick('Stop')] })).toEqual(['components.1.buttons.0.type', 'components']);
    expect(faults({ components: [BODY, OTP] })).toEqual(['components.1.buttons.0.type']);
  });
});
