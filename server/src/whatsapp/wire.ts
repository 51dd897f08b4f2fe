/**
 * What goes over the wire between Meta and us, with Meta's own names. Every optional field is really absent at times, and Meta adds
 * fields without notice: unknown ones are ignored. `read-envelope.ts` turns a received body into checked values.
 */

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

/** The body of `POST /{version}/{phone number id}/messages` for a text. Of `to` and `recipient`, `to` wins. */
export interface TextRequest {
  messaging_product: 'whatsapp';
  recipient_type: 'individual';
  /** With a leading plus: without it Meta puts the business's own country code before it. */
  to?: string;
  /** A business-scoped user id. */
  recipient?: string;
  type: 'text';
  text: { body: string; preview_url?: boolean };
  context?: { message_id: string };
  /** Up to 512 characters, echoed on every status of this message. */
  biz_opaque_callback_data?: string;
}

/** Marks a message, and all before it in that chat, as read; may show "typing" until we answer or 25 s have passed. */
export interface ReadReceiptRequest {
  messaging_product: 'whatsapp';
  status: 'read';
  message_id: string;
  typing_indicator?: { type: 'text' };
}

/** The answer to an accepted send: accepted is not delivered. */
export interface SendResponse {
  messaging_product: 'whatsapp';
  /** `wa_id` only if `to` was used (it may differ from the input), `user_id` only if `recipient` was. */
  contacts: { input: string; wa_id?: string; user_id?: string }[];
  messages: { id: string; message_status?: string }[];
}

/** The body of every refusal. Rate errors come as HTTP 400: only `code` tells what happened. */
export interface ErrorResponse {
  error: {
    message: string;
    type: string;
    code: number;
    error_data?: { messaging_product?: 'whatsapp'; details?: string };
    error_subcode?: number;
    fbtrace_id: string;
    is_transient?: boolean;
  };
}

/** The answer to `GET /{version}/{phone number id}`, as far as we ask. */
export interface NumberResponse {
  id: string;
  display_phone_number: string;
  verified_name: string;
  quality_rating?: string;
  code_verification_status?: string;
}
