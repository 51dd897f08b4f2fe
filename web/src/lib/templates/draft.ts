import type { CreateTemplateInput, TemplateOnScreenFragment } from '#lib/gql/graphql.ts';

type TemplateContent = Pick<CreateTemplateInput, 'header' | 'body' | 'footer' | 'buttons' | 'codeMinutes' | 'cards' | 'offer'>;

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

/** Text with buttons, cards to push along below it, or an offer that ends above it. */
export type DraftShape = 'PLAIN' | 'CARDS' | 'OFFER';
export type DraftCardKind = 'IMAGE' | 'VIDEO';

/** A card of a carousel. All cards have the same kinds of buttons. */
export interface DraftCard {
  mediaId: string | null;
  /** What can be shown of its file. */
  picture: string | null;
  body: string;
  buttons: DraftButton[];
  /** By place and name, such as `BODY 1`. */
  examples: Record<string, string>;
}

/** A template as it is being written. */
export interface Draft {
  name: string;
  language: string;
  category: DraftCategory;
  shape: DraftShape;
  headerKind: DraftHeader;
  headerText: string;
  headerMediaId: string | null;
  body: string;
  footer: string;
  buttons: DraftButton[];
  /** By place and name, such as `BODY 1`. */
  examples: Record<string, string>;
  cardKind: DraftCardKind;
  cards: DraftCard[];
  offerText: string;
  offerEnds: boolean;
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
  cards: 10,
  cardsLeast: 2,
  cardBody: 160,
  cardButtons: 2,
  offer: 16,
  offerBody: 600,
} as const;

export const emptyButton = (type: DraftButtonKind = 'QUICK_REPLY'): DraftButton => ({
  type,
  text: '',
  url: '',
  phone: '',
  example: '',
});

/** A card with buttons of these kinds. */
export const emptyCard = (kinds: readonly DraftButtonKind[] = ['QUICK_REPLY']): DraftCard => ({
  mediaId: null,
  picture: null,
  body: '',
  buttons: kinds.map(emptyButton),
  examples: {},
});

export const emptyDraft = (): Draft => ({
  name: '',
  language: 'en_US',
  category: 'UTILITY',
  shape: 'PLAIN',
  headerKind: '',
  headerText: '',
  headerMediaId: null,
  body: '',
  footer: '',
  buttons: [],
  examples: {},
  cardKind: 'IMAGE',
  cards: [],
  offerText: '',
  offerEnds: true,
  codeMinutes: 10,
  hasSecurityAdvice: true,
});

const knownButtons: readonly string[] = ['QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE'];

/** What a stored template becomes when it is changed. */
export function draftOf(template: TemplateOnScreenFragment): Draft {
  const { header, headerMedia, body, footer, cards, offer } = template;
  const examples = examplesOf(template.variables);
  return {
    ...emptyDraft(),
    name: template.name,
    language: template.language,
    category: template.category,
    shape: cards.length > 0 ? 'CARDS' : offer ? 'OFFER' : 'PLAIN',
    headerKind: header?.kind ?? '',
    headerText: header?.text ?? '',
    headerMediaId: headerMedia?.id ?? null,
    body: body ?? '',
    footer: footer ?? '',
    buttons: draftButtons(template.buttons, examples),
    examples,
    cardKind: cards[0]?.headerKind === 'VIDEO' ? 'VIDEO' : 'IMAGE',
    cards: cards.map((card) => ({
      mediaId: card.headerMedia?.id ?? null,
      picture: card.headerMedia?.thumbnailUrl ?? card.headerMedia?.url ?? null,
      body: card.body,
      buttons: draftButtons(card.buttons, examplesOf(card.variables)),
      examples: examplesOf(card.variables),
    })),
    offerText: offer?.text ?? '',
    offerEnds: offer?.hasExpiration ?? true,
  };
}

function examplesOf(variables: TemplateOnScreenFragment['variables']): Record<string, string> {
  return Object.fromEntries(variables.map(({ place, name, example }) => [`${place} ${name}`, example ?? '']));
}

function draftButtons(buttons: TemplateOnScreenFragment['buttons'], examples: Record<string, string>): DraftButton[] {
  return buttons.flatMap(({ type, text, url, phone }, index) => {
    if (!knownButtons.includes(type)) return [];
    const example = examples[`BUTTON ${index}`] ?? '';
    return [{ type: type as DraftButtonKind, text, url: url ?? '', phone: phone ?? '', example }];
  });
}

/** The shape a template has in its category: offers are marketing, and Meta writes what carries a code. */
export function shapeOf({ category, shape }: Pick<Draft, 'category' | 'shape'>): DraftShape {
  if (category === 'AUTHENTICATION' || (shape === 'OFFER' && category !== 'MARKETING')) return 'PLAIN';
  return shape;
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
  const body = { text: draft.body, examples: examplesIn('BODY', draft.body, draft.examples) };
  const shape = shapeOf(draft);
  if (shape === 'CARDS') return { body, cards: draft.cards.map((card) => cardInput(card, draft.cardKind)) };
  return {
    ...(draft.headerKind && {
      header: {
        kind: draft.headerKind,
        ...(draft.headerKind === 'TEXT' && {
          text: draft.headerText,
          examples: examplesIn('HEADER', draft.headerText, draft.examples),
        }),
        ...(draft.headerMediaId && { headerMediaId: draft.headerMediaId }),
      },
    }),
    body,
    ...(shape === 'OFFER' && { offer: { text: draft.offerText.trim(), hasExpiration: draft.offerEnds } }),
    ...(shape === 'PLAIN' && draft.footer.trim() && { footer: draft.footer.trim() }),
    ...(draft.buttons.length > 0 && { buttons: draft.buttons.map(buttonInput) }),
  };
}

function examplesIn(place: string, text: string, examples: Record<string, string>) {
  return variablesOf(text).map((name) => ({ name, value: examples[`${place} ${name}`]?.trim() ?? '' }));
}

function cardInput({ mediaId, body, buttons, examples }: DraftCard, headerKind: DraftCardKind) {
  return {
    headerKind,
    headerMediaId: mediaId ?? '',
    body,
    examples: examplesIn('BODY', body, examples),
    buttons: buttons.map(buttonInput),
  };
}

function buttonInput({ type, text, url, phone, example }: DraftButton) {
  return {
    type,
    ...(type !== 'COPY_CODE' && { text: text.trim() }),
    ...(type === 'URL' && { url: url.trim(), ...(example.trim() && { example: example.trim() }) }),
    ...(type === 'PHONE_NUMBER' && { phone: phone.trim() }),
    ...(type === 'COPY_CODE' && { example: example.trim() }),
  };
}

/** Named variables are called by words, others by numbers. */
export function parameterFormatOf(draft: Draft): 'NAMED' | 'POSITIONAL' {
  const { headerText, body, cards } = draft;
  const texts = shapeOf(draft) === 'CARDS' ? [body, ...cards.map((card) => card.body)] : [headerText, body];
  return texts.flatMap(variablesOf).some((name) => !/^\d+$/.test(name)) ? 'NAMED' : 'POSITIONAL';
}
