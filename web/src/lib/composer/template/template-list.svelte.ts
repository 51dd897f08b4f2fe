import { query } from '#lib/api/client.ts';
import type { PickedTemplateFragment, ReadReachQuery } from '#lib/gql/graphql.ts';
import { listTemplates, readReach } from './template-documents.ts';

const page = 50;
const restAfterTyping = 200;

export type Reach = NonNullable<ReadReachQuery['conversation']>;

/** The templates a number can send, searched by the server, and what limits sending them to this customer. */
export class TemplateList {
  templates: readonly PickedTemplateFragment[] = $state.raw([]);
  state: 'loading' | 'ready' | 'failed' = $state('loading');
  hasMore = $state(false);
  search = $state('');
  reach: Reach | null = $state.raw(null);
  readonly #numberId: string;
  readonly #conversationId: string;
  #after: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The newest reading: answers of older ones are dropped. */
  #reading = 0;

  constructor(numberId: string, conversationId: string) {
    this.#numberId = numberId;
    this.#conversationId = conversationId;
  }

  /** Reads the first page, and the reach besides: without it templates can still be sent. */
  async open(): Promise<void> {
    query(readReach, { id: this.#conversationId }).then(
      ({ conversation }) => (this.reach = conversation),
      () => null,
    );
    await this.#read(null);
  }

  find(words: string): void {
    this.search = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(null), restAfterTyping);
  }

  async loadMore(): Promise<void> {
    await this.#read(this.#after);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#reading += 1;
  }

  /** Whether this customer may get none of its kind. */
  isOptedOutOf({ category }: PickedTemplateFragment): boolean {
    return category === 'MARKETING' && this.reach?.contact.marketingStoppedAt != null;
  }

  mayPick(template: PickedTemplateFragment): boolean {
    return template.isSendable && !this.isOptedOutOf(template);
  }

  async #read(after: string | null): Promise<void> {
    const reading = (this.#reading += 1);
    if (this.templates.length === 0) this.state = 'loading';
    const search = this.search.trim() || null;
    try {
      const { templates } = await query(listTemplates, {
        search,
        whatsappNumberId: this.#numberId,
        conversationId: this.#conversationId,
        first: page,
        after,
      });
      if (reading !== this.#reading) return;
      const read = templates.nodes.map(({ obstacle, ...template }) => ({
        ...template,
        isSendable: !obstacle,
        notSendableReason: obstacle ?? null,
      }));
      const all = after ? [...this.templates, ...read] : read;
      // What cannot be sent stays listed, with its reason, below what can.
      this.templates = [...all.filter((one) => one.isSendable), ...all.filter((one) => !one.isSendable)];
      this.hasMore = templates.pageInfo.hasNextPage;
      this.#after = templates.pageInfo.endCursor ?? null;
      this.state = 'ready';
    } catch {
      if (reading === this.#reading) this.state = 'failed';
    }
  }
}
