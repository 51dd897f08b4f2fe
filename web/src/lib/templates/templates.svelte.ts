import { mutate, query } from '#lib/api/client.ts';
import { Paged } from '#lib/api/paged.svelte.ts';
import { toSignIn } from '#lib/api/to-sign-in.ts';
import { watchFeed } from '#lib/api/watch.ts';
import { faultSentence, refusalSentence, type Sentence } from '#lib/api/refusal.svelte.ts';
import type { ListSendersQuery, TemplateCategory, TemplateOnScreenFragment, TemplateStatus } from '#lib/gql/graphql.ts';
import { listAllTemplates, listSenders, syncTemplates, templateChanged } from './template-documents.ts';

const pause = 500;

/** The templates of the company, by what is searched, kept in step with Meta's judgements. */
export class Templates {
  search = $state('');
  status: TemplateStatus | '' = $state('');
  category: TemplateCategory | '' = $state('');
  /** A number of each account, for reading from Meta and for new templates. */
  senders: ListSendersQuery['whatsappNumbers'] = $state.raw([]);
  /** How far reading from Meta is; null while nothing is read. */
  syncing: { at: number; of: number } | null = $state.raw(null);
  readonly list: Paged<TemplateOnScreenFragment>;
  readonly isFiltered = $derived(this.search.trim() !== '' || this.status !== '' || this.category !== '');
  #cursor = '';
  #stop: (() => void) | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.list = new Paged(async (first, after) => {
      const { templates, eventCursor } = await query(listAllTemplates, {
        first,
        after,
        search: this.search.trim() || null,
        status: this.status || null,
        category: this.category || null,
      });
      if (after === null) this.#cursor = eventCursor;
      return templates;
    }, toSignIn);
  }

  /** Reads and follows until the returned function is called. */
  open(): () => void {
    void this.list.load().then(() => this.list.state === 'ready' && this.#follow());
    void this.#readSenders();
    return () => {
      this.#stop?.();
      clearTimeout(this.#soon);
    };
  }

  /** What is searched has changed. */
  searchAnew(isTyped = false): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.list.load({ isOther: true }), isTyped ? 250 : 0);
  }

  clear(): void {
    this.search = this.status = this.category = '';
    this.searchAnew();
  }

  /** Reads every account's templates from Meta, one after the other. Gives how many were read, or why it stopped. */
  async sync(): Promise<{ read: number } | { fault: string | Sentence }> {
    const accounts = [
      ...new Set(this.senders.filter(({ status }) => status !== 'DISCONNECTED').map(({ account }) => account.id)),
    ];
    try {
      for (const [index, accountId] of accounts.entries()) {
        this.syncing = { at: index + 1, of: accounts.length };
        const [refused] = (await mutate(syncTemplates, { input: { accountId } })).syncTemplates.userErrors;
        if (refused) return { fault: refusalSentence(refused) };
      }
      await this.list.load();
      return { read: accounts.length };
    } catch (fault) {
      return { fault: faultSentence(fault) };
    } finally {
      this.syncing = null;
    }
  }

  async #readSenders(): Promise<void> {
    const read = await query(listSenders, {}).catch(() => null);
    if (read) this.senders = read.whatsappNumbers;
  }

  #follow(): void {
    this.#stop ??= watchFeed({
      document: templateChanged,
      after: this.#cursor,
      cursorOf: (data) => data.templateChanged.cursor,
      onData: ({ templateChanged: { template } }) => {
        if (template) this.list.replace(template);
        // It may be a new one, or one that fits the filter no longer.
        clearTimeout(this.#soon);
        this.#soon = setTimeout(() => void this.list.load(), pause);
      },
      onResync: async () => {
        await this.list.load();
        return this.#cursor;
      },
      onSignedOut: toSignIn,
    });
  }
}
