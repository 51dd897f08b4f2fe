import { mutate, RequestFault } from '#lib/api/client.ts';
import { jitteredWait } from '#lib/api/jitter.ts';
import type { Upload } from '#lib/composer/upload.svelte.ts';
import type { ThreadMessageFragment, UserErrorCode } from '#lib/gql/graphql.ts';
import { contentInput } from './outbox-content.ts';
import { claimedBy, nextOf, readEntries, type OutboxEntry, type Written } from './outbox-entry.ts';
import { readJson, writeJson } from './tab-storage.ts';
import { sendMessage } from './thread-documents.ts';

export interface OutboxHandlers {
  onSent(entry: OutboxEntry, message: ThreadMessageFragment): void;
  /** The server's rules refused a text: it was not sent and will not be. */
  onRefused(entry: OutboxEntry, code: UserErrorCode | 'other'): void;
  onSignedOut(): void;
  /** Whether the reader has seen all that others wrote; then a refusal for an old cursor is about our own messages. */
  hasSeenAll(entry: OutboxEntry): boolean;
  cursor(): string;
}

const stuckAfter = 6;

/** Messages that the server has not confirmed yet, sent in order per conversation, each with one key until it is answered. */
export class Outbox {
  entries: readonly OutboxEntry[] = $state.raw([]);
  readonly #storageKey: string;
  readonly #handlers: OutboxHandlers;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Files of entries; they live as long as this page. */
  readonly #uploads = new Map<string, Upload>();

  constructor(memberId: string, handlers: OutboxHandlers) {
    this.#storageKey = `cube.outbox.${memberId}`;
    this.#handlers = handlers;
    this.entries = readEntries(readJson(this.#storageKey));
  }

  /** Takes a message to send; a file comes with its upload, which may still be under way. */
  add(written: Written, upload: Upload | null = null): void {
    const entry: OutboxEntry = {
      ...written,
      key: crypto.randomUUID(),
      at: new Date().toISOString(),
      phase: 'waiting',
      code: null,
      attempts: 0,
      messageId: null,
    };
    if (upload) this.#uploads.set(entry.key, upload);
    this.#keep([...this.entries, entry]);
    void this.#flush(entry.conversationId);
  }

  uploadOf(key: string): Upload | null {
    return this.#uploads.get(key) ?? null;
  }

  /** Sends what waits: at the start, and whenever the line is up again. */
  flushAll(): void {
    this.#keep(this.entries.map((entry) => (entry.phase === 'stuck' ? { ...entry, phase: 'waiting', attempts: 0 } : entry)));
    for (const conversationId of new Set(this.entries.map((entry) => entry.conversationId))) void this.#flush(conversationId);
  }

  /** Tries what was stopped again. It was never taken, so it goes as a new one, by what its writer has seen by now. */
  again(entry: OutboxEntry): void {
    this.#uploads.get(entry.key)?.retry();
    const upload = this.#uploads.get(entry.key);
    const key = crypto.randomUUID();
    if (upload) {
      this.#uploads.delete(entry.key);
      this.#uploads.set(key, upload);
    }
    const changes = { key, phase: 'waiting', code: null, attempts: 0, lastSeen: this.#handlers.cursor() || null } as const;
    this.#change(entry.key, changes);
    void this.#flush(entry.conversationId);
  }

  /** Gives up what has not been sent. */
  discard(entry: OutboxEntry): void {
    this.#drop(entry.key);
    void this.#flush(entry.conversationId);
  }

  /** Takes a message from the live line as one of ours that is being sent; its bubble then gives way to the message. */
  claim(conversationId: string, message: ThreadMessageFragment): void {
    const entry = claimedBy(this.entries, conversationId, message);
    if (entry) this.#change(entry.key, { messageId: message.id });
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  async #flush(conversationId: string): Promise<void> {
    clearTimeout(this.#timers.get(conversationId));
    const entry = nextOf(this.entries, conversationId);
    if (!entry || entry.phase !== 'waiting') return;
    const isHere = await this.#bringFile(entry);
    const ready = this.entries.find(({ key }) => key === entry.key);
    if (!isHere || !ready) return void this.#flush(conversationId);
    this.#change(entry.key, { phase: 'sending' });
    try {
      await this.#send(ready, ready.lastSeen);
      void this.#flush(conversationId);
    } catch (fault) {
      this.#onFault(ready, fault);
    }
  }

  /** Waits for an entry's file; says whether it can be sent. */
  async #bringFile({ key, content }: OutboxEntry): Promise<boolean> {
    if (content.kind !== 'MEDIA' || content.mediaId !== null) return true;
    const upload = this.#uploads.get(key);
    if (!upload) {
      this.#change(key, { phase: 'lost' });
      return false;
    }
    this.#change(key, { phase: 'uploading' });
    await upload.done;
    if (upload.state !== 'ready') {
      this.#change(key, { phase: 'stopped', code: upload.code ?? 'unreachable' });
      return false;
    }
    this.#change(key, { content: { ...content, file: upload.facts, mediaId: upload.mediaId } });
    return true;
  }

  async #send(entry: OutboxEntry, lastSeen: string | null, again = false): Promise<void> {
    const { conversationId, content, replyTo, key, later } = entry;
    const input = {
      conversationId,
      ...contentInput(content),
      ...later,
      replyToId: replyTo?.id ?? null,
      idempotencyKey: key,
      lastSeen,
    };
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
    this.#refuse(entry, code);
  }

  /** A text goes back to its draft; what cannot be put into a field stands where it is, with the reason and the ways on. */
  #refuse(entry: OutboxEntry, code: UserErrorCode | 'other'): void {
    if (entry.content.kind !== 'TEXT') return this.#change(entry.key, { phase: 'stopped', code });
    this.#drop(entry.key);
    this.#handlers.onRefused(entry, code);
  }

  #onFault(entry: OutboxEntry, fault: unknown): void {
    if (fault instanceof RequestFault && fault.fault === 'signed-out') {
      this.#change(entry.key, { phase: 'waiting' });
      return this.#handlers.onSignedOut();
    }
    if (fault instanceof RequestFault && fault.fault === 'refused') return this.#refuse(entry, 'other');
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
    this.#uploads.get(key)?.drop();
    this.#uploads.delete(key);
    this.#keep(this.entries.filter((entry) => entry.key !== key));
  }

  #keep(entries: readonly OutboxEntry[]): void {
    this.entries = entries;
    writeJson(this.#storageKey, entries);
  }
}
