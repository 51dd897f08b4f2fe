import type { Query } from '../../platform/query.ts';
import type { Window } from '../../platform/window.ts';
import type { MediaStatus } from './media.ts';

interface Where {
  id: string;
  conversation_id: string;
}

const MESSAGES = 'select id, conversation_id from message where tenant_id = $1 and media_id = $2';

/** The messages that hold a file; one that was sent several times stands in several. */
export function messagesWith(query: Query, tenantId: string, mediaId: string): Promise<Where[]> {
  return query<Where>(MESSAGES, [tenantId, mediaId]);
}

/** Has it told that a file changed, and with it the messages that hold it. */
export async function tellMedia(
  { query, events }: Pick<Window, 'query' | 'events'>,
  tenantId: string,
  mediaId: string,
  status: `${MediaStatus}`,
): Promise<void> {
  const messages = await messagesWith(query, tenantId, mediaId);
  const [conversationId = null] = messages.map((message) => message.conversation_id);
  events.push({ tenantId, kind: 'MEDIA_CHANGED', subjectId: mediaId, conversationId, status });
  for (const { id, conversation_id } of messages)
    events.push({ tenantId, kind: 'MESSAGE_UPDATED', subjectId: id, conversationId: conversation_id });
}
