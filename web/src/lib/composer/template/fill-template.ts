import type { PickedTemplateFragment } from '#lib/gql/graphql.ts';

export type Variable = PickedTemplateFragment['variables'][number];

/** The key of a variable among what was filled in. */
export const keyOf = ({ place, name }: Pick<Variable, 'place' | 'name'>) => `${place} ${name}`;

const hole = /\{\{\s*([\w]+)\s*\}\}/g;

/** A text whose variables are replaced: by what was filled in, or by what `otherwise` makes of the variable's name. */
export function filledText(text: string, value: (name: string) => string, otherwise: (name: string) => string): string {
  return text.replaceAll(hole, (_, name: string) => value(name).trim() || otherwise(name));
}

/** Marks every variable of a text with its name, so that it can be drawn by itself once the marks of bold and italic are read. */
export function withHoles(text: string): string {
  return text.replaceAll(hole, (_, name: string) => `\uE000${name}\uE001`);
}

const greetings =
  /(?:^|[\s*_])(?:hello|hi|hey|dear|good (?:morning|evening|day)|مرحبا|مرحباً|مرحبًا|أهلا|أهلاً|أهلًا|عزيزي|عزيزتي|السيد|السيدة|سيد|سيدة)[\s,،*_]*\{\{\s*(\w+)\s*\}\}/i;
const nameLike = /^(?:first_?name|name|customer_?name|client_?name|full_?name)$/i;

/** The variable that is most likely the customer's name: called so, or greeted. Null when none is. */
export function nameVariable(template: Pick<PickedTemplateFragment, 'body' | 'variables'>): Variable | null {
  const inBody = template.variables.filter(({ place, kind }) => place === 'BODY' && kind === 'TEXT');
  const called = inBody.find(({ name }) => nameLike.test(name));
  if (called) return called;
  const greeted = greetings.exec(template.body ?? '')?.[1];
  return inBody.find(({ name }) => name === greeted) ?? null;
}

/** The first of a person's names. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? '';
}

/** What a typed value becomes: WhatsApp refuses line breaks, tabs and long gaps in it. */
export function cleanValue(value: string): string {
  return value.replaceAll(/[\n\t]/g, ' ').replaceAll(/ {5,}/g, '    ');
}
