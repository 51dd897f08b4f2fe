import { quotedOf, type SendLater, type Written } from '#lib/inbox/outbox-entry.ts';
import type { OutboxContent } from '#lib/inbox/outbox-content.ts';
import type { ThreadView } from '#lib/inbox/thread-view.svelte.ts';
import { takesCaption } from './media-limits.ts';

/** Sends what was written and attached, and empties the composer: each file is a message, the text the caption of the first that takes one. */
export function dispatch(view: ThreadView, text: string, later: SendLater | null): void {
  const { inbox, thread } = view;
  const files = inbox.shelf.take(thread.id);
  const captioned = files.findIndex(({ facts }) => takesCaption(facts.mediaKind));
  if (text !== '' && captioned === -1) send(view, { kind: 'TEXT', text }, later);
  for (const [index, upload] of files.entries()) {
    const caption = index === captioned && text !== '' ? text : null;
    send(view, { kind: 'MEDIA', file: upload.facts, caption, mediaId: null }, later, upload);
  }
  inbox.drafts.set(thread.id, '');
}

/** Puts one message into the outbox, in answer to what is quoted. */
export function send(
  view: ThreadView,
  content: OutboxContent,
  later: SendLater | null,
  upload: Parameters<ThreadView['inbox']['outbox']['add']>[1] = null,
): void {
  const { inbox, thread, quoted } = view;
  const written: Written = {
    conversationId: thread.id,
    content,
    later,
    replyTo: quoted && quotedOf(quoted),
    lastSeen: inbox.line.cursor || null,
    seenFromOthers: inbox.seenFromOthers(thread.id),
  };
  inbox.outbox.add(written, upload);
  inbox.refusal = null;
  view.quoted = null;
}
