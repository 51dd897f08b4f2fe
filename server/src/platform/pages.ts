import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Can } from './can.ts';
import { fault } from './faults.ts';
import { isId } from './ids.ts';
import type { Policy } from './permissions.ts';

const MOST = 100;

@ObjectType({ description: 'Where a page stands in its list.' })
@Can('credential')
export class PageInfo {
  @Field(() => Boolean, { description: 'More follow after `endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'More stand before `startCursor`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `before` for the page before.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Give it as `after` for the next page.' })
  endCursor!: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

/** A page of a list, as Relay lays it out. */
export interface Page<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
}

/** Makes the `…Connection` and `…Edge` types of a node type. */
export function connectionOf<T extends object>(node: ClassType<T>, name: string, policy: Policy): ClassType<Page<T>> {
  const words = name.replaceAll(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
  @ObjectType(`${name}Edge`, { description: `A ${words} and its place in the list.` })
  @Can(policy)
  class EdgeType {
    @Field(() => String, { description: 'Its place in the list.' })
    cursor!: string;

    @Field(() => node, { description: 'What stands there.' })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${words}s.` })
  @Can(policy)
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'The page with the place of each.' })
    edges!: EdgeType[];

    @Field(() => [node], { description: 'The page without places.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Whether there is more, and where.' })
    pageInfo!: PageInfo;
  }
  return ConnectionType as ClassType<Page<T>>;
}

/** How many rows a page asks for. Throws BAD_USER_INPUT unless it is from 1 to 100. */
export function pageSize(first: number | null | undefined, byDefault: number): number {
  const size = first ?? byDefault;
  if (!Number.isInteger(size) || size < 1 || size > MOST) throw fault('BAD_USER_INPUT', `A page holds from 1 to ${MOST} items.`);
  return size;
}

/** How a page of a list that is read from both ends is asked for. */
export interface PageAsked {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/**
 * Which way a page goes, from where, and how many rows it holds: from the beginning with `first` or `after`, else from the end. Throws
 * BAD_USER_INPUT for a mixture of both and for a size that `pageSize` refuses.
 */
export function pageAsked(
  { first, after, last, before }: PageAsked,
  byDefault: number,
): { isBackward: boolean; size: number; cursor: string | null } {
  const isForward = first != null || after != null;
  if (isForward && (last != null || before != null))
    throw fault(
      'BAD_USER_INPUT',
      'Read onwards with `first` and `after`, or backwards with `last` and `before`: not both at once.',
    );
  const size = pageSize(isForward ? first : last, byDefault);
  return { isBackward: !isForward, size, cursor: (isForward ? after : before) || null };
}

/** Lays out rows of which one more than the page was read: the extra one only says that there is more. */
export function toPage<T>(
  rows: T[],
  size: number,
  cursorOf: (row: T) => string,
  { backward = false, continued = false } = {},
): Page<T> {
  const more = rows.length > size;
  const nodes = rows.slice(0, size);
  if (backward) nodes.reverse();
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: backward ? continued : more,
      hasPreviousPage: backward ? more : continued,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A place in a list that is ordered by a time and an id. */
export function timeCursor(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()}|${id}`).toString('base64url');
}

/** Reads what `timeCursor` wrote. Throws BAD_CURSOR. */
export function readTimeCursor(text: string): { at: Date; id: string } {
  const [time, id] = Buffer.from(text, 'base64url').toString().split('|');
  const at = new Date(time ?? '');
  // Only what is written exactly as we write it goes into a query: PostgreSQL knows fewer times and ids than JavaScript.
  const isOurs = isId(id) && /^\d{4}-/.test(time ?? '') && !Number.isNaN(at.getTime()) && timeCursor(at, id) === text;
  if (!isOurs) throw fault('BAD_CURSOR', 'This is no cursor of this list.');
  return { at, id };
}
