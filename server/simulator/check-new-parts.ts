import type { TemplateComponentDefinition, TemplateExample } from '../src/whatsapp/wire.ts';
import { type Invalid, invalid, isLongerThan } from './shapes.ts';
import { variablesOf } from './templates.ts';

export const LENGTH = 2388040;
export const HEADER = 2388047;
const BODY = 2388072;
export const FOOTER = 2388073;
const TOO_MANY = 2388293;
const AT_AN_END = 2388299;
export const MISSING = 2388043;
const FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];

/** Says whether an upload's handle is known. */
export type KnowsHandle = (handle: string) => boolean;

/** What the parts of a template depend on. */
export interface How {
  isNamed: boolean;
  /** In capitals. */
  category: string;
  knowsHandle: KnowsHandle;
}

export function faultOfHeader({ format = 'TEXT', text, example }: TemplateComponentDefinition, how: How): Invalid | undefined {
  if (!FORMATS.includes(format) || how.category === 'AUTHENTICATION')
    return invalid(HEADER, `A header cannot be of format ${format}`);
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

export function faultOfBody({ text, example }: TemplateComponentDefinition, how: How, max = 1024): Invalid | undefined {
  if (typeof text !== 'string' || text.trim() === '') return invalid(MISSING, 'body.text is required');
  if (isLongerThan(text, max)) return invalid(LENGTH, `body.text must be at most ${max} characters`);
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

export function faultOfFooter({ text }: TemplateComponentDefinition): Invalid | undefined {
  if (typeof text !== 'string' || text.trim() === '') return invalid(MISSING, 'footer.text is required');
  if (isLongerThan(text, 60)) return invalid(LENGTH, 'footer.text must be at most 60 characters');
  return variablesOf(text).length > 0 ? invalid(FOOTER, 'A footer cannot have variables') : undefined;
}

export function faultOfCodeBody({ text }: TemplateComponentDefinition): Invalid | undefined {
  return text === undefined ? undefined : invalid(BODY, 'The body of an authentication template cannot be changed');
}

export function faultOfCodeFooter({ code_expiration_minutes: minutes }: TemplateComponentDefinition): Invalid | undefined {
  return minutes === undefined || isWithin(minutes, [1, 90]) ? undefined : invalid(FOOTER, 'code_expiration_minutes: 1 to 90');
}

export function isWithin(value: number, bounds: [number, number] | undefined): boolean {
  return bounds !== undefined && value >= bounds[0] && value <= bounds[1];
}
