import type { Chat } from './chats.ts';

const HOUR_MS = 3_600_000;
const WINDOW_MS = 24 * HOUR_MS;
const FREE_ENTRY_MS = 72 * HOUR_MS;

/** Whether free-form messages may go to this customer. A chat nobody has seen yet is taken for open if `trustUnseen`. */
export function isWindowOpen(chat: Chat, now: number, trustUnseen: boolean): boolean {
  if (chat.lastFromCustomer === -Infinity) return trustUnseen;
  return now - chat.lastFromCustomer < WINDOW_MS;
}

/** The business writes: its first answer within 24 h to somebody who came by an advertisement makes 72 h free. */
export function openFreeEntry(chat: Chat, now: number): void {
  if (chat.referredAt === -Infinity) return;
  if (now - chat.referredAt < WINDOW_MS) chat.freeUntil = now + FREE_ENTRY_MS;
  chat.referredAt = -Infinity;
}
