import { query } from '#lib/api/client.ts';
import type { ConversationFilter, ConversationPageFragment, ConversationRowFragment } from '#lib/gql/graphql.ts';
import { listConversations } from './inbox-documents.ts';
import { belongsIn, placeRow, withPage, type View } from './list-order.ts';

export const pageSize = 30;

const filters: Record<View, ConversationFilter> = {
  mine: { assignee: 'ME' },
  unassigned: { assignee: 'NOBODY' },
  open: {},
  resolved: { status: ['RESOLVED'] },
};

/** The rows of one view: pages from the server, kept in order by what happens meanwhile. */
export class ConversationList {
  readonly view: View;
  readonly #memberId: string | undefined;
  rows: readonly ConversationRowFragment[] = $state.raw([]);
  state: 'empty' | 'loading' | 'ready' | 'failed' = $state('empty');
  more: 'idle' | 'loading' | 'failed' = $state('idle');
  hasMore = $state(false);
  #after: string | null = null;
  /** What changed while the first page was on its way: that page may have been read before it. */
  #meanwhile: ConversationRowFragment[] = [];

  constructor(view: View, memberId: string | undefined) {
    this.view = view;
    this.#memberId = memberId;
  }

  get filter(): ConversationFilter {
    return filters[this.view];
  }

  /** Takes a first page that somebody else read, such as the query that opens the inbox. */
  fill(page: ConversationPageFragment): void {
    this.rows = page.nodes;
    this.hasMore = page.pageInfo.hasNextPage;
    this.#after = page.pageInfo.endCursor ?? null;
    this.more = 'idle';
    this.state = 'ready';
    for (const row of this.#meanwhile.splice(0)) this.apply(row);
  }

  /** Reads the first page, unless it is there. */
  async load(): Promise<void> {
    if (this.state === 'ready' || this.state === 'loading') return;
    this.state = 'loading';
    try {
      const { conversations } = await query(listConversations, { filter: this.filter, first: pageSize });
      this.fill(conversations);
    } catch {
      this.state = 'failed';
    }
  }

  async loadMore(): Promise<void> {
    if (!this.hasMore || this.more === 'loading' || this.state !== 'ready') return;
    this.more = 'loading';
    try {
      const { conversations } = await query(listConversations, { filter: this.filter, first: pageSize, after: this.#after });
      this.rows = withPage(this.rows, conversations.nodes);
      this.hasMore = conversations.pageInfo.hasNextPage;
      this.#after = conversations.pageInfo.endCursor ?? null;
      this.more = 'idle';
    } catch {
      this.more = 'failed';
    }
  }

  /** Puts a conversation that changed where it belongs now. */
  apply(row: ConversationRowFragment): void {
    if (this.state === 'loading') this.#meanwhile.push(row);
    if (this.state !== 'ready') return;
    this.rows = placeRow(this.rows, row, belongsIn(this.view, row, this.#memberId), this.hasMore);
  }
}
