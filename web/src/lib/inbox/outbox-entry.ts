import type { MessageSummaryFragment, ThreadMessageFragment } from '#lib/gql/graphql.ts';
import type { Summarised } from '#lib/message/summary.ts';
import { isSame, type OutboxContent, type Recognisable } from './outbox-content.ts';

/** A message that another one answers, as far as its quote shows it. */
export type Quoted = Summarised & Pick<MessageSummaryFragment, 'id' | 'direction'> & { author: { name: string } | null };

/** What an entry keeps of the message it answers. */
export function quotedOf(message: ThreadMessageFragment): Quoted {
  const { id, direction, kind, text, media, location, contactCards, interactive, template, reply, order, author } = message;
  return { id, direction, kind, text, media, location, contactCards, interactive, template, reply, order, author };
}

/**
 * What an entry is at: it waits for the one before it or for the line, its file is uploaded, it is being sent; the server has not answered for
 * long; its file or the server's rules stopped it; its file was lost with the page that held it.
 */
export type OutboxPhase = 'waiting' | 'uploading' | 'sending' | 'stuck' | 'stopped' | 'lost';

/** What a member asks for besides: to send it later, or to hold it for a review. */
export interface SendLater {
  scheduledAt?: string | null;
  timeZone?: string | null;
  holdReason?: string | null;
}

/** A message on its way to the server. Its key is the same at every attempt, so that the server takes it once. */
export interface OutboxEntry {
  key: string;
  conversationId: string;
  content: OutboxContent;
  later: SendLater | null;
  replyTo: Quoted | null;
  /** Where the log stood when it was written, and the newest message of somebody else that had been seen then. */
  lastSeen: string | null;
  seenFromOthers: string | null;
  at: string;
  phase: OutboxPhase;
  /** Why it was stopped. */
  code: string | null;
  attempts: number;
  /** The message it became, when the live line told before the answer did. */
  messageId: string | null;
}

/** What somebody wrote, before it is an entry. */
export type Written = Pick<OutboxEntry, 'conversationId' | 'content' | 'later' | 'replyTo' | 'lastSeen' | 'seenFromOthers'>;

/** Reads entries that the tab kept over a reload: what was being sent is sent again with its key, and a file that had not left is lost. */
export function readEntries(saved: unknown): OutboxEntry[] {
  if (!Array.isArray(saved)) return [];
  return saved.filter(isEntry).map((entry) => {
    const isLost = entry.content.kind === 'MEDIA' && entry.content.mediaId === null;
    const phase = isLost ? 'lost' : entry.phase === 'stopped' ? 'stopped' : 'waiting';
    return { ...entry, phase, attempts: 0, messageId: null };
  });
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Partial<OutboxEntry>;
  const isText = (name: 'key' | 'conversationId' | 'at') => typeof entry[name] === 'string';
  return isText('key') && isText('conversationId') && isText('at') && typeof entry.content?.kind === 'string';
}

/** The entry that goes next in a conversation: in order, past those that somebody has to look at. */
export function nextOf(entries: readonly OutboxEntry[], conversationId: string): OutboxEntry | undefined {
  return entries.find((entry) => entry.conversationId === conversationId && entry.phase !== 'stopped' && entry.phase !== 'lost');
}

/** The entry a message from the live line belongs to: the first one like it that was tried at least once. */
export function claimedBy(
  entries: readonly OutboxEntry[],
  conversationId: string,
  message: Recognisable,
): OutboxEntry | undefined {
  return entries.find(
    (entry) =>
      entry.conversationId === conversationId &&
      (entry.phase === 'sending' || entry.attempts > 0) &&
      entry.messageId === null &&
      isSame(entry.content, message),
  );
}
