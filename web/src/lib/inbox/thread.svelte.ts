import { query } from '#lib/api/client.ts';
import type { ConversationRowFragment, ThreadMessageFragment } from '#lib/gql/graphql.ts';
import { holds, newest, startOfLast, withMessage, withOlder, type Chunks } from './thread-chunks.ts';
import { openThread } from './thread-documents.ts';

/** The first page fills a tall screen and no more: it is what opening a thread waits for. */
const firstPage = 30;
const olderPage = 50;

/** One conversation and the part of its messages that is loaded. */
export class Thread {
  readonly id: string;
  conversation: ConversationRowFragment | null = $state.raw(null);
  chunks: Chunks<ThreadMessageFragment> = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' | 'gone' = $state('loading');
  older: 'idle' | 'loading' | 'failed' = $state('idle');
  hasOlder = $state(true);
  /** Inbound messages that arrived below what the reader sees. */
  unseen = $state(0);
  /** The message before which the unread part began when the thread was opened, and how long it is. */
  firstUnread: { id: string; count: number } | null = $state.raw(null);
  #before: string | null = null;

  constructor(id: string) {
    this.id = id;
  }

  /** Reads the newest page; says whether it could. Called again, it fills in what is missing and keeps what is newer. */
  async load(): Promise<boolean> {
    if (this.state !== 'ready') this.state = 'loading';
    try {
      const { conversation } = await query(openThread, { id: this.id, last: firstPage });
      if (!conversation) {
        this.state = 'gone';
        return true;
      }
      this.conversation = conversation;
      const { nodes, pageInfo } = conversation.messages;
      const overlaps = nodes.some((message) => holds(this.chunks, message.id));
      // Without an overlap there may be a hole between what was loaded and this page: begin anew.
      this.chunks = nodes.reduce((chunks, message) => withMessage(chunks, message, false), overlaps ? this.chunks : []);
      if (!overlaps) {
        this.hasOlder = pageInfo.hasPreviousPage;
        this.#before = pageInfo.startCursor ?? null;
      }
      this.state = 'ready';
      return true;
    } catch {
      this.state = this.chunks.length > 0 ? 'ready' : 'failed';
      return false;
    }
  }

  /** Reads after changes were missed. When that fails the thread says so: what it held may lack messages by now. */
  async loadAnew(): Promise<void> {
    if (await this.load()) return;
    this.chunks = [];
    this.state = 'failed';
  }

  async loadOlder(): Promise<void> {
    if (!this.hasOlder || this.older === 'loading' || this.state !== 'ready') return;
    this.older = 'loading';
    try {
      const { conversation } = await query(openThread, { id: this.id, last: olderPage, before: this.#before });
      if (conversation) {
        this.chunks = withOlder(this.chunks, conversation.messages.nodes);
        this.hasOlder = conversation.messages.pageInfo.hasPreviousPage;
        this.#before = conversation.messages.pageInfo.startCursor ?? null;
      }
      this.older = 'idle';
    } catch {
      this.older = 'failed';
    }
  }

  /** Reads back until it holds this message; says whether it does. */
  async reach(id: string, mostPages = 10): Promise<boolean> {
    for (let page = 0; page < mostPages && !holds(this.chunks, id) && this.hasOlder && this.older !== 'failed'; page++)
      await this.loadOlder();
    return holds(this.chunks, id);
  }

  /** Takes in a message as it is now; says whether it is one the thread did not hold. */
  applyMessage(message: ThreadMessageFragment): boolean {
    // Alone it would look like the whole thread.
    if (this.state === 'failed') return false;
    const isNew = this.state === 'ready' && !holds(this.chunks, message.id);
    this.chunks = withMessage(this.chunks, message, this.hasOlder);
    return isNew && holds(this.chunks, message.id);
  }

  /** Marks where the unread part begins, once, on opening. */
  markUnreadStart(): void {
    const count = this.conversation?.unreadCount ?? 0;
    const start = startOfLast(this.chunks, count, (message) => message.direction === 'INBOUND');
    this.firstUnread = start ? { id: start.id, count } : null;
  }

  /** The newest message somebody else wrote, as of now: a reply written before it has not seen it. */
  newestFrom(others: (message: ThreadMessageFragment) => boolean): string | null {
    return newest(this.chunks, others)?.id ?? null;
  }
}
