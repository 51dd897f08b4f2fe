import { isWatched } from '#lib/ui/attention.svelte.ts';
import { markRead } from './conversation-commands.ts';
import type { Inbox } from './inbox.svelte.ts';
import type { Thread } from './thread.svelte.ts';

const after = 1_000;

/** Marks a thread read once it has been watched for a second with something unread in it. Call while a component is made. */
export function markReadWhileWatched(inbox: Inbox, thread: Thread): void {
  let hasMarkedStart = false;
  $effect(() => {
    if (thread.state !== 'ready' || hasMarkedStart) return;
    hasMarkedStart = true;
    thread.markUnreadStart();
  });
  $effect(() => {
    const unread = thread.conversation?.unreadCount ?? 0;
    if (unread === 0 || thread.state !== 'ready' || !isWatched() || !inbox.line.isUp) return;
    // A lost answer is no harm: the count stays, and the next look tries again.
    const timer = setTimeout(() => void markRead(inbox, thread.id).catch(() => null), after);
    return () => clearTimeout(timer);
  });
}
