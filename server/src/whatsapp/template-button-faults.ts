import { type Faults, isWebAddress } from './content-fault.ts';
import type { TemplateCategory } from './template-calls.ts';
import type { TemplateButton } from './template-components.ts';
import { TEMPLATE as MAX } from './template-limits.ts';
import { placeholdersOf } from './template-variables.ts';

/** Of how many buttons of a type a template takes. */
const MOST: Readonly<Record<string, number>> = {
  QUICK_REPLY: MAX.quickReplies,
  URL: MAX.urls,
  PHONE_NUMBER: MAX.phones,
  COPY_CODE: MAX.copyCodes,
  OTP: 1,
  FLOW: 1,
  REQUEST_CONTACT_INFO: 1,
};
const OTP_TYPES = ['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'];

/** The buttons of a template that is to be made: how many of which, in which order, and what each says. */
export function checkButtons(
  faults: Faults,
  place: string,
  buttons: readonly TemplateButton[],
  category: TemplateCategory,
): void {
  if (buttons.length === 0) faults.add(place, 'Give at least one button, or none of the kind.');
  if (buttons.length > MAX.buttons) faults.add(place, `A template has up to ${MAX.buttons} buttons.`);
  for (const [type, most] of Object.entries(MOST)) {
    const count = buttons.filter((button) => button.type === type).length;
    if (count > most) faults.add(place, `A template has up to ${most} of the buttons of type ${type}.`);
  }
  const begun = buttons.filter((button, index) => isQuick(button) && !isQuick(buttons[index - 1]));
  if (begun.length > 1) faults.add(place, 'Quick replies stand together, with no other button between them.');
  const texts = buttons.flatMap(({ text }) => text ?? []);
  faults.distinct(place, texts, 'The texts of buttons');
  for (const [index, button] of buttons.entries()) checkButton(faults, `${place}.${index}`, button, category);
}

function isQuick(button: TemplateButton | undefined): boolean {
  return button?.type === 'QUICK_REPLY';
}

function checkButton(faults: Faults, place: string, button: TemplateButton, category: TemplateCategory): void {
  if (!Object.hasOwn(MOST, button.type)) return faults.add(`${place}.type`, 'Buttons of this type are made in WhatsApp Manager.');
  if ((button.type === 'OTP') !== (category === 'AUTHENTICATION'))
    return faults.add(`${place}.type`, 'Buttons that hand over a code belong to authentication templates, and no others do.');
  switch (button.type) {
    case 'COPY_CODE':
      return faults.needed(`${place}.example`, firstOf(button.example), MAX.coupon, 'An example of the code');
    case 'OTP':
      return checkCode(faults, place, button);
    case 'REQUEST_CONTACT_INFO':
      return;
    default:
  }
  faults.needed(`${place}.text`, button.text, MAX.buttonText, 'The text of a button');
  if (button.text?.includes('{{')) faults.add(`${place}.text`, 'The text of a button has no variables.');
  if (button.type === 'PHONE_NUMBER') {
    faults.needed(`${place}.phone_number`, button.phone_number, MAX.phone, 'The phone to call');
    if (button.phone_number && !/^\+?[0-9]+$/.test(button.phone_number))
      faults.add(`${place}.phone_number`, 'A phone has its country code and digits only.');
  }
  if (button.type === 'FLOW' && !button.flow_id) faults.add(`${place}.flow_id`, 'Choose a form.');
  if (button.type === 'URL') checkUrl(faults, place, button);
}

function checkUrl(faults: Faults, place: string, { url, example }: TemplateButton): void {
  faults.needed(`${place}.url`, url, MAX.url, 'The address');
  if (!url) return;
  const names = placeholdersOf(url);
  if (!isWebAddress(url.replace(/\{\{[^}]*\}\}/, 'x'))) faults.add(`${place}.url`, 'An address begins with https:// or http://.');
  if (names.length > 1 || (names.length === 1 && !/\{\{\s*1\s*\}\}$/.test(url)))
    faults.add(`${place}.url`, 'An address has one variable at most, {{1}}, at its end.');
  if (names.length && !firstOf(example)?.trim()) faults.add(`${place}.example`, 'The variable needs an example.');
}

function checkCode(
  faults: Faults,
  place: string,
  { otp_type: type, text, autofill_text: autofill, supported_apps: apps }: TemplateButton,
): void {
  if (!type || !OTP_TYPES.includes(type))
    faults.add(`${place}.otp_type`, 'A code is copied, or taken over with one tap or none.');
  faults.atMost(`${place}.text`, text, MAX.buttonText, 'The text of a button');
  faults.atMost(`${place}.autofill_text`, autofill, MAX.buttonText, 'The text of a button');
  if (type && type !== 'COPY_CODE' && !apps?.length) faults.add(`${place}.supported_apps`, 'Name the app that takes the code.');
}

function firstOf(example: TemplateButton['example']): string | undefined {
  return typeof example === 'string' ? example : example?.[0];
}
