import type { Content } from './content.ts';

/** The customer's number (with or without its plus), or the business-scoped user id of one who has none; `to` wins. */
export type Recipient = { to: string; recipient?: string } | { to?: undefined; recipient: string };

/** A file that Meta has already. */
export interface MediaToSend {
  /** Meta's id of the upload. */
  id: string;
  /** What a document is called at the customer's. */
  fileName?: string;
  /** Of a header: tells a picture from a video and a document. */
  mimeType?: string;
  /** Recorded to be heard at once: ogg with opus only. */
  isVoice?: boolean;
}

export type MessageToSend = Recipient & {
  phoneNumberId: string;
  token: string;
  content: Content;
  /** The file of IMAGE, VIDEO, AUDIO, DOCUMENT and STICKER, or the media header of INTERACTIVE and TEMPLATE. */
  media?: MediaToSend;
  /** The files of a carousel's cards. */
  cardMedia?: readonly MediaToSend[];
  /** REACTION: the wamid it belongs to. */
  reactionTo?: string;
  replyToWamid?: string;
  /** Comes back on every status of this message; our message id and nothing more. */
  opaque: string;
};
