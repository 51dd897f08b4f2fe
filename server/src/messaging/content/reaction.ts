import { Field, ID, ObjectType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { DateTime } from '../../platform/scalars.ts';
import type { Loader } from '../../platform/loading.ts';
import { Sealed } from '../../platform/sealed.ts';
import { MessageDirection } from '../message-enums.ts';

@ObjectType({ description: 'An emoji that one side put on a message; each side has one at most.' })
@Can('messages:text')
export class Reaction {
  @Field(() => MessageDirection, { nullable: true, description: 'Whose it is.' })
  direction!: MessageDirection;

  @Field(() => String, { nullable: true, description: 'The emoji.' })
  emoji!: string;

  @Field(() => ID, { nullable: true, description: 'The message of kind REACTION that brought it.' })
  messageId!: string;

  @Field(() => DateTime, { nullable: true, description: 'When.' })
  at!: Date;
}

interface Row {
  target_id: string;
  id: string;
  direction: MessageDirection;
  body: Buffer | null;
  sent_at: Date | string;
}

/** The reactions on messages: the newest of each side, unless it was taken back or never got through. */
export const reactionsOf: Loader<string, Reaction[]> = {
  name: 'reactionsOf',
  load: async (ctx, messageIds) => {
    const rows = await ctx.read<Row>(
      `select distinct on (r.reply_to_id, r.direction) r.reply_to_id as target_id, r.id, r.direction, r.body, r.sent_at
       from message r where r.reply_to_id = any($1::uuid[]) and r.kind = 'REACTION' and r.status not in ('FAILED', 'CANCELLED')
       order by r.reply_to_id, r.direction, r.sent_at desc, r.id desc`,
      [messageIds],
    );
    const byTarget = new Map<string, Reaction[]>();
    for (const { target_id, id, direction, body, sent_at } of rows) {
      if (!body) continue;
      const emoji = await ctx.open('message', 'body', id, new Sealed(body));
      byTarget.set(target_id, [...(byTarget.get(target_id) ?? []), { direction, emoji, messageId: id, at: new Date(sent_at) }]);
    }
    return messageIds.map((id) => byTarget.get(id) ?? []);
  },
};
