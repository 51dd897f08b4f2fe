import { mutate, RequestFault } from '#lib/api/client.ts';
import { jitteredWait } from '#lib/api/jitter.ts';
import type { ThreadMessageFragment, UserErrorCode } from '#lib/gql/graphql.ts';
import { claimedBy, readEntries, type OutboxEntry, type Quoted } from './outbox-entry.ts';
import { readJson, writeJson } from './tab-storage.ts';
import { sendMessage } from './thread-documents.ts';

export interface OutboxHandlers {
  onSent(entry: OutboxEntry, message: ThreadMessageFragment): void;
  /** The server's rules refused it: it was not sent and will not be. */
  onRefused(entry: OutboxEntry, code: UserErrorCode | 'other'): void;
  onSignedOut(): void;
  /** Whether the reader has seen all that others wrote; then a refusal for an old cursor is about our own messages. */
  hasSeenAll(entry: OutboxEntry): boolean;
  cursor(): string;
}

const stuckAfter = 6;

/** Replies that the server has not confirmed yet, sent in order per conversation, each with one key until it is answered. */
export class Outbox {
  entries: readonly OutboxEntry[] = $state.raw([]);
  readonly #storageKey: string;
  readonly #handlers: OutboxHandlers;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(memberId: string, handlers: OutboxHandlers) {
    this.#storageKey = `cube.outbox.${memberId}`;
    this.#handlers = handlers;
    this.entries = readEntries(readJson(this.#storageKey));
  }

  add(written: {
    conversationId: string;
    text: string;
    replyTo: Quoted | null;
    lastSeen: string | null;
    seenFromOthers: string | null;
  }): void {
    const entry: OutboxEntry = {
      ...written,
      key: crypto.randomUUID(),
      at: new Date().toISOString(),
      phase: 'waiting',
      attempts: 0,
      messageId: null,
    };
    this.#keep([...this.entries, entry]);
    void this.#flush(entry.conversationId);
  }

  /** Sends what waits: at the start, and whenever the line is up again. */
  flushAll(): void {
    this.#keep(this.entries.map((entry) => (entry.phase === 'stuck' ? { ...entry, phase: 'waiting', attempts: 0 } : entry)));
    for (const conversationId of new Set(this.entries.map((entry) => entry.conversationId))) void this.#flush(conversationId);
  }

  /** Takes a message from the live line as one of ours that is being sent; its bubble then gives way to the message. */
  claim(conversationId: string, message: ThreadMessageFragment): void {
    const entry = claimedBy(this.entries, conversationId, message.text);
    if (entry) this.#change(entry.key, { messageId: message.id });
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #flush(conversationId: string): Promise<void> {
    clearTimeout(this.#timers.get(conversationId));
    const entry = this.entries.find((one) => one.conversationId === conversationId);
    if (!entry || entry.phase !== 'waiting') return;
    this.#change(entry.key, { phase: 'sending' });
    try {
      await this.#send(entry, entry.lastSeen);
      void this.#flush(conversationId);
    } catch (fault) {
      this.#onFault(entry, fault);
    }
  }

  async #send(entry: OutboxEntry, lastSeen: string | null, again = false): Promise<void> {
    const { conversationId, text, replyTo, key } = entry;
    const input = { conversationId, text, replyToId: replyTo?.id ?? null, idempotencyKey: key, lastSeen };
    const { message, userErrors } = (await mutate(sendMessage, { input })).sendMessage;
    if (message) {
      this.#drop(key);
      this.#handlers.onSent(entry, message);
      return;
    }
    const code = userErrors[0]?.code ?? 'other';
    if (code === 'CONVERSATION_MOVED' && !again && this.#handlers.hasSeenAll(entry)) {
      // What moved it may be our own message before this one: wait until the line has told us of it.
      await new Promise((resolve) => setTimeout(resolve, 400));
      if (this.#handlers.hasSeenAll(entry)) return this.#send(entry, this.#handlers.cursor(), true);
    }
    this.#drop(key);
    this.#handlers.onRefused(entry, code);
  }

  #onFault(entry: OutboxEntry, fault: unknown): void {
    if (fault instanceof RequestFault && fault.fault === 'signed-out') {
      this.#change(entry.key, { phase: 'waiting' });
      return this.#handlers.onSignedOut();
    }
    if (fault instanceof RequestFault && fault.fault === 'refused') {
      this.#drop(entry.key);
      return this.#handlers.onRefused(entry, 'other');
    }
    const attempts = entry.attempts + 1;
    const isStuck = attempts >= stuckAfter && navigator.onLine;
    // A message that the line has told of stands in the thread already, though the answer got lost.
    this.#change(entry.key, { phase: isStuck ? 'stuck' : 'waiting', attempts });
    if (!isStuck)
      this.#timers.set(
        entry.conversationId,
        setTimeout(() => void this.#flush(entry.conversationId), jitteredWait(attempts)),
      );
  }

  #change(key: string, changes: Partial<OutboxEntry>): void {
    this.#keep(this.entries.map((entry) => (entry.key === key ? { ...entry, ...changes } : entry)));
  }

  #drop(key: string): void {
    this.#keep(this.entries.filter((entry) => entry.key !== key));
  }

  #keep(entries: readonly OutboxEntry[]): void {
    this.entries = entries;
    writeJson(this.#storageKey, entries);
  }
}
