import type { WireCard, WireLocation } from './wire.ts';

/** What every request to send has. Of `to` and `recipient`, `to` wins. */
export interface SendFrame {
  messaging_product: 'whatsapp';
  recipient_type?: 'individual';
  /** With a leading plus: without it Meta puts the business's own country code before it. */
  to?: string;
  /** A business-scoped user id. */
  recipient?: string;
  context?: { message_id: string };
  /** Up to 512 characters, echoed on every status of this message. */
  biz_opaque_callback_data?: string;
  recipient_identity_key_hash?: string;
}

/** A file by the id of its upload, or by an address that Meta fetches it from. */
export type MediaObject = { id: string; link?: undefined } | { link: string; id?: undefined };

/** What stands under the key named like the type. */
export interface SendContents {
  text: { body: string; preview_url?: boolean };
  image: MediaObject & { caption?: string };
  video: MediaObject & { caption?: string };
  audio: MediaObject & { voice?: boolean };
  document: MediaObject & { caption?: string; filename?: string };
  sticker: MediaObject;
  location: WireLocation;
  contacts: WireCard[];
  reaction: { message_id: string; emoji: string };
  interactive: InteractiveObject;
  template: TemplateObject;
}
export type SendType = keyof SendContents;

/** The body of `POST /{version}/{phone number id}/messages`, by type. */
export type SendRequestOf<Type extends SendType> = SendFrame & { type: Type } & { [Key in Type]: SendContents[Key] };
export type TextRequest = SendRequestOf<'text'>;
export type SendRequest = { [Type in SendType]: SendRequestOf<Type> }[SendType];

export type HeaderObject =
  | { type: 'text'; text: string }
  | { type: 'image'; image: MediaObject }
  | { type: 'video'; video: MediaObject }
  | { type: 'document'; document: MediaObject & { filename?: string } };

interface InteractiveFrame {
  header?: HeaderObject;
  body: { text: string };
  footer?: { text: string };
}
/** A list's header is text only. */
export type InteractiveObject =
  | (InteractiveFrame & { type: 'button'; action: { buttons: { type: 'reply'; reply: { id: string; title: string } }[] } })
  | (InteractiveFrame & { type: 'list'; action: { button: string; sections: ListSection[] } })
  | (InteractiveFrame & { type: 'cta_url'; action: { name: 'cta_url'; parameters: { display_text: string; url: string } } })
  | { type: 'location_request_message'; body: { text: string }; action: { name: 'send_location' } }
  | (InteractiveFrame & { type: 'flow'; action: { name: 'flow'; parameters: Record<string, unknown> } });

export interface ListSection {
  title?: string;
  rows: { id: string; title: string; description?: string }[];
}

export interface TemplateObject {
  name: string;
  language: { code: string };
  components?: TemplateComponentObject[];
}
/** Positional parameters go by their order, those of a NAMED template by `parameter_name`. */
export type TemplateComponentObject =
  | { type: 'header' | 'body'; parameters: TemplateParameter[] }
  | { type: 'button'; sub_type: string; index: string | number; parameters: TemplateParameter[] }
  | { type: 'limited_time_offer'; parameters: TemplateParameter[] }
  | { type: 'carousel'; cards: { card_index: number; components: TemplateComponentObject[] }[] };
export type TemplateParameter =
  | { type: 'text'; text: string; parameter_name?: string }
  | HeaderObject
  | { type: 'location'; location: WireLocation }
  | { type: 'payload'; payload: string }
  | { type: 'coupon_code'; coupon_code: string }
  /** When an offer ends, in unix ms. */
  | { type: 'limited_time_offer'; limited_time_offer: { expiration_time_ms: number } };

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
    /** Of management calls: for the person who filled in the form. */
    error_user_title?: string;
    error_user_msg?: string;
  };
}

/** The answer to `GET /{version}/{phone number id}`, as far as we ask. */
export interface NumberResponse {
  id: string;
  display_phone_number: string;
  verified_name: string;
  quality_rating?: string;
  code_verification_status?: string;
  name_status?: string;
  new_name_status?: string;
  /** `CONNECTED` when it can send. */
  status?: string;
  platform_type?: string;
  account_mode?: string;
  /** `STANDARD` (80 messages a second), `HIGH` (1,000), `NOT_APPLICABLE`. */
  throughput?: { level: string };
  is_official_business_account?: boolean;
  /** Shared with the WhatsApp Business app: 20 messages a second. */
  is_on_biz_app?: boolean;
  last_onboarded_time?: string;
  webhook_configuration?: { application?: string; whatsapp_business_account?: string; phone_number?: string };
  health_status?: { can_send_message: string; entities: Record<string, unknown>[] };
  /** Such as `TIER_250`. */
  whatsapp_business_manager_messaging_limit?: string;
}

/** The answer to `POST /{phone number id}/media`; the id lives 30 days. */
export interface UploadResponse {
  id: string;
}

/** The answer to `GET /{media id}`: the `url` lives 5 minutes and needs the token. */
export interface MediaResponse {
  messaging_product: 'whatsapp';
  url: string;
  mime_type: string;
  sha256: string;
  /** A number at times. */
  file_size: string | number;
  id: string;
}

/** A template as it is created, listed and edited. Types and formats come in either case. */
export interface TemplateDefinition {
  name: string;
  language: string;
  category: string;
  parameter_format?: string;
  message_send_ttl_seconds?: number | string;
  allow_category_change?: boolean;
  components: TemplateComponentDefinition[];
}

export interface TemplateComponentDefinition {
  type: string;
  /** Of a header: TEXT, IMAGE, VIDEO, DOCUMENT, LOCATION. */
  format?: string;
  text?: string;
  buttons?: TemplateButtonDefinition[];
  example?: TemplateExample;
  /** Of an authentication template's body and footer. */
  add_security_recommendation?: boolean;
  code_expiration_minutes?: number;
  limited_time_offer?: { text: string; has_expiration?: boolean };
  cards?: { components: TemplateComponentDefinition[] }[];
}

export interface TemplateExample {
  header_text?: string[];
  /** Handles of resumable uploads; in answers, addresses. */
  header_handle?: string[];
  body_text?: string[][];
  header_text_named_params?: { param_name: string; example: string }[];
  body_text_named_params?: { param_name: string; example: string }[];
}

export interface TemplateButtonDefinition {
  type: string;
  text?: string;
  url?: string;
  phone_number?: string;
  example?: string | string[];
  otp_type?: string;
  autofill_text?: string;
  supported_apps?: { package_name: string; signature_hash: string }[];
  flow_id?: string;
}

/** The answer to `POST /{account id}/message_templates`. */
export interface TemplateCreatedResponse {
  id: string;
  status: string;
  category: string;
}

/** One of `GET /{account id}/message_templates`, with the fields that were asked for. */
export interface WireTemplate {
  id: string;
  name?: string;
  language?: string;
  status?: string;
  category?: string;
  correct_category?: string;
  /** `NAMED` or `POSITIONAL`. */
  parameter_format?: string;
  components?: TemplateComponentDefinition[];
  quality_score?: { score: string; date?: number };
  rejected_reason?: string;
  message_send_ttl_seconds?: number;
}

export interface PageResponse<Item> {
  data: Item[];
  paging?: { cursors?: { before: string; after: string }; next?: string; previous?: string };
}
