import { getContext, setContext } from 'svelte';
import { query, RequestFault } from '#lib/api/client.ts';
import type { ConversationRowFragment, CountsFragment, ThreadMessageFragment } from '#lib/gql/graphql.ts';
import { readSession, type Session } from '#lib/session/session.svelte.ts';
import { ConversationList, pageSize } from './conversation-list.svelte.ts';
import { Drafts } from './drafts.svelte.ts';
import { openInbox, readCounts } from './inbox-documents.ts';
import type { View } from './list-order.ts';
import { readMessage } from '#lib/message/message-documents.ts';
import { LiveLine, type Change } from './live-line.svelte.ts';
import { Outbox } from './outbox.svelte.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { attention } from '#lib/shell/attention.svelte.ts';
import { Shelf } from '#lib/composer/shelf.svelte.ts';
import { Thread } from './thread.svelte.ts';

export type Refusal = { conversationId: string; code: string };

const threadsKept = 20;
const countsAtMostEvery = 1_500;

/** The inbox of one signed-in person: lists, threads, what is being sent, and the live line that keeps them in step. */
export class Inbox {
  readonly session: Session;
  readonly drafts: Drafts;
  readonly shelf = new Shelf();
  readonly outbox: Outbox;
  readonly line: LiveLine;
  readonly lists: Record<View, ConversationList>;
  view: View = $state('mine');
  readonly list = $derived.by(() => this.lists[this.view]);
  counts: CountsFragment | null = $state.raw(null);
  /** Why the last reply was given back to its draft; one at a time is enough. */
  refusal: Refusal | null = $state.raw(null);
  readonly #threads = new Map<string, Thread>();
  #countsTimer: ReturnType<typeof setTimeout> | undefined;
  /** How often the screen was closed: a reading that began before says nothing to the next. */
  #closings = 0;
  readonly #onSignedOut: () => void;

  constructor(session: Session, onSignedOut: () => void) {
    this.session = session;
    this.#onSignedOut = onSignedOut;
    const { memberId } = session;
    const list = (view: View) => new ConversationList(view, memberId);
    this.lists = { mine: list('mine'), unassigned: list('unassigned'), open: list('open'), resolved: list('resolved') };
    this.drafts = new Drafts(memberId ?? 'nobody');
    this.outbox = new Outbox(memberId ?? 'nobody', {
      onSent: (entry, message) => this.#apply(entry.conversationId, message),
      onRefused: (entry, code) => this.#onRefused(entry, code),
      onSignedOut,
      hasSeenAll: (entry) => this.seenFromOthers(entry.conversationId) === entry.seenFromOthers,
      cursor: () => this.line.cursor,
    });
    this.line = new LiveLine({
      onChange: (change) => this.#onChange(change),
      onUp: () => this.outbox.flushAll(),
      onResync: () => this.open(),
      onSignedOut: () => void this.#checkSession(),
    });
  }

  /**
   * Reads everything on the screen and starts the live line where that reading stood; says whether it could. Also the answer to
   * a log that has moved on: the line asks again until it is done.
   */
  async open(): Promise<boolean> {
    const { list } = this;
    const closings = this.#closings;
    if (list.state !== 'ready') list.state = 'loading';
    try {
      const { eventCursor, inboxCounts, conversations } = await query(openInbox, { filter: list.filter, first: pageSize });
      if (closings !== this.#closings) return false;
      for (const other of Object.values(this.lists)) if (other !== list) other.state = 'empty';
      this.counts = inboxCounts;
      list.fill(conversations);
      await Promise.all([...this.#threads.values()].map((thread) => thread.loadAnew()));
      if (closings !== this.#closings) return false;
      this.line.start(eventCursor);
      if (list !== this.list) void this.list.load();
      return true;
    } catch (fault) {
      if (closings === this.#closings) this.#onFault(fault);
      if (list.state === 'loading') list.state = 'failed';
      return false;
    }
  }

  show(view: View): void {
    this.view = view;
    if (this.counts) void this.list.load();
    else void this.open();
  }

  close(): void {
    this.#closings += 1;
    this.line.stop();
    this.outbox.stop();
    clearTimeout(this.#countsTimer);
  }

  /** The thread of a conversation, kept for a while so that coming back shows it at once. */
  thread(id: string): Thread {
    const kept = this.#threads.get(id);
    const thread = kept ?? new Thread(id);
    this.#threads.delete(id);
    this.#threads.set(id, thread);
    if (!kept) void thread.load();
    const oldest = this.#threads.keys().next().value;
    if (this.#threads.size > threadsKept && oldest !== undefined) this.#threads.delete(oldest);
    return thread;
  }

  /** The newest message of somebody else in a loaded thread: the customer, a colleague, a program. */
  seenFromOthers(conversationId: string): string | null {
    const { memberId } = this.session;
    return (
      this.#threads
        .get(conversationId)
        ?.newestFrom(({ direction, author }) => direction === 'INBOUND' || author?.id !== memberId) ?? null
    );
  }

  /** Shows a conversation as a command or the live line returned it. */
  applyConversation(row: ConversationRowFragment): void {
    for (const list of Object.values(this.lists)) list.apply(row);
    const thread = this.#threads.get(row.id);
    if (thread?.conversation) thread.conversation = row;
    this.#refreshCounts();
  }

  #apply(conversationId: string, message: ThreadMessageFragment): boolean {
    return this.#threads.get(conversationId)?.applyMessage(message) ?? false;
  }

  #onChange({ conversation, message }: Change): void {
    if (!conversation) return;
    if (message) attention.hear(message.status);
    if (message?.kind === 'REACTION') this.#onReaction(conversation.id, message);
    else if (message) {
      const isOurs = message.direction === 'OUTBOUND' && message.author?.id === this.session.memberId;
      const isNew = this.#apply(conversation.id, message);
      if (isOurs && isNew) this.outbox.claim(conversation.id, message);
      const thread = this.#threads.get(conversation.id);
      if (isNew && !isOurs && thread) thread.unseen += 1;
    }
    this.applyConversation(conversation);
  }

  /** A reaction is no message of the thread: what it stands on comes by a change of its own, but not when ours fails. */
  #onReaction(conversationId: string, { status, replyTo, attempt }: ThreadMessageFragment): void {
    if (status !== 'FAILED' || !replyTo || attempt === 0) return;
    this.refusal = { conversationId, code: 'reaction' };
    query(readMessage, { id: replyTo.id }).then(
      ({ message }) => message && this.#apply(conversationId, message),
      (fault: unknown) => this.#onFault(fault),
    );
  }

  #onRefused(entry: OutboxEntry, code: string): void {
    if (entry.content.kind === 'TEXT') this.drafts.restore(entry.conversationId, entry.content.text);
    this.refusal = { conversationId: entry.conversationId, code };
    if (code === 'CONVERSATION_MOVED') void this.#threads.get(entry.conversationId)?.load();
  }

  #refreshCounts(): void {
    this.#countsTimer ??= setTimeout(() => {
      this.#countsTimer = undefined;
      query(readCounts, {}).then(
        ({ inboxCounts }) => (this.counts = inboxCounts),
        (fault: unknown) => this.#onFault(fault),
      );
    }, countsAtMostEvery);
  }

  /** A socket may be refused for other reasons than the session, such as too many tabs: only a query tells. */
  async #checkSession(): Promise<void> {
    const session = await readSession().catch(() => this.session);
    if (!session) this.#onSignedOut();
  }

  #onFault(fault: unknown): void {
    if (fault instanceof RequestFault && fault.fault === 'signed-out') this.#onSignedOut();
  }
}

const key = Symbol('inbox');

export const provideInbox = (inbox: Inbox): Inbox => setContext(key, inbox);
export const useInbox = (): Inbox => getContext(key);
