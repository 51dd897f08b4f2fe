import type { MessageSummaryFragment, ThreadMessageFragment } from '#lib/gql/graphql.ts';
import type { Summarised } from '#lib/message/summary.ts';

/** A message that another one answers, as far as its quote shows it. */
export type Quoted = Summarised & Pick<MessageSummaryFragment, 'id' | 'direction'> & { author: { name: string } | null };

/** What an entry keeps of the message it answers. */
export function quotedOf({ id, direction, kind, text, media, location, template, reply, author }: ThreadMessageFragment): Quoted {
  return { id, direction, kind, text, media, location, template, reply, author };
}

/** A reply on its way to the server. Its key is the same at every attempt, so that the server takes it once. */
export interface OutboxEntry {
  key: string;
  conversationId: string;
  text: string;
  replyTo: Quoted | null;
  /** Where the log stood when it was written, and the newest message of somebody else that had been seen then. */
  lastSeen: string | null;
  seenFromOthers: string | null;
  at: string;
  phase: 'waiting' | 'sending' | 'stuck';
  attempts: number;
  /** The message it became, when the live line told before the answer did. */
  messageId: string | null;
}

/** Reads entries that the tab kept over a reload; what was being sent is sent again, with its key. */
export function readEntries(saved: unknown): OutboxEntry[] {
  if (!Array.isArray(saved)) return [];
  return saved.filter(isEntry).map((entry) => ({ ...entry, phase: 'waiting', attempts: 0, messageId: null }));
}

function isEntry(value: unknown): value is OutboxEntry {
  if (typeof value !== 'object' || value === null) return false;
  return (['key', 'conversationId', 'text', 'at'] as const).every(
    (name) => name in value && typeof (value as OutboxEntry)[name] === 'string',
  );
}

/** The entry a message from the live line belongs to: the first one with its very text that was tried at least once. */
export function claimedBy(
  entries: readonly OutboxEntry[],
  conversationId: string,
  text: string | null | undefined,
): OutboxEntry | undefined {
  return entries.find(
    (entry) =>
      entry.conversationId === conversationId &&
      (entry.phase === 'sending' || entry.attempts > 0) &&
      entry.messageId === null &&
      entry.text === text,
  );
}
