/** What sending again needs to know of a message. */
export interface Retryable {
  id: string;
  status: string;
  failure?: { retryable: boolean } | null;
}

export interface RetryGroups {
  /** They failed, and may succeed. */
  failed: string[];
  /** They may have been sent: only somebody who says so sends them again. */
  unsure: string[];
}

export function isRetryable({ status, failure }: Retryable): boolean {
  return status === 'UNCONFIRMED' || (status === 'FAILED' && failure?.retryable === true);
}

/** The messages that can be sent again, apart by what has to be confirmed. */
export function retryGroups(messages: readonly Retryable[]): RetryGroups {
  const ids = (status: string) => messages.filter((one) => one.status === status && isRetryable(one)).map(({ id }) => id);
  return { failed: ids('FAILED'), unsure: ids('UNCONFIRMED') };
}

/** In parts of at most `most`. */
export function inParts<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / most) }, (_, part) => items.slice(part * most, (part + 1) * most));
}
