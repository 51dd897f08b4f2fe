import type { CountsFragment } from '#lib/gql/graphql.ts';
import type { View } from './list-order.ts';

/** The views that have a tab; the others are under “More views”. */
export const tabViews = ['mine', 'unassigned', 'open'] as const satisfies View[];
export const otherViews = ['resolved'] as const satisfies View[];

/** How many conversations a view holds; the server counts up to 1,000. Null where it does not count. */
export function countOf(counts: CountsFragment | null, view: View): number | null {
  return counts && view !== 'resolved' ? counts[view] : null;
}
