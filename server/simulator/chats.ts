import { randomFillSync } from 'node:crypto';

const MESSAGES_KEPT = 200;
const CHATS_KEPT = 5_000;
const TYPING_MS = 25_000;

export type BusinessMessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface ChatMessage {
  id: string;
  from: 'customer' | 'business';
  /** What is read first: the text, a caption, the body of a template with its values, the title of what was tapped. */
  text: string;
  /** Unix ms. */
  at: number;
  /** Of a business's message only. */
  status?: BusinessMessageStatus;
  /** The code a business's message failed with. */
  failedWith?: number;
  /** As Meta names it; a text has none. */
  type?: string;
  /** As on the wire, under the key named like the type; a template as the customer sees it. */
  content?: unknown;
  /** The file, for `/control/media`. */
  mediaId?: string;
  replyToId?: string;
  forwarded?: 'once' | 'often';
  reactions?: { from: 'customer' | 'business'; emoji: string }[];
  /** The business has read this message of the customer's. */
  isRead?: boolean;
  isEdited?: boolean;
  isRevoked?: boolean;
}

/** What one customer and one number wrote to each other: the last 200 messages. */
export class Chat {
  readonly messages: ChatMessage[] = [];
  lastFromCustomer = -Infinity;
  lastFromBusiness = -Infinity;
  /** When the customer came by an advertisement, and until when answers are free on that account. */
  referredAt = -Infinity;
  freeUntil = -Infinity;
  /** Until when the customer sees the business typing. */
  typingUntil = -Infinity;

  /** Gives the message that was forgotten for this one, if any. */
  add(message: ChatMessage): ChatMessage | undefined {
    if (message.from === 'customer') this.lastFromCustomer = message.at;
    else this.lastFromBusiness = message.at;
    return this.messages.push(message) > MESSAGES_KEPT ? this.messages.shift() : undefined;
  }

  /** The business has read this message, and all before it; from `typingAt` on it is typing, for 25 s unless it writes before. */
  read(id: string, typingAt?: number): void {
    let isReached = false;
    for (const message of this.messages.toReversed()) {
      isReached ||= message.id === id;
      if (!isReached || message.from !== 'customer') continue;
      if (message.isRead) break;
      message.isRead = true;
    }
    if (typingAt !== undefined) this.typingUntil = typingAt + TYPING_MS;
  }

  has(id: string): boolean {
    return this.find(id) !== undefined;
  }

  find(id: string): ChatMessage | undefined {
    return this.messages.findLast((message) => message.id === id);
  }
}

/** All chats, by number and customer; of more than 5,000 the ones begun first are forgotten. */
export class Chats {
  readonly #chats = new Map<string, Chat>();
  /** Customers' messages by their id: read receipts name them alone. */
  readonly #inbound = new Map<string, { phoneNumberId: string; chat: Chat }>();

  /** `waId` is the customer's number as digits, or a user id. */
  of(phoneNumberId: string, waId: string): Chat {
    const key = `${phoneNumberId} ${waId}`;
    let chat = this.#chats.get(key);
    if (!chat) {
      const first = this.#chats.entries().next();
      if (this.#chats.size >= CHATS_KEPT && !first.done) this.#forget(...first.value);
      this.#chats.set(key, (chat = new Chat()));
    }
    return chat;
  }

  /** Adds what a customer wrote. */
  addInbound(phoneNumberId: string, chat: Chat, message: ChatMessage): void {
    this.#inbound.set(message.id, { phoneNumberId, chat });
    const gone = chat.add(message);
    if (gone) this.#inbound.delete(gone.id);
  }

  /** The chat that holds this message of a customer's. */
  ofInbound(phoneNumberId: string, id: string): Chat | undefined {
    const found = this.#inbound.get(id);
    return found?.phoneNumberId === phoneNumberId ? found.chat : undefined;
  }

  /** The customer is known by another number or id from now on. */
  move(phoneNumberId: string, from: string, to: string): void {
    const chat = this.#chats.get(`${phoneNumberId} ${from}`);
    if (!chat || from === to) return;
    this.#chats.delete(`${phoneNumberId} ${from}`);
    this.#chats.set(`${phoneNumberId} ${to}`, chat);
  }

  #forget(key: string, chat: Chat): void {
    this.#chats.delete(key);
    for (const { id } of chat.messages) this.#inbound.delete(id);
  }
}

const WAMID_BYTES = 16;
const randomness = Buffer.alloc(WAMID_BYTES * 256);
let used = randomness.length;

/** A new message id. Never drawn from the seed: ids must differ from those of an earlier run. */
export function newWamid(): string {
  if (used === randomness.length) {
    randomFillSync(randomness);
    used = 0;
  }
  return `wamid.HBgL${randomness.toString('base64url', used, (used += WAMID_BYTES))}`;
}
