import type { TemplateButtonDefinition } from '../src/whatsapp/wire.ts';
import { type Invalid, invalid, isFields, isLongerThan } from './shapes.ts';
import { variablesOf } from './templates.ts';

const LENGTH = 2388040;
const MISSING = 2388043;
/** How many of each kind a template can have. */
const MOST: Record<string, number> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  OTP: 1,
  FLOW: 1,
  REQUEST_CONTACT_INFO: 1,
  CATALOG: 1,
  MPM: 1,
  VOICE_CALL: 1,
};

export function faultOfButtons(buttons: unknown, isCode: boolean): Invalid | undefined {
  if (!Array.isArray(buttons) || buttons.length === 0) return invalid(MISSING, 'BUTTONS needs buttons');
  if (buttons.length > 10) return invalid(100, 'A template can have 10 buttons');
  const counts = new Map<string, number>();
  let isBroken = false;
  let before = '';
  for (const button of buttons as TemplateButtonDefinition[]) {
    if (!isFields(button) || typeof button.type !== 'string') return invalid(MISSING, 'Each button needs a type');
    const { type } = button;
    const count = (counts.get(type) ?? 0) + 1;
    const most = Object.hasOwn(MOST, type) ? MOST[type] : undefined;
    if (most === undefined) return invalid(100, `${type} is no type of button`);
    if (count > most) return invalid(100, `A template can have ${most} buttons of type ${type}`);
    if (type === 'QUICK_REPLY' && count > 1 && before !== type) isBroken = true;
    counts.set(type, count);
    before = type;
    const wrong = (type === 'OTP') === isCode ? faultOfButton(button) : invalid(100, `${type} does not go with this category`);
    if (wrong) return wrong;
  }
  return isBroken ? invalid(100, 'Quick replies must stand together') : undefined;
}

function faultOfButton(button: TemplateButtonDefinition): Invalid | undefined {
  const { type, text, url = '', phone_number: phone = '', example } = button;
  const isNameless = type === 'COPY_CODE' || type === 'OTP' || type === 'REQUEST_CONTACT_INFO';
  if (!isNameless && (typeof text !== 'string' || text.trim() === '')) return invalid(MISSING, 'A button needs a text');
  if (text !== undefined && isLongerThan(text, 25)) return invalid(LENGTH, 'The text of a button: 25 characters');
  if (type === 'URL') return faultOfUrl(url, example);
  if (type === 'PHONE_NUMBER' && !/^\+?[\d ]{5,20}$/.test(phone))
    return invalid(100, 'phone_number must be a number of at most 20');
  if (type === 'COPY_CODE') {
    const code = Array.isArray(example) ? example[0] : example;
    if (typeof code !== 'string' || code === '') return invalid(MISSING, 'COPY_CODE needs an example');
    return isLongerThan(code, 20) ? invalid(LENGTH, 'The example of COPY_CODE: 20 characters') : undefined;
  }
  if (type === 'OTP') return faultOfCode(button);
  return type === 'FLOW' && !button.flow_id ? invalid(MISSING, 'FLOW needs a flow_id') : undefined;
}

function faultOfUrl(url: string, example: string | string[] | undefined): Invalid | undefined {
  if (!/^https?:\/\/[^\s]+$/.test(url.replace(/\{\{\s*\w+\s*\}\}/g, '')))
    return invalid(100, 'url must be an http or https address');
  if (isLongerThan(url, 2000)) return invalid(LENGTH, 'url: 2000 characters');
  const names = variablesOf(url);
  if (names.length === 0) return undefined;
  if (names.length > 1 || !/\{\{\s*\w+\s*\}\}$/.test(url)) return invalid(100, 'url can have one variable, at its end');
  return (Array.isArray(example) ? example[0] : example) ? undefined : invalid(MISSING, 'url: an example is required');
}

/** One-tap and zero-tap buttons name the apps that take the code. */
function faultOfCode({ otp_type: kind = '', supported_apps: apps }: TemplateButtonDefinition): Invalid | undefined {
  if (!['copy_code', 'one_tap', 'zero_tap'].includes(kind.toLowerCase()))
    return invalid(100, 'otp_type: copy_code, one_tap, zero_tap');
  if (kind.toLowerCase() === 'copy_code') return undefined;
  return Array.isArray(apps) && apps.length > 0 ? undefined : invalid(MISSING, 'supported_apps is required');
}
