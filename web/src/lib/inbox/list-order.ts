import { isAtLeastAsNew, type StatusReading } from './status-ladder.ts';

/** A conversation as the list orders it: by its last activity, newest first. */
export interface Listed {
  id: string;
  status: string;
  lastActivityAt: string;
  assignee?: { id: string } | null;
  lastMessage?: (StatusReading & { id: string }) | null;
}

export type View = 'mine' | 'unassigned' | 'open' | 'resolved';

/** Whether a conversation belongs in a view, for the member who looks. */
export function belongsIn(view: View, conversation: Listed, memberId: string | undefined): boolean {
  if (view === 'resolved') return conversation.status === 'RESOLVED';
  if (conversation.status === 'RESOLVED') return false;
  if (view === 'mine') return memberId !== undefined && conversation.assignee?.id === memberId;
  return view === 'open' || !conversation.assignee;
}

/** Newest activity first; equal times by id, newest first, as the server pages them. */
export function compareRows(a: Listed, b: Listed): number {
  const gap = Date.parse(b.lastActivityAt) - Date.parse(a.lastActivityAt);
  if (gap !== 0) return gap;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/**
 * The rows after a change of one conversation: at its new place, or gone when it no longer belongs. While more rows wait on the
 * server, one that sorts after the last loaded is left to its page: here it would leave a gap before it.
 */
export function placeRow<R extends Listed>(rows: readonly R[], changed: R, belongs: boolean, hasMore: boolean): readonly R[] {
  const held = rows.find((row) => row.id === changed.id);
  const others = held ? rows.filter((row) => row !== held) : rows;
  if (!belongs) return others;
  const row = held ? withNewestTick(changed, held) : changed;
  const at = others.findIndex((other) => compareRows(row, other) < 0);
  if (at !== -1) return others.toSpliced(at, 0, row);
  return hasMore ? others : [...others, row];
}

/** Rows of a next page, after those loaded; what moved meanwhile is kept where it is now. */
export function withPage<R extends Listed>(rows: readonly R[], page: readonly R[]): readonly R[] {
  const known = new Set(rows.map((row) => row.id));
  return [...rows, ...page.filter((row) => !known.has(row.id))].sort(compareRows);
}

function withNewestTick<R extends Listed>(changed: R, held: R): R {
  const [next, last] = [changed.lastMessage, held.lastMessage];
  if (!next || !last || next.id !== last.id || isAtLeastAsNew(next, last)) return changed;
  return { ...changed, lastMessage: last };
}
