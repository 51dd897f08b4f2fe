import type { RetryableFragment } from '#lib/gql/graphql.ts';

export interface RetryGroups {
  /** They failed, or were given up, and may succeed. */
  failed: string[];
  /** They may have been sent: only somebody who says so sends them again. */
  unsure: string[];
}

/** Whether sending it again may help: a code that came too late is no use any more, and a text needs the window. */
export function isRetryable({ status, kind, failure, template, conversation }: RetryableFragment): boolean {
  if (status !== 'EXPIRED') return status === 'UNCONFIRMED' || (status === 'FAILED' && failure?.retryable === true);
  return kind === 'TEMPLATE' ? template?.category !== 'AUTHENTICATION' : conversation.window.isOpen;
}

/** The messages that can be sent again, apart by what has to be confirmed. */
export function retryGroups(messages: readonly RetryableFragment[]): RetryGroups {
  const isUnsure = ({ status }: RetryableFragment) => status === 'UNCONFIRMED';
  const groups = Object.groupBy(messages.filter(isRetryable), (one) => (isUnsure(one) ? 'unsure' : 'failed'));
  const ids = (of: RetryableFragment[] = []) => of.map(({ id }) => id);
  return { failed: ids(groups.failed), unsure: ids(groups.unsure) };
}

/** In parts of at most `most`. */
export function inParts<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, part) => items.slice(part * most, (part + 1) * most));
}
