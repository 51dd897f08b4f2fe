import { randomUUID } from 'node:crypto';

const MESSAGES_KEPT = 200;
const CHATS_KEPT = 5_000;

export type BusinessMessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface ChatMessage {
  id: string;
  from: 'customer' | 'business';
  text: string;
  /** Unix ms. */
  at: number;
  /** Of a business's message only. */
  status?: BusinessMessageStatus;
}

/** What one customer and one number wrote to each other: the last 200 messages. */
export class Chat {
  readonly messages: ChatMessage[] = [];
  lastFromCustomer = -Infinity;
  lastFromBusiness = -Infinity;

  add(message: ChatMessage): void {
    if (this.messages.push(message) > MESSAGES_KEPT) this.messages.shift();
    if (message.from === 'customer') this.lastFromCustomer = message.at;
    else this.lastFromBusiness = message.at;
  }

  has(id: string): boolean {
    return this.messages.some((message) => message.id === id);
  }
}

/** All chats, by number and customer; of more than 5,000 the ones begun first are forgotten. */
export class Chats {
  readonly #chats = new Map<string, Chat>();

  /** `waId` is the customer's number as digits, or a user id. */
  of(phoneNumberId: string, waId: string): Chat {
    const key = `${phoneNumberId} ${waId}`;
    let chat = this.#chats.get(key);
    if (!chat) {
      const first = this.#chats.keys().next();
      if (this.#chats.size >= CHATS_KEPT && !first.done) this.#chats.delete(first.value);
      this.#chats.set(key, (chat = new Chat()));
    }
    return chat;
  }

  /** Whether any chat of this number holds the message. */
  has(phoneNumberId: string, id: string): boolean {
    for (const [key, chat] of this.#chats) if (key.startsWith(`${phoneNumberId} `) && chat.has(id)) return true;
    return false;
  }
}

/** A new message id. Never drawn from the seed: ids must differ from those of an earlier run. */
export function newWamid(): string {
  return `wamid.HBgL${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('base64url')}`;
}
