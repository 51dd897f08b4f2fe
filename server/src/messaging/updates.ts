import type { ReceivedChange, ReceivedContact, ReceivedMessage, ReceivedStatus } from '../whatsapp/read-envelope.ts';
import type { ReportableStatus } from './status-ladder.ts';

/** Which of whose numbers something came in on. */
export interface Line {
  tenantId: string;
  numberId: string;
}

/** A message from a customer, before anything of it is stored. */
export interface InboundMessage extends Line {
  wamid: string;
  /** Meta's time in ms. */
  at: number;
  /** Null for anything but text. */
  text: string | null;
  replyToWamid?: string;
  sender: Sender;
}

/** Who wrote: at least one of `phone` and `userId` is there. */
export interface Sender {
  /** E.164. */
  phone?: string;
  userId?: string;
  username?: string;
  name?: string;
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
}

export interface Updates {
  messages: InboundMessage[];
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
  const updates: Updates = { messages: [], statuses: [], ignored: 0 };
  for (const change of changes) {
    const line = change.phoneNumberId === undefined ? undefined : lines.get(change.phoneNumberId);
    if (!line || change.field !== 'messages') {
      updates.ignored += Math.max(1, change.messages.length + change.statuses.length);
      continue;
    }
    for (const message of change.messages) {
      const read = inbound(line, message, change.contacts);
      if (read) updates.messages.push(read);
      else updates.ignored++;
    }
    for (const status of change.statuses) updates.statuses.push(report(line, status));
  }
  return updates;
}

function inbound(line: Line, message: ReceivedMessage, contacts: readonly ReceivedContact[]): InboundMessage | null {
  const phone = message.from === undefined ? undefined : phoneOf(message.from);
  const userId = message.fromUserId;
  // What WhatsApp itself has to say about an account is no message of a customer, and opens no window.
  if (message.type === 'system' || (phone === undefined && userId === undefined)) return null;
  const profile = contacts.find(
    (contact) =>
      (userId !== undefined && contact.userId === userId) || (message.from !== undefined && contact.waId === message.from),
  );
  return {
    ...line,
    wamid: message.wamid,
    at: message.at,
    text: message.type === 'text' ? message.content.text : null,
    replyToWamid: message.replyToWamid,
    sender: { phone, userId, username: profile?.username || undefined, name: profile?.name?.trim() || undefined },
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
  };
}

/** WhatsApp writes phones as digits with the country code; undefined for anything else. */
export function phoneOf(waId: string): string | undefined {
  return /^\+?[1-9]\d{4,17}$/.test(waId) ? `+${waId.replace('+', '')}` : undefined;
}
