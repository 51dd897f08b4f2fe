import { Conversation } from '../../conversations/conversation.ts';
import type { Context } from '../../platform/context.ts';
import { findById } from '../../platform/find-by-id.ts';
import { enqueueJob } from '../../platform/jobs.ts';
import { RuleBroken } from '../../platform/user-errors.ts';
import { Recent } from '../../whatsapp/recent.ts';

/** Shows the customer of a conversation that somebody writes. */
export const SEND_TYPING = 'send_typing';
/** WhatsApp shows it for 25 s. */
const PAUSE_MS = 20_000;
const MOST_REMEMBERED = 10_000;
const ATTEMPTS = 2;

/** When each conversation was last shown, in this process. */
const shownAt = new Recent<string, { at: number }>(MOST_REMEMBERED);

/** Shows the customer that somebody writes; within 20 s of the last time it does nothing. WhatsApp marks what they wrote as read with it. Throws NOT_FOUND. */
export async function showTyping(ctx: Context, input: { conversationId: string }): Promise<{ conversation: Conversation }> {
  return ctx.command(async (tx) => {
    const conversation = await findById(tx.em, Conversation, input.conversationId);
    if (!conversation) throw new RuleBroken('NOT_FOUND', 'No such conversation.', ['conversationId']);
    const last = shownAt.getOrMake(conversation.id, () => ({ at: -Infinity }));
    if (performance.now() - last.at < PAUSE_MS) return { conversation };
    await enqueueJob(tx.query, SEND_TYPING, conversation.id, { attempts: ATTEMPTS });
    // Last of all: a command that others are in the way of is run again.
    last.at = performance.now();
    return { conversation };
  });
}
