import type {
  TemplateComponentDefinition,
  TemplateComponentObject,
  TemplateObject,
  TemplateParameter,
} from '../src/whatsapp/wire.ts';
import { type ButtonShown, fillButtons } from './match-buttons.ts';
import { type Invalid, invalid, isLongerThan } from './shapes.ts';
import { type Template, type Templates, variablesOf } from './templates.ts';

const BODY_MAX = 1024;
const OFFER_BODY_MAX = 600;
const CARD_BODY_MAX = 160;
const HEADER_MAX = 60;
const NOT_SENDABLE: Record<string, number> = { PAUSED: 132015, DISABLED: 132016 };

/** A template with its values in place: what the customer sees. */
export interface TemplateShown {
  header?: { type: string; text?: string; media?: unknown; location?: unknown };
  body: string;
  footer?: string;
  buttons: ButtonShown[];
  cards?: TemplateShown[];
  /** Of an offer; unix ms. */
  offer?: { text: string; expiresAt?: number };
}

export interface Asked {
  wabaId: string;
  request: TemplateObject;
  /** No phone number was given: authentication templates need one. */
  isByUserId: boolean;
  /** Meta refuses line breaks, tabs and more than four blanks in a row within values. */
  refuseLineBreaks: boolean;
  /** Unix ms. */
  now: number;
}

/** Finds the template a request names and fills its values in, or says why Meta refuses it. */
export function matchTemplate(templates: Templates, asked: Asked): { template: Template; shown: TemplateShown } | Invalid {
  const { name, language, components = [] } = asked.request;
  const template = templates.find(asked.wabaId, name, language.code);
  if (!template) return invalid(132001, `template name (${name}) does not exist in ${language.code}`);
  if (template.status !== 'APPROVED')
    return invalid(NOT_SENDABLE[template.status] ?? 132001, `template ${name} (${language.code}) is ${template.status}`);
  const hasCode = template.components.some(({ buttons }) =>
    buttons?.some(({ type, url = '' }) => type === 'OTP' || url.startsWith('https://www.whatsapp.com/otp/')),
  );
  if (asked.isByUserId && template.category === 'AUTHENTICATION' && hasCode)
    return invalid(131062, 'This authentication template needs a phone number');
  const isOffer = template.components.some(({ type }) => type === 'LIMITED_TIME_OFFER');
  const { isNamed } = template;
  const shown = fill(template.components, components, { ...asked, isNamed, bodyMax: isOffer ? OFFER_BODY_MAX : BODY_MAX });
  return 'code' in shown ? shown : { template, shown };
}

interface How extends Pick<Asked, 'refuseLineBreaks' | 'now'> {
  isNamed: boolean;
  bodyMax: number;
}

function fill(definition: TemplateComponentDefinition[], given: TemplateComponentObject[], how: How): TemplateShown | Invalid {
  const part = (type: string) => definition.find((component) => component.type === type);
  const parameters = (type: string) => {
    const component = given.find((one) => one.type.toLowerCase() === type);
    return component && 'parameters' in component ? component.parameters : [];
  };
  const header = fillHeader(part('HEADER'), parameters('header'), how);
  if (header && 'code' in header) return header;
  const body = fillText(part('BODY')?.text ?? codeText(part('BODY')), parameters('body'), 'body', how.bodyMax, how);
  if (typeof body !== 'string') return body;
  const buttons = fillButtons(part('BUTTONS')?.buttons ?? [], given, parameters('body'));
  if ('code' in buttons) return buttons;
  const cards = fillCards(part('CAROUSEL'), given, how);
  if (cards && 'code' in cards) return cards;
  const offer = fillOffer(part('LIMITED_TIME_OFFER'), parameters('limited_time_offer'), how);
  if (offer && 'code' in offer) return offer;
  const minutes = part('FOOTER')?.code_expiration_minutes;
  const footer = part('FOOTER')?.text ?? (minutes === undefined ? undefined : `This code expires in ${minutes} minutes.`);
  return {
    ...(header && { header }),
    body,
    ...(footer !== undefined && { footer }),
    buttons,
    ...(cards && { cards }),
    ...(offer && { offer }),
  };
}

/** Meta writes the text of authentication templates itself. */
function codeText(body: TemplateComponentDefinition | undefined): string {
  if (!body) return '';
  const advice = body.add_security_recommendation ? ' For your security, do not share this code.' : '';
  return `{{1}} is your verification code.${advice}`;
}

function fillHeader(header: TemplateComponentDefinition | undefined, parameters: TemplateParameter[], how: How) {
  if (!header) return parameters.length > 0 ? invalid(132000, 'header: the template has none') : undefined;
  const format = header.format ?? 'TEXT';
  if (format === 'TEXT') {
    const text = fillText(header.text ?? '', parameters, 'header', HEADER_MAX, how);
    return typeof text === 'string' ? { type: format, text } : text;
  }
  const [parameter] = parameters;
  if (parameter?.type !== format.toLowerCase()) {
    return invalid(132012, `header: Format mismatch, expected ${format}, received ${parameter?.type.toUpperCase() ?? 'UNKNOWN'}`);
  }
  const content = (parameter as unknown as Record<string, unknown>)[parameter.type];
  return format === 'LOCATION' ? { type: format, location: content } : { type: format, media: content };
}

function fillText(text: string, parameters: TemplateParameter[], place: string, max: number, how: How): string | Invalid {
  const names = variablesOf(text);
  const wanted = new Set(names).size;
  if (parameters.length !== wanted) {
    return invalid(
      132000,
      `${place}: number of localizable_params (${parameters.length}) does not match the expected (${wanted})`,
    );
  }
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const value = valueOf(parameter);
    if (value === undefined) return invalid(132012, `${place}: parameter ${index + 1} must be a text`);
    if (how.refuseLineBreaks && /[\n\r\t]| {5,}/.test(value))
      return invalid(132018, `${place}: values cannot have line breaks, tabs or more than 4 blanks in a row`);
    const name = how.isNamed ? (parameter as { parameter_name?: string }).parameter_name : String(index + 1);
    if (name === undefined || (how.isNamed && !names.includes(name)))
      return invalid(132012, `${place}: Parameter name is missing or unknown`);
    values.set(name, value);
  }
  const filled = text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);
  if (isLongerThan(filled, max)) return invalid(132005, `${place}: the filled-in text is longer than ${max} characters`);
  return filled;
}

function valueOf(parameter: TemplateParameter): string | undefined {
  if (parameter.type === 'text') return parameter.text;
  const content = (parameter as unknown as Record<string, { fallback_value?: unknown } | undefined>)[parameter.type];
  return typeof content?.fallback_value === 'string' ? content.fallback_value : undefined;
}

function fillCards(carousel: TemplateComponentDefinition | undefined, given: TemplateComponentObject[], how: How) {
  const component = given.find((one) => one.type.toLowerCase() === 'carousel');
  const asked = component && 'cards' in component ? component.cards : [];
  const cards = carousel?.cards;
  if (!cards) return component && invalid(132000, 'carousel: the template has none');
  if (asked.length !== cards.length)
    return invalid(132000, `carousel: number of cards (${asked.length}) does not match the expected (${cards.length})`);
  const shown: TemplateShown[] = [];
  for (const [index, card] of cards.entries()) {
    const one = asked.find((other) => Number(other.card_index) === index);
    if (!one) return invalid(132012, `carousel: no card with card_index ${index}`);
    const filled = fill(card.components, one.components, { ...how, bodyMax: CARD_BODY_MAX });
    if ('code' in filled) return filled;
    shown.push(filled);
  }
  return shown;
}

/** An offer that ends is sent with the moment when it does. */
function fillOffer(component: TemplateComponentDefinition | undefined, parameters: TemplateParameter[], { now }: How) {
  const offer = component?.limited_time_offer;
  const [parameter] = parameters;
  if (!offer?.has_expiration) {
    if (parameter) return invalid(132000, 'limited_time_offer: the template has none that ends');
    return offer && { text: offer.text };
  }
  if (parameter?.type !== 'limited_time_offer') return invalid(131008, 'limited_time_offer: expiration_time_ms is required');
  const expiresAt = Number(parameter.limited_time_offer.expiration_time_ms);
  return expiresAt > now
    ? { text: offer.text, expiresAt }
    : invalid(132012, 'limited_time_offer: expiration_time_ms must be in the future');
}
