import { registerEnumType } from 'type-graphql';
import type { ContentKind } from '../whatsapp/content.ts';
import type { MessageFailureCode as FailureCodes } from '../whatsapp/errors.ts';

export enum MessageDirection {
  INBOUND = 'INBOUND',
  OUTBOUND = 'OUTBOUND',
}
registerEnumType(MessageDirection, {
  name: 'MessageDirection',
  description: 'Who wrote a message.',
  valuesConfig: { INBOUND: { description: 'The customer.' }, OUTBOUND: { description: 'The company.' } },
});

export enum MessageKind {
  TEXT = 'TEXT',
  IMAGE = 'IMAGE',
  VIDEO = 'VIDEO',
  AUDIO = 'AUDIO',
  DOCUMENT = 'DOCUMENT',
  STICKER = 'STICKER',
  LOCATION = 'LOCATION',
  CONTACTS = 'CONTACTS',
  INTERACTIVE = 'INTERACTIVE',
  TEMPLATE = 'TEMPLATE',
  REACTION = 'REACTION',
  ORDER = 'ORDER',
  SYSTEM = 'SYSTEM',
  UNSUPPORTED = 'UNSUPPORTED',
}
registerEnumType(MessageKind, {
  name: 'MessageKind',
  description: 'What a message holds.',
  valuesConfig: {
    TEXT: { description: 'Text.' },
    IMAGE: { description: 'A picture: see `media`; `text` is its caption.' },
    VIDEO: { description: 'A film: see `media`; `text` is its caption.' },
    AUDIO: { description: 'Sound: see `media`, which says whether it is a voice message.' },
    DOCUMENT: { description: 'A file: see `media`; `text` is its caption.' },
    STICKER: { description: 'A sticker: see `media`.' },
    LOCATION: { description: 'A place: see `location`.' },
    CONTACTS: { description: 'Contact cards: see `contactCards`.' },
    INTERACTIVE: { description: 'Buttons or a list to tap on (see `interactive`), or what the customer tapped (see `reply`).' },
    TEMPLATE: { description: 'A template: see `template`; `text` is its body with the values filled in.' },
    REACTION: { description: 'An emoji on another message: see `replyTo`; `text` is null when it was taken back.' },
    ORDER: { description: 'An order out of a catalogue: see `order`.' },
    SYSTEM: { description: 'What WhatsApp says about the customer: see `system`.' },
    UNSUPPORTED: { description: 'Something that WhatsApp does not hand on: see `unsupportedType`.' },
  },
});

export enum MessageStatus {
  RECEIVED = 'RECEIVED',
  SCHEDULED = 'SCHEDULED',
  HELD = 'HELD',
  QUEUED = 'QUEUED',
  UNCONFIRMED = 'UNCONFIRMED',
  ACCEPTED = 'ACCEPTED',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  PLAYED = 'PLAYED',
  FAILED = 'FAILED',
  EXPIRED = 'EXPIRED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(MessageStatus, {
  name: 'MessageStatus',
  description: 'How far a message has come. It only ever advances; a failure stands until something better is known.',
  valuesConfig: {
    RECEIVED: { description: 'The customer wrote it and we have it.' },
    SCHEDULED: { description: 'It waits for its time.' },
    HELD: { description: 'It waits for a review.' },
    QUEUED: { description: 'It waits to be sent.' },
    UNCONFIRMED: {
      description: 'It may have been sent: the connection broke before WhatsApp answered. It is not sent again by itself.',
    },
    ACCEPTED: { description: 'WhatsApp took it.' },
    SENT: { description: 'WhatsApp sent it on.' },
    DELIVERED: { description: "It is on the customer's device." },
    READ: { description: 'The customer opened the chat.' },
    PLAYED: { description: 'The customer played the voice message.' },
    FAILED: { description: 'It was refused: see `failure`.' },
    EXPIRED: { description: 'WhatsApp gave up without a word.' },
    CANCELLED: { description: 'Somebody stopped it before it was sent.' },
  },
});

export enum MessageFailureCode {
  WINDOW_CLOSED = 'WINDOW_CLOSED',
  UNDELIVERABLE = 'UNDELIVERABLE',
  RATE_LIMITED = 'RATE_LIMITED',
  PAIR_RATE_LIMITED = 'PAIR_RATE_LIMITED',
  MESSAGING_LIMIT_REACHED = 'MESSAGING_LIMIT_REACHED',
  UPLOAD_TOO_SLOW = 'UPLOAD_TOO_SLOW',
  FILE_GONE = 'FILE_GONE',
  SPAM_RATE = 'SPAM_RATE',
  MARKETING_CAP = 'MARKETING_CAP',
  OPTED_OUT = 'OPTED_OUT',
  TOKEN = 'TOKEN',
  NUMBER_STOPPED = 'NUMBER_STOPPED',
  BAD_CONTENT = 'BAD_CONTENT',
  MEDIA = 'MEDIA',
  TEMPLATE = 'TEMPLATE',
  TEMPORARY = 'TEMPORARY',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(MessageFailureCode, {
  name: 'MessageFailureCode',
  description: 'Why a message failed, for programs.',
  valuesConfig: {
    WINDOW_CLOSED: { description: "More than 24 hours passed since the customer's last message." },
    UNDELIVERABLE: { description: 'WhatsApp cannot deliver to this customer.' },
    RATE_LIMITED: { description: 'The number or the account sent too much at once.' },
    PAIR_RATE_LIMITED: { description: 'This customer got too many messages at once.' },
    MESSAGING_LIMIT_REACHED: {
      description: 'When its time came, the business had written first to as many people in 24 hours as WhatsApp allows.',
    },
    UPLOAD_TOO_SLOW: { description: 'Its file took too long to get to WhatsApp, several times over.' },
    FILE_GONE: { description: 'Its file is not here any more.' },
    SPAM_RATE: { description: 'WhatsApp limits the number: too many people blocked or reported it.' },
    MARKETING_CAP: { description: 'This customer gets no more marketing messages for now.' },
    OPTED_OUT: { description: 'This customer wants no such messages.' },
    TOKEN: { description: "Meta does not accept the number's access token." },
    NUMBER_STOPPED: { description: 'Meta has stopped the number or the account.' },
    BAD_CONTENT: { description: 'WhatsApp does not take what the message holds.' },
    MEDIA: { description: 'WhatsApp does not take the file.' },
    TEMPLATE: { description: 'WhatsApp does not take the template or its values.' },
    TEMPORARY: { description: 'Something on the way is out of order for now.' },
    UNKNOWN: { description: 'Meta gave a reason that we do not know.' },
  },
});

/** Fails to compile when a message can hold what the API has no name for. */
export const everyKindIsPublic: Record<ContentKind, MessageKind> = MessageKind;

/** Fails to compile when the error table knows a code that the API does not. */
export const everyFailureCodeIsPublic: Record<FailureCodes, MessageFailureCode> = MessageFailureCode;
