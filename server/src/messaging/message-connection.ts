import { connectionOf } from '../platform/pages.ts';
import { Message } from './message.ts';

/** A page of messages in the API. */
export const MessageConnection = connectionOf(Message, 'Message', 'inbox:read');
