import type { Chat, ChatMessage } from './chats.ts';
import type { World } from './world.ts';
import { isWindowOpen } from './windows.ts';

/** How a chat stands. Times are unix ms, null where there is none. */
export interface ChatState {
  /** The customer sees the business typing. */
  isTyping: boolean;
  isWindowOpen: boolean;
  /** When the 24 h end that the last message of the customer began. */
  closesAt: number | null;
  /** Until when messages are free because the customer came by an advertisement. */
  freeUntil: number | null;
}

export function chatState(world: World, chat: Chat): ChatState {
  const now = world.now();
  const closesAt = chat.lastFromCustomer === -Infinity ? null : chat.lastFromCustomer + 24 * 3_600_000;
  return {
    isTyping: chat.typingUntil > now,
    isWindowOpen: isWindowOpen(chat, now, world.settings.trustUnseen),
    closesAt,
    freeUntil: chat.freeUntil > now ? chat.freeUntil : null,
  };
}

/** A message as the page gets it: with a type always, and the file's type and name. */
export function viewMessage(world: World, message: ChatMessage): Record<string, unknown> {
  const file = message.mediaId === undefined ? undefined : world.media.peek(message.mediaId);
  return {
    ...message,
    type: message.type ?? 'text',
    at: new Date(message.at).toISOString(),
    ...(file && { media: { id: file.id, mimeType: file.mimeType, fileName: file.fileName, size: file.bytes.length } }),
  };
}
