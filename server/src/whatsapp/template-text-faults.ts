import type { Faults } from './content-fault.ts';
import type { TemplateDefinition } from './template-calls.ts';
import type { BodyComponent, FooterComponent, HeaderComponent } from './template-components.ts';
import { TEMPLATE as MAX } from './template-limits.ts';
import { placeholdersOf } from './template-variables.ts';

/** What stands above the text. */
export function checkHeader(faults: Faults, place: string, header: HeaderComponent, definition: TemplateDefinition): void {
  if (definition.category === 'AUTHENTICATION') return faults.add(place, 'An authentication template has no header.');
  if (header.format === 'LOCATION') return;
  if (header.format !== 'TEXT') {
    if (!header.example?.header_handle?.[0]) faults.add(`${place}.example`, 'A header with a file needs one as its example.');
    return;
  }
  faults.needed(`${place}.text`, header.text, MAX.header, 'The header');
  if (/[\n\r*_~]|\p{Extended_Pictographic}/u.test((header.text ?? '').replaceAll(/\{\{[^}]*\}\}/g, '')))
    faults.add(`${place}.text`, 'A header has no line breaks, emoji or signs of formatting.');
  const names = placeholdersOf(header.text);
  if (names.length > 1) faults.add(`${place}.text`, 'A header has one variable at most.');
  const { header_text: texts, header_text_named_params: named } = header.example ?? {};
  checkVariables(faults, place, { text: header.text ?? '', examples: texts, named }, definition);
}

/** The text, or that of a card, which has room for less. */
export function checkBody(
  faults: Faults,
  place: string,
  body: BodyComponent,
  definition: TemplateDefinition,
  max: number = MAX.body,
): void {
  faults.needed(`${place}.text`, body.text, max, 'The text');
  const text = body.text?.trim() ?? '';
  if (/^\{\{[^}]*\}\}/.test(text) || /\{\{[^}]*\}\}$/.test(text))
    faults.add(`${place}.text`, 'A text neither begins nor ends with a variable.');
  // Meta does not say how many words it wants around a variable: one each is the least that it takes.
  const words = text.replaceAll(/\{\{[^}]*\}\}/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < placeholdersOf(text).length) faults.add(`${place}.text`, 'There are too many variables for so few words.');
  const { body_text: texts, body_text_named_params: named } = body.example ?? {};
  checkVariables(faults, place, { text, examples: texts?.[0], named }, definition);
}

interface Variables {
  text: string;
  examples?: readonly string[];
  named?: readonly { param_name: string; example: string }[];
}

function checkVariables(
  faults: Faults,
  place: string,
  { text, examples = [], named = [] }: Variables,
  { parameterFormat = 'POSITIONAL' }: TemplateDefinition,
): void {
  const names = placeholdersOf(text);
  const braces = (text.match(/\{\{|\}\}/g) ?? []).length;
  if (braces !== 2 * (text.match(/\{\{\s*[A-Za-z0-9_]+\s*\}\}/g) ?? []).length)
    faults.add(`${place}.text`, 'A variable looks like {{1}} or {{first_name}}.');
  if (parameterFormat === 'NAMED') {
    if (!names.every((name) => /^[a-z][a-z0-9_]*$/.test(name)))
      faults.add(`${place}.text`, 'The name of a variable has small Latin letters, digits and underscores.');
    const given = new Map(named.map((one) => [one.param_name, one.example]));
    if (names.some((name) => !given.get(name)?.trim())) faults.add(`${place}.example`, 'Every variable needs an example.');
    return;
  }
  // In any order, but none left out.
  const numbers = new Set(names);
  if (names.some((_name, index) => !numbers.has(String(index + 1))))
    faults.add(`${place}.text`, 'Variables are numbered from {{1}} on, without gaps.');
  if (names.some((_name, index) => !examples[index]?.trim())) faults.add(`${place}.example`, 'Every variable needs an example.');
}

/** The line below the text. */
export function checkFooter(faults: Faults, place: string, footer: FooterComponent, { category }: TemplateDefinition): void {
  if (category === 'AUTHENTICATION') {
    const minutes = footer.code_expiration_minutes;
    if (minutes !== undefined && !(minutes >= 1 && minutes <= MAX.codeMinutes))
      faults.add(`${place}.code_expiration_minutes`, `A code is valid for 1 to ${MAX.codeMinutes} minutes.`);
    return;
  }
  faults.needed(`${place}.text`, footer.text, MAX.footer, 'The footer');
  if (footer.text?.includes('{{')) faults.add(`${place}.text`, 'A footer has no variables.');
}
