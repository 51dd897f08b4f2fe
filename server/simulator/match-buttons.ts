import type { TemplateButtonDefinition, TemplateComponentObject, TemplateParameter } from '../src/whatsapp/wire.ts';
import { type Invalid, invalid } from './shapes.ts';
import { variablesOf } from './templates.ts';

const CODE_MAX = 15;

/** A button as the customer sees it; a quick reply answers with its payload. */
export interface ButtonShown {
  type: string;
  text: string;
  url?: string;
  phone?: string;
  code?: string;
  payload?: string;
}

type ButtonGiven = Extract<TemplateComponentObject, { type: 'button' }>;

/** Which of a template's buttons a request's kind of button stands for. */
const KIND: Record<string, string> = { QUICK_REPLY: 'quick_reply', URL: 'url', COPY_CODE: 'copy_code', OTP: 'url', FLOW: 'flow' };

export function fillButtons(
  buttons: TemplateButtonDefinition[],
  given: TemplateComponentObject[],
  body: TemplateParameter[],
): ButtonShown[] | Invalid {
  const asked = given.filter((one): one is ButtonGiven => one.type.toLowerCase() === 'button');
  const byIndex = new Map(asked.map((one) => [Number(one.index), one]));
  if (byIndex.size < asked.length) return invalid(132012, 'buttons: an index stands twice');
  for (const [index, one] of byIndex) {
    const kind = KIND[buttons[index]?.type ?? ''];
    if (kind !== one.sub_type.toLowerCase())
      return invalid(132012, `buttons: the template has no button of type ${one.sub_type} at index ${index}`);
  }
  const shown: ButtonShown[] = [];
  for (const [index, button] of buttons.entries()) {
    const one = fillButton(button, index, byIndex.get(index)?.parameters[0], body);
    if ('details' in one) return one;
    shown.push(one);
  }
  return shown;
}

function fillButton(
  button: TemplateButtonDefinition,
  index: number,
  parameter: TemplateParameter | undefined,
  body: TemplateParameter[],
): ButtonShown | Invalid {
  const shown = { type: button.type, text: button.text ?? '' };
  const missing = () => invalid(131008, `buttons: Button at index ${index} of type ${button.type} requires a parameter`);
  if (button.type === 'OTP') return fillCode(shown, parameter, body) ?? missing();
  if (button.type === 'COPY_CODE') {
    if (parameter?.type !== 'coupon_code') return missing();
    return { ...shown, text: shown.text || 'Copy code', code: parameter.coupon_code };
  }
  if (button.type === 'URL') {
    if (variablesOf(button.url).length === 0)
      return parameter
        ? invalid(132000, `buttons: the address at index ${index} has no variable`)
        : { ...shown, url: button.url };
    if (parameter?.type !== 'text') return missing();
    return { ...shown, url: button.url?.replace(/\{\{\s*\w+\s*\}\}/, parameter.text) };
  }
  if (button.type === 'PHONE_NUMBER') return { ...shown, phone: button.phone_number };
  if (button.type === 'QUICK_REPLY') return { ...shown, payload: parameter?.type === 'payload' ? parameter.payload : shown.text };
  return shown;
}

/** The code stands in the body and once more on the button. */
function fillCode(shown: ButtonShown, parameter: TemplateParameter | undefined, body: TemplateParameter[]) {
  if (parameter?.type !== 'text') return undefined;
  const code = body[0]?.type === 'text' ? body[0].text : undefined;
  if (parameter.text !== code) return invalid(132012, 'buttons: the code must be the one of the body');
  if (code.length > CODE_MAX) return invalid(132005, `body: the code must be at most ${CODE_MAX} characters`);
  return { ...shown, text: shown.text || 'Copy code', code };
}
