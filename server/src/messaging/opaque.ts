import { isId } from '../platform/ids.ts';

/** An attempt of a message of ours. */
export interface AttemptName {
  messageId: string;
  attempt: number;
}

/** What a request carries along and its statuses bring back: our message's id, from the second attempt on with the attempt's number. */
export function opaqueOf({ messageId, attempt }: AttemptName): string {
  return attempt === 1 ? messageId : `${messageId}.${attempt}`;
}

/** Undefined for what is not ours. */
export function readOpaque(opaque: string | undefined): AttemptName | undefined {
  const [messageId, attempt = '1', ...rest] = opaque?.split('.') ?? [];
  if (!isId(messageId) || rest.length || !/^[1-9]\d{0,3}$/.test(attempt)) return undefined;
  return { messageId, attempt: Number(attempt) };
}
