import type { HeaderFormat, TemplateButton, TemplateComponent } from './template-components.ts';

/** Something a template needs filled in before it can be sent. */
export interface TemplateVariable {
  place: 'HEADER' | 'BODY' | 'BUTTON';
  /** The name of a named one, else its number from 1; of a button its place from 0: the key in `TemplateValues`. */
  name: string;
  /** A text, the ending of a button's address, a coupon, or a one-time code. */
  type: 'TEXT' | 'URL_ENDING' | 'COUPON' | 'CODE';
  /** Of a button: what it says. */
  label?: string;
  example?: string;
}

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The names in a template's text, each once, in their order. */
export function placeholdersOf(text: string | undefined): string[] {
  return text === undefined ? [] : [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] as string))];
}

/** The text with its variables filled in; one without a value stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>> = {}): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] as string) : whole));
}

/** What must be filled in, from top to bottom. A media or location header is not among them: see `headerFormatOf`. */
export function variablesOf(components: readonly TemplateComponent[]): TemplateVariable[] {
  return components.flatMap((component): TemplateVariable[] => {
    switch (component.type) {
      case 'HEADER': {
        const { header_text: texts, header_text_named_params: named } = component.example ?? {};
        return textVariables('HEADER', component.format === 'TEXT' ? component.text : undefined, texts, named);
      }
      case 'BODY': {
        const { body_text: texts, body_text_named_params: named } = component.example ?? {};
        return textVariables('BODY', component.text, texts?.[0], named);
      }
      case 'BUTTONS':
        return component.buttons.flatMap(buttonVariable);
      default:
        return [];
    }
  });
}

/** Whether a template hands a one-time code over by a button: Meta sends such a one to a phone number only, not to a user id (131062). */
export function carriesCode(components: readonly TemplateComponent[]): boolean {
  return components.some(
    (part) =>
      part.type === 'BUTTONS' && part.buttons.some(({ type, url }) => type === 'OTP' || (type === 'URL' && isCodeUrl(url))),
  );
}

/** What the header is, or null without one. */
export function headerFormatOf(components: readonly TemplateComponent[]): HeaderFormat | null {
  for (const component of components) if (component.type === 'HEADER') return component.format;
  return null;
}

function textVariables(
  place: 'HEADER' | 'BODY',
  text: string | undefined,
  examples: readonly string[] = [],
  named: readonly { param_name: string; example: string }[] = [],
): TemplateVariable[] {
  return placeholdersOf(text).map((name, index) => {
    const example = named.find(({ param_name }) => param_name === name)?.example ?? examples[index];
    return { place, name, type: 'TEXT', example };
  });
}

function buttonVariable(button: TemplateButton, index: number): TemplateVariable[] {
  const { type, url, example, text: label } = button;
  const [sample] = typeof example === 'string' ? [example] : (example ?? []);
  const variable = { place: 'BUTTON' as const, name: String(index), label, example: sample };
  if (type === 'URL' && placeholdersOf(url).length) return [{ ...variable, type: isCodeUrl(url) ? 'CODE' : 'URL_ENDING' }];
  if (type === 'COPY_CODE') return [{ ...variable, type: 'COUPON' }];
  return type === 'OTP' ? [{ ...variable, type: 'CODE' }] : [];
}

// Meta gives the button of an authentication template back as a link of its own that carries the code.
function isCodeUrl(url = ''): boolean {
  return url.startsWith('https://www.whatsapp.com/otp/');
}
