import type { TemplateValues } from './content.ts';
import { type ContentFault, Faults } from './content-fault.ts';
import { isLonger } from './limits.ts';
import { renderTemplate } from './render-template.ts';
import type { TemplateComponent } from './template-components.ts';
import { TEMPLATE as MAX } from './template-limits.ts';
import { headerFormatOf, type TemplateVariable, variablesOf } from './template-variables.ts';

/** What goes into the header of a send. */
export interface HeaderGiven {
  media?: boolean;
  location?: boolean;
}

const KEYS = { HEADER: 'header', BODY: 'body', BUTTON: 'buttons' } as const;
const MOST = { URL_ENDING: MAX.url, COUPON: MAX.coupon, CODE: MAX.oneTimeCode, TEXT: MAX.body } as const;

/** All that Meta would refuse about the values of a template that is to be sent. Paths begin with `values` or `header`. */
export function valuesFaults(
  components: readonly TemplateComponent[],
  values: TemplateValues,
  { media = false, location = false }: HeaderGiven = {},
): ContentFault[] {
  const faults = new Faults();
  if (components.some(({ type }) => type === 'CAROUSEL' || type === 'LIMITED_TIME_OFFER' || type === 'OTHER'))
    faults.add('template', 'Templates of this kind cannot be sent from here.');
  checkHeader(faults, components, media, location);
  const variables = variablesOf(components);
  for (const variable of variables) checkValue(faults, variable, valueOf(values, variable));
  checkStrangers(faults, variables, values, components);
  checkWhole(faults, components, values);
  return faults.found;
}

function checkHeader(faults: Faults, components: readonly TemplateComponent[], media: boolean, location: boolean): void {
  const format = headerFormatOf(components);
  const needsMedia = format === 'IMAGE' || format === 'VIDEO' || format === 'DOCUMENT';
  if (needsMedia && !media) faults.add('header', `This template needs a file in its header: ${format.toLowerCase()}.`);
  if (!needsMedia && media) faults.add('header', 'This template has no file in its header.');
  if (format === 'LOCATION' && !location) faults.add('header', 'This template needs a place in its header.');
  if (format !== 'LOCATION' && location) faults.add('header', 'This template has no place in its header.');
}

function valueOf(values: TemplateValues, { place, name }: TemplateVariable): string | undefined {
  const given = values[KEYS[place]];
  return given && Object.hasOwn(given, name) ? given[name] : undefined;
}

function checkValue(faults: Faults, { place, name, type }: TemplateVariable, value: string | undefined): void {
  const path = `values.${KEYS[place]}.${name}`;
  faults.needed(path, value, MOST[type], 'This value');
  if (value === undefined) return;
  if (type === 'TEXT' && /[\n\r\t]| {5}/.test(value))
    faults.add(path, 'A value has no line breaks, no tabs and no more than four spaces in a row.');
  if (type === 'URL_ENDING' && /\s/.test(value)) faults.add(path, 'The ending of an address has no spaces.');
}

/** Too many values are refused like too few. */
function checkStrangers(
  faults: Faults,
  variables: readonly TemplateVariable[],
  values: TemplateValues,
  components: readonly TemplateComponent[],
): void {
  const buttons = components.flatMap((component) => (component.type === 'BUTTONS' ? component.buttons : []));
  const known = new Set(variables.map(({ place, name }) => `${KEYS[place]}.${name}`));
  for (const key of Object.values(KEYS)) {
    for (const [name, value] of Object.entries(values[key] ?? {})) {
      if (known.has(`${key}.${name}`)) continue;
      const type = key === 'buttons' ? buttons[Number(name)]?.type : undefined;
      // A quick reply brings back what we give it, a form its token; both may go without.
      if (type === 'QUICK_REPLY' || type === 'FLOW') faults.needed(`values.${key}.${name}`, value, MAX.payload, 'This value');
      else faults.add(`values.${key}.${name}`, 'The template has no place for this value.');
    }
  }
}

/** Meta counts the texts with their values in them. */
function checkWhole(faults: Faults, components: readonly TemplateComponent[], values: TemplateValues): void {
  const { text, header, buttons } = renderTemplate(components, values);
  if (text && isLonger(text, MAX.body))
    faults.add('values.body', `With its values the text takes up to ${MAX.body} characters.`, 'TEXT_TOO_LONG');
  if (header && isLonger(header, MAX.header))
    faults.add('values.header', `With its values the header takes up to ${MAX.header} characters.`, 'TEXT_TOO_LONG');
  for (const [index, { url }] of buttons.entries())
    if (url && isLonger(url, MAX.url))
      faults.add(`values.buttons.${index}`, `With its ending the address takes up to ${MAX.url} characters.`, 'TEXT_TOO_LONG');
}
