import { query } from '#lib/api/client.ts';
import { jitteredWait } from '#lib/api/jitter.ts';
import { openFeed, type Ending } from '#lib/api/socket.ts';
import type { ConversationChangedSubscription } from '#lib/gql/graphql.ts';
import { conversationChanged, readCursor } from './inbox-documents.ts';
import { isUp, nextLine, startLine, type LineEvent, type LineState } from './line-state.ts';

export type Change = ConversationChangedSubscription['conversationChanged'];

export interface LineHandlers {
  onChange(change: Change): void;
  /** The line is up, at first or again. */
  onUp(): void;
  /** The log no longer reaches back to our cursor: reads everything anew, starts the line there, and says whether it could. */
  onResync(): Promise<boolean>;
  onSignedOut(): void;
}

const worthSaying = 1_000;
const quietAfter = 800;
const shownFor = 2_000;
const steadyAfter = 10_000;

/** The one subscription of the inbox: it continues from the last change it took in, for as long as the screen is there. */
export class LiveLine {
  #state: LineState = $state.raw(startLine(''));
  readonly phase = $derived(this.#state.phase);
  readonly missed = $derived(this.#state.missed);
  readonly isUp = $derived(isUp(this.#state));
  readonly #handlers: LineHandlers;
  #stopFeed: (() => void) | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #long: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #steady: ReturnType<typeof setTimeout> | undefined;

  constructor(handlers: LineHandlers) {
    this.#handlers = handlers;
  }

  /** Where the log stood at the last change this screen took in. */
  get cursor(): string {
    return this.#state.cursor;
  }

  /** Begins at the cursor a query of this screen was read at. */
  start(cursor: string): void {
    const { attempts } = this.#state;
    this.stop();
    this.#state = startLine(cursor, attempts);
    this.#connect();
  }

  stop(): void {
    this.#stopFeed?.();
    this.#stopFeed = undefined;
    for (const timer of [this.#again, this.#long, this.#quiet, this.#steady]) clearTimeout(timer);
    this.#long = undefined;
    this.#state = startLine('');
  }

  /** Tries now instead of waiting: the person, or the browser, says that the network is back. */
  reconnect(): void {
    if (this.isUp || this.#state.cursor === '') return;
    clearTimeout(this.#again);
    this.#stopFeed?.();
    this.#goOn();
  }

  /** Drops the connection at once: the browser knows that there is no network. */
  drop(): void {
    if (this.#state.cursor === '') return;
    this.#stopFeed?.();
    this.#onEnd({ kind: 'cut' });
    this.#on({ kind: 'long-cut' });
  }

  #connect(): void {
    this.#sayIfItLasts();
    this.#stopFeed = openFeed(
      conversationChanged,
      { after: this.#state.cursor },
      {
        onConnected: () => this.#onConnected(),
        onData: (data) => this.#onChange(data.conversationChanged),
        onEnd: (ending) => this.#onEnd(ending),
      },
    );
  }

  #onConnected(): void {
    clearTimeout(this.#long);
    this.#long = undefined;
    this.#on({ kind: 'connected' });
    this.#steady = setTimeout(() => this.#on({ kind: 'steady' }), steadyAfter);
    this.#handlers.onUp();
    if (this.#state.phase === 'catching-up') void this.#findTarget();
  }

  async #findTarget(): Promise<void> {
    const target = await query(readCursor, {}).catch(() => null);
    if (target) this.#on({ kind: 'target', cursor: target.eventCursor });
    this.#waitForQuiet();
  }

  #onChange(change: Change): void {
    this.#on({ kind: 'change', cursor: change.cursor });
    this.#handlers.onChange(change);
    if (this.#state.phase === 'catching-up') this.#waitForQuiet();
  }

  #onEnd(ending: Ending): void {
    clearTimeout(this.#steady);
    if (ending.kind === 'signed-out') this.#handlers.onSignedOut();
    const isStale = ending.kind === 'refused' && (ending.code === 'RESYNC_REQUIRED' || ending.code === 'BAD_CURSOR');
    this.#on({ kind: isStale ? 'resync' : 'cut' });
    this.#goOnLater();
  }

  #goOnLater(): void {
    this.#sayIfItLasts();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#goOn(), jitteredWait(this.#state.attempts));
  }

  #goOn(): void {
    if (this.#state.isStale) void this.#readAnew();
    else this.#connect();
  }

  async #readAnew(): Promise<void> {
    const isRead = await this.#handlers.onResync();
    // Meanwhile the line may have been stopped, or started by another reading.
    if (isRead || !this.#state.isStale) return;
    this.#on({ kind: 'cut' });
    this.#goOnLater();
  }

  #sayIfItLasts(): void {
    this.#long ??= setTimeout(() => this.#on({ kind: 'long-cut' }), worthSaying);
  }

  #waitForQuiet(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#on({ kind: 'quiet' }), quietAfter);
  }

  #on(event: LineEvent): void {
    const before = this.#state.phase;
    this.#state = nextLine(this.#state, event);
    if (this.#state.phase === 'caught-up' && before !== 'caught-up') setTimeout(() => this.#on({ kind: 'shown' }), shownFor);
  }
}
