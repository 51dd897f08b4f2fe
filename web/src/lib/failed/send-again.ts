import { mutate, query } from '#lib/api/client.ts';
import type { FailedIdsQuery, RetryableFragment } from '#lib/gql/graphql.ts';
import { failedIds, retryMany } from './failed-documents.ts';
import { inParts, type RetryGroups } from './retry-groups.ts';

const mostAtOnce = 100;

export interface SentAgain {
  sent: number;
  /** The codes of those that were refused. */
  refused: string[];
}

/** Sends messages again, those that may have been sent only if `withUnsure`. Throws RequestFault. */
export async function sendAgain(groups: RetryGroups, withUnsure: boolean): Promise<SentAgain> {
  const done: SentAgain = { sent: 0, refused: [] };
  const ask = async (messageIds: string[], mayHaveBeenSent: boolean) => {
    const input = { messageIds, mayHaveBeenSent, idempotencyKey: crypto.randomUUID() };
    const { retryMessages } = await mutate(retryMany, { input });
    done.sent += retryMessages.messages?.length ?? 0;
    done.refused.push(...retryMessages.userErrors.map(({ code }) => code));
  };
  for (const part of inParts(groups.failed, mostAtOnce)) await ask(part, false);
  if (withUnsure) for (const part of inParts(groups.unsure, mostAtOnce)) await ask(part, true);
  return done;
}

/** Everything that is in the list of failed messages now, on all its pages. Throws RequestFault. */
export async function readAllFailed(): Promise<RetryableFragment[]> {
  const all: RetryableFragment[] = [];
  for (let after: string | null = null; ;) {
    const { failedMessages }: FailedIdsQuery = await query(failedIds, { after });
    all.push(...failedMessages.nodes);
    after = failedMessages.pageInfo.endCursor ?? null;
    if (!failedMessages.pageInfo.hasNextPage || after === null) return all;
  }
}
