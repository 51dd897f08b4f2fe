import type { Content, ReceivedMedia } from '../whatsapp/content.ts';
import type { ReceivedChange, ReceivedContact, ReceivedMessage, ReceivedStatus } from '../whatsapp/read-envelope.ts';
import type { ReportableStatus } from './status-ladder.ts';

/** Which of whose numbers something came in on. */
export interface Line {
  tenantId: string;
  numberId: string;
}

/**
 * How a message that comes in counts. A MESSAGE is unread and opens the window; a REACTION opens the window, and stands on another message; SYSTEM is
 * what WhatsApp says about the customer and does neither.
 */
export type ArrivalRole = 'MESSAGE' | 'REACTION' | 'SYSTEM';

/** A message that came in, before anything of it is stored. */
export interface InboundMessage extends Line {
  wamid: string;
  role: ArrivalRole;
  /** One of us wrote it, in the app on the number's phone. */
  isEcho: boolean;
  /** Meta's time in ms. */
  at: number;
  content: Content;
  media?: ReceivedMedia;
  /** The message it answers, or that a reaction stands on. */
  replyToWamid?: string;
  /** The customer: who wrote it, or to whom an echo went. */
  sender: Sender;
}

/** At least one of `phone` and `userId` is there. */
export interface Sender {
  /** E.164. */
  phone?: string;
  userId?: string;
  username?: string;
  name?: string;
}

/** A customer edited or took back one of their messages, or one of us what was written on the number's phone. */
export interface MessageChange extends Line {
  /** One of us did, in the app on the number's phone. */
  isEcho: boolean;
  wamid: string;
  originalWamid: string;
  kind: 'EDIT' | 'REVOKE';
  /** Meta's time in ms. */
  at: number;
  /** What stands there now; null for what was taken back. */
  content: Content | null;
}

/** What WhatsApp reports about a message that was sent on this line. */
export interface StatusReport extends Line {
  wamid: string;
  status: ReportableStatus;
  /** Meta's time in ms. */
  at: number;
  /** What the send carried: the id of our message, if it was ours. */
  opaque?: string;
  /** Meta's code, when it failed. */
  code?: number;
  pricing?: ReceivedStatus['pricing'];
}

export interface Updates {
  messages: InboundMessage[];
  changes: MessageChange[];
  statuses: StatusReport[];
  /** Pieces about numbers that nobody here has, and kinds we do not keep. */
  ignored: number;
}

const STATUS: Record<ReceivedStatus['status'], ReportableStatus> = {
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'READ',
  played: 'PLAYED',
  failed: 'FAILED',
};

/** Meta's failure of unknown kind, for a `failed` that names no error. */
const SOMETHING_WENT_WRONG = 131000;

/** Puts the changes' messages and statuses, in their order, under the tenants whose numbers they name. */
export function gatherUpdates(changes: Iterable<ReceivedChange>, lines: ReadonlyMap<string, Line>): Updates {
  const updates: Updates = { messages: [], changes: [], statuses: [], ignored: 0 };
  for (const change of changes) {
    const line = change.phoneNumberId === undefined ? undefined : lines.get(change.phoneNumberId);
    if (!line || (change.field !== 'messages' && change.field !== 'smb_message_echoes')) {
      updates.ignored += Math.max(1, change.messages.length + change.statuses.length);
      continue;
    }
    for (const message of change.messages) gatherMessage(updates, line, message, change.contacts);
    for (const status of change.statuses) updates.statuses.push(report(line, status));
  }
  return updates;
}

function gatherMessage(updates: Updates, line: Line, message: ReceivedMessage, contacts: readonly ReceivedContact[]): void {
  const { wamid, at, content, edits, revokes, groupId } = message;
  const change = { ...line, isEcho: Boolean(message.echoTo), wamid, at };
  if (edits !== undefined) updates.changes.push({ ...change, originalWamid: edits, kind: 'EDIT', content });
  else if (revokes !== undefined) updates.changes.push({ ...change, originalWamid: revokes, kind: 'REVOKE', content: null });
  else {
    // Groups are no conversations with one customer: they are counted, and kept for their week in the inbox.
    const read = groupId === undefined ? arrived(line, message, contacts) : null;
    if (read) updates.messages.push(read);
    else updates.ignored++;
  }
}

function arrived(line: Line, message: ReceivedMessage, contacts: readonly ReceivedContact[]): InboundMessage | null {
  const sender = senderOf(message, contacts);
  if (sender.phone === undefined && sender.userId === undefined) return null;
  const { wamid, at, content, media, reactionTo, replyToWamid } = message;
  const role = content.kind === 'REACTION' || content.kind === 'SYSTEM' ? content.kind : 'MESSAGE';
  return {
    ...line,
    wamid,
    role,
    isEcho: Boolean(message.echoTo),
    at,
    content,
    media,
    replyToWamid: reactionTo ?? replyToWamid,
    sender,
  };
}

function senderOf(message: ReceivedMessage, contacts: readonly ReceivedContact[]): Sender {
  const { echoTo, content } = message;
  const from = echoTo ? echoTo.phone : message.from;
  // A system message names the person as they were known before.
  const userId = echoTo ? echoTo.userId : (content.parts.system?.previousUserId ?? message.fromUserId);
  const profile = contacts.find(
    (contact) => (userId !== undefined && contact.userId === userId) || (from !== undefined && contact.waId === from),
  );
  return {
    phone: from === undefined ? undefined : phoneOf(from),
    userId,
    username: profile?.username || undefined,
    name: profile?.name?.trim() || undefined,
  };
}

function report(line: Line, status: ReceivedStatus): StatusReport {
  const isFailure = status.status === 'failed';
  return {
    ...line,
    wamid: status.wamid,
    status: STATUS[status.status],
    at: status.at,
    opaque: status.opaque,
    code: isFailure ? (status.errors[0]?.code ?? SOMETHING_WENT_WRONG) : undefined,
    pricing: status.pricing,
  };
}

/** WhatsApp writes phones as digits with the country code; undefined for anything else. */
export function phoneOf(waId: string): string | undefined {
  return /^\+?[1-9]\d{4,17}$/.test(waId) ? `+${waId.replace('+', '')}` : undefined;
}
