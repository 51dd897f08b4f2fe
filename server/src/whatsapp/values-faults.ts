import type { TemplateValues } from './content.ts';
import { type ContentFault, Faults } from './content-fault.ts';
import { isLonger } from './limits.ts';
import { renderTemplate } from './render-template.ts';
import { cardsOf, hasUnknown, offerOf, type TemplateComponent } from './template-components.ts';
import { bodyMax, TEMPLATE as MAX } from './template-limits.ts';
import { headerFormatOf, type TemplateVariable, variablesOf } from './template-variables.ts';

/** What goes into the header of a send. */
export interface HeaderGiven {
  media?: boolean;
  location?: boolean;
  /** Of a carousel: which of its cards have their file. */
  cards?: readonly boolean[];
}

const KEYS = { HEADER: 'header', BODY: 'body', BUTTON: 'buttons' } as const;
const MOST = { URL_ENDING: MAX.url, COUPON: MAX.coupon, CODE: MAX.oneTimeCode, TEXT: MAX.body } as const;

/** All that Meta would refuse about the values of a template that is to be sent. Paths begin with `values` or `header`. */
export function valuesFaults(
  components: readonly TemplateComponent[],
  values: TemplateValues,
  { media = false, location = false, cards = [] }: HeaderGiven = {},
): ContentFault[] {
  const faults = new Faults();
  if (hasUnknown(components)) faults.add('template', 'Templates of this kind cannot be sent from here.');
  checkHeader(faults, components, media, location);
  checkValues(faults, 'values', components, values);
  checkCards(faults, components, values, cards);
  checkOffer(faults, components, values);
  return faults.found;
}

/** The values of a template's own parts, or of a card's. */
function checkValues(faults: Faults, root: string, components: readonly TemplateComponent[], values: TemplateValues): void {
  const variables = variablesOf(components);
  for (const variable of variables) checkValue(faults, root, variable, valueOf(values, variable));
  checkStrangers(faults, root, variables, values, components);
  checkWhole(faults, root, components, values);
}

function checkCards(
  faults: Faults,
  components: readonly TemplateComponent[],
  { cards: values = [] }: TemplateValues,
  files: readonly boolean[],
): void {
  const cards = cardsOf(components);
  if (values.length > cards.length) faults.add('values.cards', `This template has ${cards.length} cards.`);
  for (const [index, card] of cards.entries()) {
    const root = `values.cards.${index}`;
    if (!files[index]) faults.add(`${root}.header`, 'This card needs its file.');
    checkValues(faults, root, card.components, values[index] ?? {});
  }
}

function checkOffer(faults: Faults, components: readonly TemplateComponent[], { offerExpiresAt: at }: TemplateValues): void {
  const ends = offerOf(components)?.has_expiration === true;
  if (ends && at === undefined) faults.add('values.offerExpiresAt', 'Say until when the offer holds.');
  if (!ends && at !== undefined) faults.add('values.offerExpiresAt', 'This template has no offer that ends.');
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

function checkValue(faults: Faults, root: string, { place, name, type }: TemplateVariable, value: string | undefined): void {
  const path = `${root}.${KEYS[place]}.${name}`;
  faults.needed(path, value, MOST[type], 'This value');
  if (value === undefined) return;
  if (type === 'TEXT' && /[\n\r\t]| {5}/.test(value))
    faults.add(path, 'A value has no line breaks, no tabs and no more than four spaces in a row.');
  if (type === 'URL_ENDING' && /\s/.test(value)) faults.add(path, 'The ending of an address has no spaces.');
}

/** Too many values are refused like too few. */
function checkStrangers(
  faults: Faults,
  root: string,
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
      if (type === 'QUICK_REPLY' || type === 'FLOW') faults.needed(`${root}.${key}.${name}`, value, MAX.payload, 'This value');
      else faults.add(`${root}.${key}.${name}`, 'The template has no place for this value.');
    }
  }
}

/** Meta counts the texts with their values in them. */
function checkWhole(faults: Faults, root: string, components: readonly TemplateComponent[], values: TemplateValues): void {
  const { text, header, buttons } = renderTemplate(components, values);
  const most = root === 'values' ? bodyMax(components) : MAX.cardBody;
  if (text && isLonger(text, most))
    faults.add(`${root}.body`, `With its values the text takes up to ${most} characters.`, 'TEXT_TOO_LONG');
  if (header && isLonger(header, MAX.header))
    faults.add(`${root}.header`, `With its values the header takes up to ${MAX.header} characters.`, 'TEXT_TOO_LONG');
  for (const [index, { url }] of buttons.entries())
    if (url && isLonger(url, MAX.url))
      faults.add(`${root}.buttons.${index}`, `With its ending the address takes up to ${MAX.url} characters.`, 'TEXT_TOO_LONG');
}
