import { getContext, setContext } from 'svelte';
import type { ThreadMessageFragment } from '#lib/gql/graphql.ts';
import { currentTime } from '#lib/i18n/clock.svelte.ts';
import { isolate } from '#lib/i18n/fill.ts';
import { t } from '#lib/i18n/i18n.svelte.ts';
import { contactName } from './contact-name.ts';
import type { Inbox } from './inbox.svelte.ts';
import type { RefusedFile } from '#lib/composer/shelf.svelte.ts';
import { MessageActs } from '#lib/message/message-acts.svelte.ts';
import type { Quoted } from './outbox-entry.ts';
import type { Thread } from './thread.svelte.ts';

const reactionsFor = 30 * 86_400_000;
const arrived: ReadonlySet<string> = new Set(['SENT', 'DELIVERED', 'READ', 'PLAYED']);

/** What the parts of an open thread share: who speaks, what is quoted, what is being sent again. */
export class ThreadView {
  readonly inbox: Inbox;
  readonly thread: Thread;
  quoted: ThreadMessageFragment | null = $state.raw(null);
  readonly mayReply: boolean;
  readonly acts: MessageActs;
  /** The message whose picture fills the screen. */
  enlarged: string | null = $state(null);
  /** The message whose options are shown on a phone. */
  sheetFor: ThreadMessageFragment | null = $state.raw(null);
  /** Files that WhatsApp would not take, of the last ones chosen. */
  refusedFiles: readonly RefusedFile[] = $state.raw([]);
  #playing: HTMLMediaElement | null = null;
  /** Set by the scroller: brings a message into sight. */
  showMessage: (id: string) => void = () => undefined;
  /** Set by the composer. */
  focusComposer: () => void = () => undefined;
  readonly name = $derived.by(() =>
    this.thread.conversation ? contactName(this.thread.conversation.contact) : { text: '', isAddress: false },
  );

  constructor(inbox: Inbox, thread: Thread) {
    this.inbox = inbox;
    this.thread = thread;
    this.mayReply = inbox.session.may('inbox:reply');
    this.acts = new MessageActs({
      conversationId: thread.id,
      apply: (message) => thread.applyMessage(message),
      refuse: (code) => (inbox.refusal = { conversationId: thread.id, code }),
    });
  }

  /** The name over a quote, and the id its colour is drawn from. */
  speakerOf(quoted: Quoted): { name: string; hueId: string } {
    if (quoted.direction === 'INBOUND') return { name: this.name.text, hueId: this.thread.conversation?.contact.id ?? quoted.id };
    const name = quoted.author?.name;
    return { name: name ?? t('thread.quote.you'), hueId: name ?? quoted.id };
  }

  /** Says to a screen reader who wrote a message; the eye tells by its side. */
  spokenBy(message: ThreadMessageFragment): string {
    if (message.direction === 'INBOUND') return t('thread.from', { name: isolate(this.name.text) });
    if (this.#isMine(message)) return t('thread.youWrote');
    return t('thread.from', { name: isolate(message.author?.name ?? '') });
  }

  authorLine(message: ThreadMessageFragment): string {
    const { author } = message;
    if (!author) return '';
    if (this.#isMine(message)) return t('thread.byYou');
    return author.kind === 'API_KEY'
      ? t('thread.via', { name: isolate(author.name) })
      : t('thread.by', { name: isolate(author.name) });
  }

  #isMine({ author }: ThreadMessageFragment): boolean {
    return author?.id !== undefined && author.id !== null && author.id === this.inbox.session.memberId;
  }

  quote(message: ThreadMessageFragment): void {
    this.quoted = message;
    this.focusComposer();
  }

  /** Puts files beside what is being written; they begin to upload. */
  attach(files: readonly File[]): void {
    if (files.length === 0) return;
    this.refusedFiles = this.inbox.shelf.put(this.thread.id, files);
    this.focusComposer();
  }

  /** Lets one sound or film play, and stops the one before. */
  playOnly(player: HTMLMediaElement): void {
    if (this.#playing !== player) this.#playing?.pause();
    this.#playing = player;
  }

  /** A quote of what WhatsApp does not know, such as a message that still waits, would be lost on the way. */
  mayQuote({ direction, kind, status }: ThreadMessageFragment): boolean {
    if (!this.mayReply || kind === 'SYSTEM') return false;
    return direction === 'INBOUND' || status === 'ACCEPTED' || arrived.has(status);
  }

  /** WhatsApp takes reactions to what arrived, for 30 days, and while the window is open. */
  mayReact(message: ThreadMessageFragment): boolean {
    if (!this.mayReply || message.revokedAt || !this.thread.conversation?.window.isOpen) return false;
    if (currentTime() - Date.parse(message.sentAt) > reactionsFor) return false;
    return message.direction === 'INBOUND' || arrived.has(message.status);
  }
}

const key = Symbol('thread view');

export const provideThreadView = (view: ThreadView): ThreadView => setContext(key, view);
export const useThreadView = (): ThreadView => getContext(key);
