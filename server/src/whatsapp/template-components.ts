import { isJson, type Json, listOf, numberOf, objectOf, objectsOf, textOf, wordsOf } from './read-json.ts';

/** The parts of a template as Meta's API writes and takes them, with types and formats in capitals. */
export type TemplateComponent =
  HeaderComponent | BodyComponent | FooterComponent | ButtonsComponent | OfferComponent | CarouselComponent | OtherComponent;

export type HeaderFormat = 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION';

export interface NamedExample {
  param_name: string;
  example: string;
}

export interface HeaderComponent {
  type: 'HEADER';
  format: HeaderFormat;
  text?: string;
  /** `header_handle` is one of `uploadHandle` where a template is made, an address where one is read. */
  example?: { header_text?: string[]; header_text_named_params?: NamedExample[]; header_handle?: string[] };
}

export interface BodyComponent {
  type: 'BODY';
  /** Missing in an authentication template that is made: Meta writes its text. */
  text?: string;
  example?: { body_text?: string[][]; body_text_named_params?: NamedExample[] };
  add_security_recommendation?: boolean;
}

export interface FooterComponent {
  type: 'FOOTER';
  text?: string;
  code_expiration_minutes?: number;
}

export interface ButtonsComponent {
  type: 'BUTTONS';
  buttons: TemplateButton[];
}

export interface TemplateButton {
  /** QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, OTP, FLOW, REQUEST_CONTACT_INFO, and what Meta adds. */
  type: string;
  text?: string;
  /** With one variable at its end at most. */
  url?: string;
  phone_number?: string;
  /** Of a URL its whole with the variable filled in, of COPY_CODE the code. */
  example?: string[] | string;
  /** COPY_CODE, ONE_TAP or ZERO_TAP. */
  otp_type?: string;
  autofill_text?: string;
  supported_apps?: { package_name: string; signature_hash: string }[];
  flow_id?: string;
}

export interface OfferComponent {
  type: 'LIMITED_TIME_OFFER';
  limited_time_offer: { text?: string; has_expiration?: boolean };
}

export interface CarouselComponent {
  type: 'CAROUSEL';
  cards: TemplateCard[];
}

export interface TemplateCard {
  components: TemplateComponent[];
}

/** What Meta has added since: kept by name, and never sent. */
export interface OtherComponent {
  type: 'OTHER';
  name: string;
}

/** What a card is made of. */
export function partsOfCard({ components }: TemplateCard): {
  header?: HeaderComponent;
  body?: BodyComponent;
  buttons: TemplateButton[];
} {
  return {
    header: components.find((part) => part.type === 'HEADER'),
    body: components.find((part) => part.type === 'BODY'),
    buttons: components.flatMap((part) => (part.type === 'BUTTONS' ? part.buttons : [])),
  };
}

/** The cards of a template; none where it is no carousel. */
export function cardsOf(components: readonly TemplateComponent[]): TemplateCard[] {
  return components.flatMap((component) => (component.type === 'CAROUSEL' ? component.cards : []));
}

/** Whether it holds what this version does not know, in a card too: a product in place of a picture, say. */
export function hasUnknown(components: readonly TemplateComponent[]): boolean {
  return components.some(
    (component) =>
      component.type === 'OTHER' ||
      (component.type === 'CAROUSEL' && component.cards.some((card) => hasUnknown(card.components))),
  );
}

/** The offer of a template, or null. */
export function offerOf(components: readonly TemplateComponent[]): OfferComponent['limited_time_offer'] | null {
  return components.find((component) => component.type === 'LIMITED_TIME_OFFER')?.limited_time_offer ?? null;
}

const FORMATS: readonly string[] = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'] satisfies HeaderFormat[];

/** Reads the components of a template out of Meta's answer, or out of our own store. Never throws; wrong types are left out. */
export function readComponents(raw: unknown): TemplateComponent[] {
  return objectsOf(raw).map((component) => readComponent(component, true));
}

function readComponent(raw: Json, mayNest: boolean): TemplateComponent {
  const type = typeof raw.type === 'string' ? raw.type.toUpperCase() : '';
  const text = wordsOf(raw.text);
  switch (type) {
    case 'HEADER':
      return readHeader(raw);
    case 'BODY':
      return readBody(raw);
    case 'FOOTER':
      return { type, text, code_expiration_minutes: numberOf(raw.code_expiration_minutes) };
    case 'BUTTONS':
      return { type, buttons: objectsOf(raw.buttons).map(readButton) };
    case 'LIMITED_TIME_OFFER': {
      const offer = objectOf(raw.limited_time_offer);
      return { type, limited_time_offer: { text: wordsOf(offer.text), has_expiration: offer.has_expiration === true } };
    }
    case 'CAROUSEL': {
      // Cards hold no carousels.
      const cards = mayNest ? objectsOf(raw.cards) : [];
      return {
        type,
        cards: cards.map((card) => ({ components: objectsOf(card.components).map((part) => readComponent(part, false)) })),
      };
    }
    default:
      return { type: 'OTHER', name: wordsOf(raw.name) ?? (type || 'OTHER') };
  }
}

function readHeader(raw: Json): TemplateComponent {
  const format = typeof raw.format === 'string' ? raw.format.toUpperCase() : 'TEXT';
  if (!FORMATS.includes(format)) return { type: 'OTHER', name: `HEADER ${format}` };
  const header: HeaderComponent = { type: 'HEADER', format: format as HeaderFormat, text: wordsOf(raw.text) };
  const { header_text: texts, header_text_named_params: named, header_handle: handles } = objectOf(raw.example);
  if (Array.isArray(texts)) header.example = { header_text: textsOf(texts) };
  else if (Array.isArray(named)) header.example = { header_text_named_params: namedOf(named) };
  else if (Array.isArray(handles)) header.example = { header_handle: textsOf(handles) };
  return header;
}

function readBody(raw: Json): BodyComponent {
  const body: BodyComponent = { type: 'BODY', text: wordsOf(raw.text) };
  const { body_text: texts, body_text_named_params: named } = objectOf(raw.example);
  // One list for all variables, within a list; at times Meta leaves the outer one out.
  if (Array.isArray(texts)) body.example = { body_text: [textsOf(Array.isArray(texts[0]) ? texts[0] : texts)] };
  else if (Array.isArray(named)) body.example = { body_text_named_params: namedOf(named) };
  if (raw.add_security_recommendation === true) body.add_security_recommendation = true;
  return body;
}

function readButton(raw: Json): TemplateButton {
  const button: TemplateButton = { type: typeof raw.type === 'string' ? raw.type.toUpperCase() : 'OTHER' };
  const { text, url, phone_number: phone, example, otp_type: otp, autofill_text: autofill, flow_id: flow } = raw;
  if (wordsOf(text)) button.text = wordsOf(text);
  if (wordsOf(url)) button.url = wordsOf(url);
  if (wordsOf(phone)) button.phone_number = wordsOf(phone);
  if (Array.isArray(example)) button.example = textsOf(example);
  else if (wordsOf(example)) button.example = wordsOf(example);
  if (typeof otp === 'string') button.otp_type = otp.toUpperCase();
  if (wordsOf(autofill)) button.autofill_text = wordsOf(autofill);
  if (wordsOf(flow) ?? numberOf(flow)) button.flow_id = String(wordsOf(flow) ?? numberOf(flow));
  const apps = objectsOf(raw.supported_apps).flatMap(({ package_name: name, signature_hash: hash }) =>
    wordsOf(name) && wordsOf(hash) ? [{ package_name: String(name), signature_hash: String(hash) }] : [],
  );
  if (apps.length) button.supported_apps = apps;
  return button;
}

function textsOf(list: readonly unknown[]): string[] {
  return list.flatMap((item) => textOf(item) ?? (typeof item === 'number' ? String(item) : []));
}

function namedOf(list: readonly unknown[]): NamedExample[] {
  return listOf(list).flatMap((item) => {
    const name = isJson(item) ? wordsOf(item.param_name) : undefined;
    return isJson(item) && name ? [{ param_name: name, example: textOf(item.example) ?? '' }] : [];
  });
}
