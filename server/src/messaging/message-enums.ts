import { registerEnumType } from 'type-graphql';
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
  UNSUPPORTED = 'UNSUPPORTED',
}
registerEnumType(MessageKind, {
  name: 'MessageKind',
  description: 'What a message holds.',
  valuesConfig: { TEXT: { description: 'Text.' }, UNSUPPORTED: { description: 'Something this version cannot show.' } },
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
    UNCONFIRMED: { description: 'It may have been sent: the connection broke before WhatsApp answered. It is not sent again by itself.' },
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
  SPAM_RATE = 'SPAM_RATE',
  MARKETING_CAP = 'MARKETING_CAP',
  OPTED_OUT = 'OPTED_OUT',
  TOKEN = 'TOKEN',
  NUMBER_STOPPED = 'NUMBER_STOPPED',
  BAD_CONTENT = 'BAD_CONTENT',
  TEMPORARY = 'TEMPORARY',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(MessageFailureCode, { name: 'MessageFailureCode', description: 'Why a message failed, for programs.' });

/** Fails to compile when the error table knows a code that the API does not. */
export const everyFailureCodeIsPublic: Record<FailureCodes, MessageFailureCode> = MessageFailureCode;
