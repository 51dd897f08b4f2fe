import { RuleBroken } from '../platform/user-errors.ts';
import type { CardValues, TemplateValues } from '../whatsapp/content.ts';
import { codePoints } from '../whatsapp/limits.ts';
import { renderTemplate } from '../whatsapp/render-template.ts';
import { cardsOf } from '../whatsapp/template-components.ts';
import { TEMPLATE as MAX } from '../whatsapp/template-limits.ts';
import { type TemplateVariable, variablesOf } from '../whatsapp/template-variables.ts';
import type { Template } from './template.ts';
import type { TemplateInput } from './template-input.ts';

type Given = Pick<TemplateInput, 'header' | 'body' | 'buttons'>;
type WithComponents = Pick<Template, 'components'>;

/**
 * Puts what somebody filled in under the names of the template's variables. Quick replies may carry a payload. Throws TEMPLATE_VALUES_WRONG, with the
 * place in the input, for a value that is missing, unknown, twice, too long, or not what its variable takes.
 */
export function readValues(template: WithComponents, given: Given): TemplateValues {
  const variables = variablesOf(template.components);
  const values: TemplateValues = {};
  const header = named(given.header, 'header');
  const body = named(given.body, 'body');
  const buttons = new Map((given.buttons ?? []).map(({ index, value }) => [String(index), value]));
  if (buttons.size < (given.buttons?.length ?? 0)) throw wrong(['buttons'], 'A button has one value.');
  values.header = take(variables, 'HEADER', header, 'header');
  const code = variables.find(({ place, type }) => place === 'BUTTON' && type === 'CODE');
  if (code) {
    // A one-time code stands in the text and behind the button: it is given once, in either place.
    const theCode = buttons.get(code.name) ?? body.get('1');
    if (theCode !== undefined) buttons.set(code.name, theCode);
    values.body = theCode === undefined ? {} : { '1': theCode };
  } else values.body = take(variables, 'BODY', body, 'body');
  values.buttons = takeButtons(template, variables, buttons);
  refuseLongText(template, values);
  for (const place of ['header', 'body', 'buttons'] as const) if (!Object.keys(values[place] ?? {}).length) delete values[place];
  return values;
}

function named(list: TemplateInput['body'], place: string): Map<string, string> {
  const values = new Map((list ?? []).map(({ name, value }) => [name.trim(), value]));
  if (values.size < (list?.length ?? 0)) throw wrong([place], 'A variable has one value.');
  return values;
}

function take(
  variables: readonly TemplateVariable[],
  place: 'HEADER' | 'BODY',
  given: ReadonlyMap<string, string>,
  field: string,
): Record<string, string> {
  const wanted = variables.filter((variable) => variable.place === place);
  const unknown = [...given.keys()].find((name) => !wanted.some((variable) => variable.name === name));
  if (unknown !== undefined) throw wrong([field], `This template has no variable ${unknown} there.`);
  return Object.fromEntries(
    wanted.map(({ name }) => {
      const value = given.get(name);
      if (!value?.trim()) throw wrong([field], `Fill in the variable ${name}.`);
      // Meta refuses these in the values of a template (132012).
      if (/[\n\t]| {5}/.test(value))
        throw wrong([field], `The value of ${name} may have no line breaks, tabs, or more than four spaces in a row.`);
      return [name, value];
    }),
  );
}

function takeButtons(
  { components }: WithComponents,
  variables: readonly TemplateVariable[],
  given: ReadonlyMap<string, string>,
): Record<string, string> {
  const buttons = components.flatMap((component) => (component.type === 'BUTTONS' ? component.buttons : []));
  const values: Record<string, string> = {};
  for (const [index, value] of given) {
    const type = buttons[Number(index)]?.type;
    const variable = variables.find(({ place, name }) => place === 'BUTTON' && name === index);
    if (!variable && type !== 'QUICK_REPLY') throw wrong(['buttons'], `The button at place ${index} takes no value.`);
    const most = { TEXT: MAX.payload, URL_ENDING: MAX.url, COUPON: MAX.coupon, CODE: MAX.oneTimeCode }[variable?.type ?? 'TEXT'];
    if (codePoints(value, most) > most)
      throw wrong(['buttons'], `The value of the button at place ${index} has up to ${most} characters.`);
    values[index] = value;
  }
  for (const { place, name, label } of variables) {
    if (place === 'BUTTON' && !values[name]?.trim())
      throw wrong(['buttons'], `Fill in the button ${label ? `“${label}”` : name}.`);
  }
  return values;
}

function refuseLongText({ components }: WithComponents, values: TemplateValues): void {
  const { text, header } = renderTemplate(components, values);
  if (codePoints(text ?? '', MAX.body) > MAX.body)
    throw wrong(['body'], `With its values the text has more than ${MAX.body} characters.`);
  if (codePoints(header ?? '', MAX.header) > MAX.header)
    throw wrong(['header'], `With its value the header has more than ${MAX.header} characters.`);
}

/**
 * The same of every card of a carousel. Throws TEMPLATE_VALUES_WRONG besides where there are more or fewer than the template has.
 */
export function readCards({ components }: WithComponents, given: TemplateInput['cards']): CardValues[] | undefined {
  const cards = cardsOf(components);
  if (given && given.length !== cards.length)
    throw wrong(['cards'], cards.length ? `Fill in all ${cards.length} cards.` : 'This template has no cards.');
  if (!cards.length) return undefined;
  return cards.map((card, at) => within(['cards', String(at)], () => readValues(card, given?.[at] ?? {})));
}

/** Says of what is wrong there that it is wrong within that place. */
function within<T>(place: string[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RuleBroken)) throw error;
    const [template = 'template', ...rest] = error.field ?? [];
    throw new RuleBroken(error.code, error.message, [template, ...place, ...rest]);
  }
}

/** What is wrong with the values of a template that is to be sent. */
export function wrong(field: string[], message: string): RuleBroken {
  return new RuleBroken('TEMPLATE_VALUES_WRONG', message, ['template', ...field]);
}
