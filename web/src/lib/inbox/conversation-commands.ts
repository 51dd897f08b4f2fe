import { mutate } from '#lib/api/client.ts';
import type { ConversationRowFragment, UserErrorCode } from '#lib/gql/graphql.ts';
import type { Inbox } from './inbox.svelte.ts';
import { assignConversation, markConversationRead, reopenConversation, resolveConversation } from './thread-documents.ts';

interface Answer {
  conversation?: ConversationRowFragment | null;
  userErrors: readonly { code: UserErrorCode }[];
}

/** Shows what a command changed; gives the code it was refused with, or null. */
function taken(inbox: Inbox, { conversation, userErrors }: Answer): UserErrorCode | null {
  if (conversation) inbox.applyConversation(conversation);
  return userErrors[0]?.code ?? null;
}

/** Gives the conversation to a member, or to nobody. Throws RequestFault. */
export async function assign(inbox: Inbox, conversationId: string, memberId: string | null) {
  return taken(inbox, (await mutate(assignConversation, { input: { conversationId, memberId } })).assignConversation);
}

/** Takes the conversation out of the open views. Throws RequestFault. */
export async function resolve(inbox: Inbox, conversationId: string) {
  return taken(inbox, (await mutate(resolveConversation, { input: { conversationId } })).resolveConversation);
}

/** Puts a resolved conversation back among the open ones. Throws RequestFault. */
export async function reopen(inbox: Inbox, conversationId: string) {
  return taken(inbox, (await mutate(reopenConversation, { input: { conversationId } })).reopenConversation);
}

/** Says that the team has read what is there. Throws RequestFault. */
export async function markRead(inbox: Inbox, conversationId: string) {
  return taken(inbox, (await mutate(markConversationRead, { input: { conversationId } })).markConversationRead);
}
