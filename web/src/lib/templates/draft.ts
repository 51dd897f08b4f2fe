import type { CreateTemplateInput, TemplateOnScreenFragment } from '#lib/gql/graphql.ts';

type TemplateContent = Pick<CreateTemplateInput, 'header' | 'body' | 'footer' | 'buttons' | 'codeMinutes'>;

export type DraftCategory = 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
export type DraftHeader = '' | 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION';
export type DraftButtonKind = 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE';

export interface DraftButton {
  type: DraftButtonKind;
  text: string;
  url: string;
  phone: string;
  example: string;
}

/** A template as it is being written. */
export interface Draft {
  name: string;
  language: string;
  category: DraftCategory;
  headerKind: DraftHeader;
  headerText: string;
  headerMediaId: string | null;
  body: string;
  footer: string;
  buttons: DraftButton[];
  /** By place and name, such as `BODY 1`. */
  examples: Record<string, string>;
  /** Of an authentication template. */
  codeMinutes: number;
  hasSecurityAdvice: boolean;
}

/** Characters and counts that Meta takes; the server decides. */
export const draftMax = {
  name: 512,
  header: 60,
  body: 1024,
  footer: 60,
  buttons: 10,
  buttonText: 25,
  urls: 2,
  coupon: 20,
} as const;

export const emptyDraft = (): Draft => ({
  name: '',
  language: 'en_US',
  category: 'UTILITY',
  headerKind: '',
  headerText: '',
  headerMediaId: null,
  body: '',
  footer: '',
  buttons: [],
  examples: {},
  codeMinutes: 10,
  hasSecurityAdvice: true,
});

const knownButtons: readonly string[] = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE'];

/** What a stored template becomes when it is changed. */
export function draftOf(template: TemplateOnScreenFragment): Draft {
  const examples = Object.fromEntries(template.variables.map(({ place, name, example }) => [`${place} ${name}`, example ?? '']));
  return {
    ...emptyDraft(),
    name: template.name,
    language: template.language,
    category: template.category,
    headerKind: template.header?.kind ?? '',
    headerText: template.header?.text ?? '',
    headerMediaId: template.headerMedia?.id ?? null,
    body: template.body ?? '',
    footer: template.footer ?? '',
    buttons: template.buttons.flatMap(({ type, text, url, phone }, index) =>
      knownButtons.includes(type)
        ? [
            {
              type: type as DraftButtonKind,
              text,
              url: url ?? '',
              phone: phone ?? '',
              example: examples[`BUTTON ${index}`] ?? '',
            },
          ]
        : [],
    ),
    examples,
  };
}

/** The names of a text's variables, each once, in their order. */
export function variablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name))];
}

/** The next number for a variable. */
export function nextVariable(text: string): string {
  return `{{${Math.max(0, ...variablesOf(text).map(Number).filter(Number.isFinite)) + 1}}}`;
}

/** What the server is given of a draft. */
export function contentOf(draft: Draft): TemplateContent {
  if (draft.category === 'AUTHENTICATION') {
    return {
      body: { hasSecurityAdvice: draft.hasSecurityAdvice },
      codeMinutes: draft.codeMinutes,
      buttons: [{ type: 'OTP', codeKind: 'COPY_CODE' }],
    };
  }
  const examplesIn = (place: string, text: string) =>
    variablesOf(text).map((name) => ({ name, value: draft.examples[`${place} ${name}`]?.trim() ?? '' }));
  return {
    ...(draft.headerKind && {
      header: {
        kind: draft.headerKind,
        ...(draft.headerKind === 'TEXT' && { text: draft.headerText, examples: examplesIn('HEADER', draft.headerText) }),
        ...(draft.headerMediaId && { headerMediaId: draft.headerMediaId }),
      },
    }),
    body: { text: draft.body, examples: examplesIn('BODY', draft.body) },
    ...(draft.footer.trim() && { footer: draft.footer.trim() }),
    ...(draft.buttons.length > 0 && {
      buttons: draft.buttons.map(({ type, text, url, phone, example }) => ({
        type,
        ...(type !== 'COPY_CODE' && { text: text.trim() }),
        ...(type === 'URL' && { url: url.trim(), ...(example.trim() && { example: example.trim() }) }),
        ...(type === 'PHONE_NUMBER' && { phone: phone.trim() }),
        ...(type === 'COPY_CODE' && { example: example.trim() }),
      })),
    }),
  };
}

/** Named variables are called by words, others by numbers. */
export function parameterFormatOf({ headerText, body }: Draft): 'NAMED' | 'POSITIONAL' {
  return [...variablesOf(headerText), ...variablesOf(body)].some((name) => !/^\d+$/.test(name)) ? 'NAMED' : 'POSITIONAL';
}
