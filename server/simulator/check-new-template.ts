import type { TemplateComponentDefinition, TemplateDefinition, TemplateExample } from '../src/whatsapp/wire.ts';
import { faultOfButtons } from './check-new-buttons.ts';
import { type Invalid, invalid, isFields, isLongerThan } from './shapes.ts';
import { normal, variablesOf } from './templates.ts';

const LENGTH = 2388040;
const HEADER = 2388047;
const BODY = 2388072;
const FOOTER = 2388073;
const TOO_MANY = 2388293;
const AT_AN_END = 2388299;
const MISSING = 2388043;
const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];
const KINDS = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'];
const FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];
/** Seconds a message may wait for a phone, by category. */
const TTL: Record<string, [number, number]> = {
  AUTHENTICATION: [30, 900],
  UTILITY: [30, 43_200],
  MARKETING: [43_200, 2_592_000],
};

/** Says whether an upload's handle is known. */
export type KnowsHandle = (handle: string) => boolean;

/** Why Meta refuses to create this template, or nothing; types and formats come in either case. */
export function faultOfTemplate(template: TemplateDefinition, knowsHandle: KnowsHandle): Invalid | undefined {
  const { name, language, category, parameter_format: format = 'POSITIONAL', message_send_ttl_seconds: ttl } = template;
  if (typeof name !== 'string' || !/^[a-z0-9_]{1,512}$/.test(name))
    return invalid(100, 'name must be lower-case letters, digits and underscores, at most 512');
  if (typeof language !== 'string' || !/^[a-z]{2,3}(_[A-Z]{2,3})?$/.test(language))
    return invalid(100, 'language must be a locale');
  if (typeof category !== 'string' || !CATEGORIES.includes(category.toUpperCase()))
    return invalid(100, `category must be one of ${CATEGORIES.join(', ')}`);
  if (typeof format !== 'string' || !['NAMED', 'POSITIONAL'].includes(format.toUpperCase()))
    return invalid(100, 'parameter_format must be NAMED or POSITIONAL');
  if (ttl !== undefined && !isWithin(Number(ttl), TTL[category.toUpperCase()]))
    return invalid(100, 'message_send_ttl_seconds is out of bounds');
  return faultOfComponents(template.components, {
    isNamed: format.toUpperCase() === 'NAMED',
    isCode: category.toUpperCase() === 'AUTHENTICATION',
    knowsHandle,
  });
}

interface How {
  isNamed: boolean;
  isCode: boolean;
  knowsHandle: KnowsHandle;
}

export function faultOfComponents(components: unknown, how: How): Invalid | undefined {
  if (!Array.isArray(components)) return invalid(MISSING, 'components are required');
  const kinds = new Set<string>();
  for (const given of components as unknown[]) {
    if (!isFields(given) || typeof given.type !== 'string') return invalid(MISSING, 'Each component needs a type');
    const component = normal(given as unknown as TemplateComponentDefinition);
    if (!KINDS.includes(component.type)) return invalid(100, `${component.type} is no type of component`);
    if (kinds.has(component.type)) return invalid(100, `${component.type} stands twice`);
    kinds.add(component.type);
    const wrong = faultOfComponent(component, how);
    if (wrong) return wrong;
  }
  if (!kinds.has('BODY')) return invalid(MISSING, 'A template needs a BODY');
  if (how.isCode && !kinds.has('BUTTONS')) return invalid(MISSING, 'An authentication template needs an OTP button');
  return undefined;
}

function faultOfComponent(component: TemplateComponentDefinition, how: How): Invalid | undefined {
  switch (component.type) {
    case 'HEADER':
      return faultOfHeader(component, how);
    case 'BODY':
      return how.isCode ? faultOfCodeBody(component) : faultOfBody(component, how);
    case 'FOOTER':
      return how.isCode ? faultOfCodeFooter(component) : faultOfFooter(component);
    case 'BUTTONS':
      return faultOfButtons(component.buttons, how.isCode);
    case 'LIMITED_TIME_OFFER':
      return isLongerThan(component.limited_time_offer?.text ?? '', 16)
        ? invalid(LENGTH, 'limited_time_offer.text: 16')
        : undefined;
    default:
      return faultOfCards(component, how);
  }
}

function faultOfHeader({ format = 'TEXT', text, example }: TemplateComponentDefinition, how: How): Invalid | undefined {
  if (!FORMATS.includes(format) || how.isCode) return invalid(HEADER, `A header cannot be of format ${format}`);
  if (format === 'LOCATION') return undefined;
  if (format !== 'TEXT') {
    const handle = example?.header_handle?.[0];
    if (typeof handle !== 'string') return invalid(MISSING, 'A header with a file needs example.header_handle');
    return how.knowsHandle(handle) ? undefined : invalid(100, 'example.header_handle is no handle of an upload');
  }
  if (typeof text !== 'string' || text.trim() === '') return invalid(MISSING, 'header.text is required');
  if (isLongerThan(text, 60)) return invalid(LENGTH, 'header.text must be at most 60 characters');
  if (/[\n\r*_~]|\p{Extended_Pictographic}/u.test(text))
    return invalid(HEADER, 'A header cannot have line breaks, emoji or formatting');
  const names = variablesOf(text);
  if (names.length > 1) return invalid(HEADER, 'A header can have one variable');
  return faultOfVariables(names, how, HEADER) ?? faultOfExample(names, how, example, 'header');
}

function faultOfBody({ text, example }: TemplateComponentDefinition, how: How): Invalid | undefined {
  if (typeof text !== 'string' || text.trim() === '') return invalid(MISSING, 'body.text is required');
  if (isLongerThan(text, 1024)) return invalid(LENGTH, 'body.text must be at most 1024 characters');
  const names = [...new Set(variablesOf(text))];
  if (/\{\{|\}\}/.test(text.replace(/\{\{\s*\w+\s*\}\}/g, ''))) return invalid(BODY, 'body.text has a broken variable');
  if (/^\s*\{\{|\}\}\s*$/.test(text)) return invalid(AT_AN_END, 'Variables cannot be at the start or end of the template');
  const words = text.replace(/\{\{\s*\w+\s*\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (words < names.length) return invalid(TOO_MANY, 'This template has too many variables for its length');
  return faultOfVariables(names, how, BODY) ?? faultOfExample(names, how, example, 'body');
}

function faultOfVariables(names: string[], { isNamed }: How, code: number): Invalid | undefined {
  if (isNamed) {
    return names.every((name) => /^[a-z][a-z0-9_]*$/.test(name))
      ? undefined
      : invalid(code, 'Names of variables are lower-case words');
  }
  const isCounted =
    new Set(names).size === names.length && names.every((name) => Number(name) >= 1 && Number(name) <= names.length);
  return isCounted ? undefined : invalid(code, 'Variables are numbered from {{1}} on without a gap');
}

function faultOfExample(
  names: string[],
  { isNamed }: How,
  example: TemplateExample | undefined,
  place: 'header' | 'body',
): Invalid | undefined {
  if (names.length === 0) return undefined;
  const named = place === 'header' ? example?.header_text_named_params : example?.body_text_named_params;
  const ordered = place === 'header' ? example?.header_text : example?.body_text?.[0];
  const isThere = isNamed
    ? names.every((name) => named?.some((one) => one.param_name === name && one.example))
    : Array.isArray(ordered) &&
      ordered.length === names.length &&
      ordered.every((value) => typeof value === 'string' && value !== '');
  return isThere ? undefined : invalid(MISSING, `${place}: an example for each variable is required`);
}

function faultOfFooter({ text }: TemplateComponentDefinition): Invalid | undefined {
  if (typeof text !== 'string' || text.trim() === '') return invalid(MISSING, 'footer.text is required');
  if (isLongerThan(text, 60)) return invalid(LENGTH, 'footer.text must be at most 60 characters');
  return variablesOf(text).length > 0 ? invalid(FOOTER, 'A footer cannot have variables') : undefined;
}

function faultOfCodeBody({ text }: TemplateComponentDefinition): Invalid | undefined {
  return text === undefined ? undefined : invalid(BODY, 'The body of an authentication template cannot be changed');
}

function faultOfCodeFooter({ code_expiration_minutes: minutes }: TemplateComponentDefinition): Invalid | undefined {
  return minutes === undefined || isWithin(minutes, [1, 90]) ? undefined : invalid(FOOTER, 'code_expiration_minutes: 1 to 90');
}

/** Cards have a picture or film, a body if any of at most 160, and one or two buttons, all of them alike. */
function faultOfCards({ cards }: TemplateComponentDefinition, how: How): Invalid | undefined {
  if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10) return invalid(MISSING, 'A carousel has 2 to 10 cards');
  const looks = new Set<string>();
  for (const { components } of cards) {
    const parts = components.map(normal);
    const header = parts.find(({ type }) => type === 'HEADER');
    if (header?.format !== 'IMAGE' && header?.format !== 'VIDEO') return invalid(HEADER, 'A card needs a picture or film');
    for (const part of parts) {
      const wrong = faultOfComponent(part, how);
      if (wrong) return wrong;
      if (part.type === 'BODY' && isLongerThan(part.text ?? '', 160))
        return invalid(LENGTH, 'The body of a card: 160 characters');
    }
    looks.add(JSON.stringify(parts.map(({ type, format, buttons }) => [type, format, buttons?.map((button) => button.type)])));
  }
  return looks.size > 1 ? invalid(100, 'All cards must have the same components') : undefined;
}

function isWithin(value: number, bounds: [number, number] | undefined): boolean {
  return bounds !== undefined && value >= bounds[0] && value <= bounds[1];
}
