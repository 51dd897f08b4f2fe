import type { Query } from './query.ts';

/** What may happen to a tenant. The log holds these names, ids and statuses, never personal data: erasure need not rewrite it. */
export const EVENT_KINDS = [
  'MESSAGE_CREATED',
  'MESSAGE_STATUS',
  'MESSAGE_UPDATED',
  'CONVERSATION_CHANGED',
  'CONTACT_CHANGED',
  'CONTACT_MERGED',
  'NUMBER_CHANGED',
  'TEMPLATE_CHANGED',
  'MEDIA_CHANGED',
  'SECURITY_ALERT',
  'MEMBER_CHANGED',
  'ACCESS_REVOKED',
] as const;
export type EventKindName = (typeof EVENT_KINDS)[number];

/** An event before it has its place in the log. */
export interface EventRecord {
  tenantId: string;
  kind: EventKindName;
  subjectId: string;
  conversationId?: string | null;
  status?: string | null;
  /**
   * Of a message that came in: how its conversation takes it, which is written with the event. It is UNREAD there; or one of us wrote it elsewhere (ECHO),
   * so that what came before it has been read.
   */
  arrival?: 'UNREAD' | 'ECHO';
}

/** Appends to the log as the last statement before the commit: the tenant's counter stays locked until then. */
export type AppendEvents = (query: Query, events: readonly EventRecord[]) => Promise<void>;
