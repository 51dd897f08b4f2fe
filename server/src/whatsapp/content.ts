/**
 * What a message can hold, in our own terms and in one shape for both directions. `read-content.ts` makes it out of webhooks, `write-content.ts`
 * makes requests out of it, the API shows it. What people read first stands in `text`; the rest is `parts`, stored sealed as JSON: fields may be
 * added, none may change its meaning.
 */

/** What a message is. A template's button and an interactive reply are both INTERACTIVE with `parts.reply`. */
export const CONTENT_KINDS = [
  'TEXT',
  'IMAGE',
  'VIDEO',
  'AUDIO',
  'DOCUMENT',
  'STICKER',
  'LOCATION',
  'CONTACTS',
  'INTERACTIVE',
  'TEMPLATE',
  'REACTION',
  'ORDER',
  'SYSTEM',
  'UNSUPPORTED',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

export interface Content {
  kind: ContentKind;
  /**
   * Text, caption, body of an interactive message or of a template with its variables filled in, title of the button that was tapped, emoji of a
   * reaction (null when it was taken back), what WhatsApp says in a system message; null where there is none.
   */
  text: string | null;
  /** Empty when there is nothing but text. */
  parts: Parts;
}

export interface Parts {
  location?: LocationPart;
  cards?: CardPart[];
  interactive?: InteractivePart;
  reply?: ReplyPart;
  template?: TemplatePart;
  order?: OrderPart;
  system?: SystemPart;
  /** The advertisement or post that brought the customer. */
  referral?: ReferralPart;
  /** A product of a catalogue that the message asks about. */
  product?: { catalogId?: string; productId?: string };
  forwarded?: 'ONCE' | 'OFTEN';
  /** What WhatsApp calls a message that it does not hand on. */
  unsupportedType?: string;
  /** Of an outgoing text: whether its first link is shown with a picture. */
  previewUrl?: boolean;
  /** Of an outgoing file: what a document is called at the customer, and whether sound is a voice message. */
  file?: { name?: string; isVoice?: boolean };
}

export interface LocationPart {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
  url?: string;
}

export interface CardPart {
  name: { formatted: string; first?: string; last?: string; middle?: string; prefix?: string; suffix?: string };
  phones: { phone: string; type?: string; waId?: string }[];
  emails: { email: string; type?: string }[];
  addresses: {
    street?: string;
    city?: string;
    state?: string;
    zip?: string;
    country?: string;
    countryCode?: string;
    type?: string;
  }[];
  urls: { url: string; type?: string }[];
  organization?: { company?: string; department?: string; title?: string };
  /** `YYYY-MM-DD`. */
  birthday?: string;
  /** Of one that came in: why it was sent. */
  origin?: CardOrigin;
}

/** CONTACT_REQUEST: by a tap on a button that asks for it. */
export type CardOrigin = 'CONTACT_REQUEST' | 'OTHER';

export type InteractiveType = 'BUTTONS' | 'LIST' | 'LINK' | 'LOCATION_REQUEST' | 'OTHER';

/** What we offer to tap on. The body is the message's text. */
export interface InteractivePart {
  type: InteractiveType;
  /** A text; a media header is the message's media. */
  header?: string;
  footer?: string;
  /** BUTTONS: one to three. */
  buttons?: { id: string; title: string }[];
  /** LIST: what opens it, and its sections. */
  button?: string;
  sections?: { title?: string; rows: { id: string; title: string; description?: string }[] }[];
  /** LINK. */
  link?: { title: string; url: string };
}

export type ReplyType = 'BUTTON' | 'LIST' | 'TEMPLATE_BUTTON' | 'FORM' | 'CALL_PERMISSION' | 'OTHER';

/** What the customer tapped on. Its title is the message's text. */
export interface ReplyPart {
  type: ReplyType;
  /** The id or payload of what was tapped. */
  id?: string;
  description?: string;
  /** FORM: the answers as WhatsApp gave them, JSON text. */
  answers?: string;
  /** FORM: `flow` or `address_message`. CALL_PERMISSION: `accept` or `reject`. */
  name?: string;
  /** CALL_PERMISSION: whether it holds until it is taken back. */
  isPermanent?: boolean;
  /** CALL_PERMISSION: when it ends, in unix ms. */
  expiresAt?: number;
  /** CALL_PERMISSION: `user_action` or `automatic`. */
  source?: string;
}

/** A template as it was sent. The message's text is its body with the values in their places; a media header is the message's media. */
export interface TemplatePart {
  /** Ours; absent for one that was deleted since, or that came by an echo. */
  id?: string;
  name: string;
  language: string;
  category?: string;
  header?: string;
  headerLocation?: LocationPart;
  footer?: string;
  buttons: TemplateButtonPart[];
  /** Of a carousel. Their files are the message's own, in the same order. */
  cards?: TemplateCardPart[];
  offer?: OfferPart;
  /** What was filled in: names of NAMED templates, else `1`, `2`, …; kept so that a retry sends the same. */
  values: TemplateValues;
}

export interface TemplateValues {
  header?: Record<string, string>;
  body?: Record<string, string>;
  /** By the button's place, from 0: a URL's ending, a quick reply's payload, a coupon or one-time code. */
  buttons?: Record<string, string>;
  /** Of a carousel: card by card. */
  cards?: CardValues[];
  /** Of an offer that ends: when, in ms since 1970. */
  offerExpiresAt?: number;
}

export type CardValues = Pick<TemplateValues, 'body' | 'buttons'>;

/** A card as the customer reads it. */
export interface TemplateCardPart {
  text: string;
  buttons: TemplateButtonPart[];
}

export interface OfferPart {
  text: string;
  /** When it ends, in ms since 1970, where it says so. */
  expiresAt?: number;
}

export interface TemplateButtonPart {
  type: 'QUICK_REPLY' | 'URL' | 'PHONE_NUMBER' | 'COPY_CODE' | 'OTP' | 'FLOW' | 'OTHER';
  text: string;
  /** With its variable filled in. */
  url?: string;
  phone?: string;
  code?: string;
}

export interface OrderPart {
  catalogId: string;
  items: { productId: string; quantity: number; price: number; currency: string }[];
}

export interface SystemPart {
  type: 'NUMBER_CHANGED' | 'USER_ID_CHANGED' | 'OTHER';
  /** Phones and ids of the person, new and before; they are personal, as is the text. */
  newPhone?: string;
  newUserId?: string;
  newParentUserId?: string;
  previousUserId?: string;
  previousParentUserId?: string;
}

export interface ReferralPart {
  url?: string;
  /** Meta's id of the advertisement or post. */
  sourceId?: string;
  sourceType?: string;
  headline?: string;
  body?: string;
  mediaType?: string;
  mediaUrl?: string;
  thumbnailUrl?: string;
  clickId?: string;
  welcomeText?: string;
}

/** A file as a webhook names it. */
export interface ReceivedMedia {
  /** Meta's id: lives 7 days from a webhook, 30 from an upload. */
  metaId: string;
  mimeType: string;
  sha256?: string;
  fileName?: string;
  /** Recorded in WhatsApp. */
  isVoice?: boolean;
  /** A sticker that moves. */
  isAnimated?: boolean;
}
