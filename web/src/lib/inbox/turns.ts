import { dayKey } from '#lib/i18n/days.ts';

export interface Spoken {
  id: string;
  direction: string;
  /** A SYSTEM line stands between speakers. */
  kind?: string;
  sentAt: string;
  author?: { id?: string | null } | null;
}

/** How a message stands in the thread: whether a day begins before it, and whether its speaker does. */
export interface Standing<M extends Spoken> {
  message: M;
  beginsDay: boolean;
  beginsTurn: boolean;
}

/** How each message of a run stands, `before` being the message before the run. */
export function standings<M extends Spoken>(messages: readonly M[], before: M | undefined): Standing<M>[] {
  return messages.map((message, index) => {
    const last = index > 0 ? messages[index - 1] : before;
    const beginsDay = !last || dayKey(last.sentAt) !== dayKey(message.sentAt);
    return { message, beginsDay, beginsTurn: beginsDay || !isSameSpeaker(last, message) };
  });
}

function isSameSpeaker(a: Spoken | undefined, b: Spoken): boolean {
  if (a === undefined || a.kind === 'SYSTEM' || b.kind === 'SYSTEM') return false;
  return a.direction === b.direction && a.author?.id === b.author?.id;
}
