import { Field, Int, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Context } from '../platform/context.ts';

/** Above this a count is not worth its scan; clients show it as "999+". */
const MOST = 1000;

@ObjectType({ description: "Numbers for the inbox's tabs and badge. Each counts up to 1,000 and stops." })
@Can('inbox:read')
export class InboxCounts {
  @Field(() => Int, { description: 'Not resolved and assigned to the viewer.' })
  mine!: number;

  @Field(() => Int, { description: 'Not resolved and assigned to nobody.' })
  unassigned!: number;

  @Field(() => Int, { description: 'Not resolved.' })
  open!: number;

  @Field(() => Int, { description: 'With something unread.' })
  unread!: number;
}

/** Counts for the viewer in one statement, along partial indexes. */
export async function countInbox(ctx: Context): Promise<InboxCounts> {
  const upTo = (where: string) => `(select count(*)::int from (select 1 from conversation where ${where} limit ${MOST}) counted)`;
  const [counts] = await ctx.read<InboxCounts>(
    `select ${upTo(`status <> 'RESOLVED' and assignee_id = $1::uuid`)} as mine, ${upTo(`status <> 'RESOLVED' and assignee_id is null`)} as unassigned,
       ${upTo(`status <> 'RESOLVED'`)} as open, ${upTo('unread_count > 0')} as unread`,
    [ctx.me.memberId ?? null],
  );
  return counts as InboxCounts;
}
