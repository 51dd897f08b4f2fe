/**
 * What goes over the wire between Meta and us, with Meta's own names. Every optional field is really absent at times, and Meta adds
 * fields without notice: unknown ones are ignored. `read-envelope.ts` turns a received body into checked values.
 */

// Requests to Meta and its answers; whoever speaks of the wire needs this file alone.
export type * from './wire-send.ts';

/** The body of one webhook POST. Meta batches up to 1,000 updates over several entries and changes. */
export interface Envelope {
  object: 'whatsapp_business_account';
  entry: EnvelopeEntry[];
}

export interface EnvelopeEntry {
  /** The WhatsApp Business Account (WABA). */
  id: string;
  /** Unix seconds; only on account and template fields. */
  time?: number;
  changes: EnvelopeChange[];
}

export type EnvelopeChange = { field: 'messages'; value: MessagesValue } | { field: string; value: Record<string, unknown> };

/** The value of field `messages`: inbound messages, statuses of outgoing ones, or faults of the number. */
export interface MessagesValue {
  messaging_product: 'whatsapp';
  /** `display_phone_number` comes as digits without a plus. */
  metadata: { display_phone_number: string; phone_number_id: string };
  /** Absent for system messages, failed statuses and errors. */
  contacts?: WireContact[];
  messages?: WireMessage[];
  statuses?: WireStatus[];
  errors?: WireError[];
}

export interface WireContact {
  profile?: { name?: string; username?: string };
  /** Absent when the person hides the number; not always the phone number itself. */
  wa_id?: string;
  /** Business-scoped user id, such as `DE.4410A`. */
  user_id?: string;
  parent_user_id?: string;
  identity_key_hash?: string;
}

export interface WireContext {
  /** Both absent when the message was forwarded. */
  from?: string;
  id?: string;
  forwarded?: true;
  frequently_forwarded?: true;
  /** Of a question about a product. */
  referred_product?: { catalog_id: string; product_retailer_id: string };
}

interface WireMessageBase {
  from?: string;
  from_user_id?: string;
  from_parent_user_id?: string;
  group_id?: string;
  /** The message's wamid. */
  id: string;
  /** Unix seconds as a string. */
  timestamp: string;
  context?: WireContext;
  referral?: WireReferral;
  errors?: WireError[];
}

export interface WireTextMessage extends WireMessageBase {
  type: 'text';
  text: { body: string };
}

/** Any other type carries its content under a key named like the type. */
export interface WireOtherMessage extends WireMessageBase {
  type: string;
  [content: string]: unknown;
}

export type WireMessage = WireTextMessage | WireOtherMessage;

/** What stands under the key named like the type. `interactive` and `system` have their own kinds inside. */
export interface WireContents {
  text: { body: string };
  image: WireMedia;
  video: WireMedia;
  audio: WireMedia;
  document: WireMedia;
  sticker: WireMedia;
  location: WireLocation;
  contacts: WireCard[];
  interactive: WireInteractive;
  button: { payload: string; text: string };
  /** Without an emoji, or with an empty one, a reaction is taken back. */
  reaction: { message_id: string; emoji?: string };
  order: WireOrder;
  system: WireSystem;
  unsupported: { type?: string };
  edit: { original_message_id: string; message: { context?: WireContext; type: string; [content: string]: unknown } };
  revoke: { original_message_id: string };
}

/** A file of a message: its id lives 7 days, its `url` 5 minutes and only with the token. */
export interface WireMedia {
  id: string;
  mime_type?: string;
  /** Base64 in webhooks; compare tolerantly. */
  sha256?: string;
  url?: string;
  caption?: string;
  filename?: string;
  /** Audio recorded in WhatsApp. */
  voice?: boolean;
  /** Sticker. */
  animated?: boolean;
}

/** Numbers in webhooks, strings in requests. */
export interface WireLocation {
  latitude: number | string;
  longitude: number | string;
  name?: string;
  address?: string;
  url?: string;
}

export interface WireCard {
  name: Partial<Record<'first_name' | 'last_name' | 'middle_name' | 'prefix' | 'suffix', string>> & { formatted_name: string };
  phones?: { phone?: string; wa_id?: string; type?: string }[];
  emails?: { email?: string; type?: string }[];
  addresses?: Partial<Record<'street' | 'city' | 'state' | 'zip' | 'country' | 'country_code' | 'type', string>>[];
  org?: { company?: string; department?: string; title?: string };
  urls?: { url?: string; type?: string }[];
  /** `YYYY-MM-DD`. */
  birthday?: string;
  vcard?: string;
  /** `contact_request` after a tap on REQUEST_CONTACT_INFO; may stand beside `contacts` instead. */
  origin?: string;
}

/** What was tapped. `response_json` is JSON in a string. Other kinds exist: keep them raw. */
export type WireInteractive =
  | { type: 'button_reply'; button_reply: { id: string; title: string } }
  | { type: 'list_reply'; list_reply: { id: string; title: string; description?: string } }
  | { type: 'nfm_reply'; nfm_reply: { name: string; body: string; response_json: string } }
  | {
      type: 'call_permission_reply';
      call_permission_reply: {
        response: string;
        is_permanent?: boolean;
        expiration_timestamp?: string;
        response_source?: string;
      };
    };

export interface WireOrder {
  catalog_id: string;
  text?: string;
  product_items: { product_retailer_id: string; quantity: number; item_price: number; currency: string }[];
}

/** A person's number or user id changed; match on `previous_user_id` first, then on the message's `from`. */
export interface WireSystem {
  type: 'user_changed_number' | 'user_changed_user_id';
  body: string;
  wa_id?: string;
  user_id?: string;
  parent_user_id?: string;
  previous_user_id?: string;
  previous_parent_user_id?: string;
}

/** The advertisement or post that brought the person. */
export interface WireReferral {
  source_url?: string;
  source_id?: string;
  source_type?: string;
  body?: string;
  headline?: string;
  media_type?: string;
  image_url?: string;
  video_url?: string;
  thumbnail_url?: string;
  ctwa_clid?: string;
  welcome_message?: { text: string };
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface WireStatus {
  /** The wamid of the outgoing message. */
  id: string;
  status: DeliveryStatus;
  /** Unix seconds as a string: when the webhook was triggered. */
  timestamp: string;
  recipient_id?: string;
  recipient_user_id?: string;
  recipient_parent_user_id?: string;
  biz_opaque_callback_data?: string;
  conversation?: { id: string; expiration_timestamp?: string; origin?: { type: string } };
  /** Comes with `sent` and with one of `delivered` and `read`: book a cost once per wamid, never per status. */
  pricing?: WirePricing;
  errors?: WireError[];
}

export interface WirePricing {
  billable?: boolean;
  pricing_model: string;
  type?: string;
  category: string;
}

/** Act on `code` and `error_data.details`, never on the title. */
export interface WireError {
  code: number;
  title?: string;
  message?: string;
  error_data?: { messaging_product?: 'whatsapp'; details?: string };
  href?: string;
}
