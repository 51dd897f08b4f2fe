import { RequestFault } from './client.ts';

export interface ReadPage<Row> {
  nodes: readonly Row[];
  pageInfo: { endCursor?: string | null; hasNextPage: boolean };
}

/** Rows of a list, a page at a time. What is asked for last wins, however the answers come in. */
export class Paged<Row extends { id: string }> {
  rows: readonly Row[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  hasMore = $state(false);
  isLoadingMore = $state(false);
  readonly #ask: (first: number, after: string | null) => Promise<ReadPage<Row>>;
  readonly #onSignedOut: () => void;
  readonly #size: number;
  #end: string | null = null;
  #asked = 0;

  constructor(ask: (first: number, after: string | null) => Promise<ReadPage<Row>>, onSignedOut: () => void, size = 50) {
    this.#ask = ask;
    this.#onSignedOut = onSignedOut;
    this.#size = size;
  }

  /** Reads the list anew; as many rows as are shown, so that nothing disappears under the hand. */
  async load({ isOther = false } = {}): Promise<void> {
    const asked = ++this.#asked;
    const first = isOther ? this.#size : Math.min(100, Math.max(this.#size, this.rows.length));
    if (this.state === 'failed') this.state = 'loading';
    try {
      const page = await this.#ask(first, null);
      if (asked !== this.#asked) return;
      this.rows = page.nodes;
      this.#keepPlace(page);
      this.state = 'ready';
    } catch (fault) {
      if (fault instanceof RequestFault && fault.fault === 'signed-out') this.#onSignedOut();
      if (asked === this.#asked && (this.state === 'loading' || isOther)) this.state = 'failed';
    }
  }

  async more(): Promise<void> {
    const asked = this.#asked;
    this.isLoadingMore = true;
    try {
      const page = await this.#ask(this.#size, this.#end);
      if (asked !== this.#asked) return;
      const known = new Set(this.rows.map(({ id }) => id));
      this.rows = [...this.rows, ...page.nodes.filter(({ id }) => !known.has(id))];
      this.#keepPlace(page);
    } catch {
      // The button stays: it can be pressed again.
    } finally {
      this.isLoadingMore = false;
    }
  }

  /** Puts a row in the place of the one it is, if it is shown. */
  replace(row: Row): void {
    this.rows = this.rows.map((one) => (one.id === row.id ? row : one));
  }

  /** Takes a row off that is known to have gone; the next reading says the same. */
  drop(id: string): void {
    this.rows = this.rows.filter((one) => one.id !== id);
  }

  #keepPlace({ pageInfo }: ReadPage<Row>): void {
    this.#end = pageInfo.endCursor ?? null;
    this.hasMore = pageInfo.hasNextPage;
  }
}
