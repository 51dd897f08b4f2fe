import type { Graph } from './graph.ts';
import type { Outcome } from './outcome.ts';
import { isJson, listOf, objectOf } from './read-json.ts';

/** A list, and whether it is all there is. */
export interface Whole<T> {
  items: T[];
  /** False when there were more pages than we read, or entries that could not be read. */
  isWhole: boolean;
}

export interface Pages {
  /** With its question mark. */
  path: string;
  token: string;
  /** Entries per page. */
  limit: number;
  maxPages: number;
}

const PAGE_MAX_BYTES = 4 << 20;
const CURSOR = /^[\x21-\x7e]{1,2048}$/;

/** Reads a list page after page, by Meta's cursors alone: its `next` addresses carry the token. The first page that fails is the outcome. */
export async function collect<T>(
  graph: Graph,
  { path, token, limit, maxPages }: Pages,
  read: (item: unknown) => T | undefined,
): Promise<Outcome<Whole<T>>> {
  const items: T[] = [];
  let isWhole = true;
  let after = '';
  for (let page = 0; page < maxPages; page++) {
    const from = after && `&after=${encodeURIComponent(after)}`;
    const request = { method: 'GET' as const, path: `${path}&limit=${limit}${from}`, token, maxBytes: PAGE_MAX_BYTES };
    const outcome = await graph.ask(request, readPage);
    if (outcome.kind !== 'done') return outcome;
    for (const raw of outcome.value.data) {
      const item = read(raw);
      if (item === undefined) isWhole = false;
      else items.push(item);
    }
    const { hasMore, next } = outcome.value;
    if (!hasMore) return { kind: 'done', value: { items, isWhole } };
    // A cursor that leads nowhere, or back to where we are.
    if (next === undefined || next === after) break;
    after = next;
  }
  return { kind: 'done', value: { items, isWhole: false } };
}

interface Page {
  data: readonly unknown[];
  hasMore: boolean;
  next?: string;
}

function readPage(body: unknown): Page | undefined {
  if (!isJson(body) || !Array.isArray(body.data)) return undefined;
  const paging = objectOf(body.paging);
  const { after } = objectOf(paging.cursors);
  const next = typeof after === 'string' && CURSOR.test(after) ? after : undefined;
  return { data: listOf(body.data), hasMore: typeof paging.next === 'string', next };
}
