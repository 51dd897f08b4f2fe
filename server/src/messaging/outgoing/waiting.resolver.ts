import { Arg, Ctx, Int, Query, registerEnumType, Resolver } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { Context } from '../../platform/context.ts';
import type { Page } from '../../platform/pages.ts';
import { MessageConnection } from '../message-connection.ts';
import { MessageKind } from '../message-enums.ts';
import type { Message } from '../message.ts';
import { listAttention } from './list-waiting.ts';

export enum FailedKind {
  FAILED = 'FAILED',
  UNCONFIRMED = 'UNCONFIRMED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(FailedKind, {
  name: 'FailedKind',
  description: 'Why somebody should look at a message.',
  valuesConfig: {
    FAILED: { description: 'It was refused, or could not be delivered.' },
    UNCONFIRMED: { description: 'It may have been sent.' },
    EXPIRED: { description: 'WhatsApp gave it up without a word; listed within an hour.' },
  },
});

export enum WaitingKind {
  SCHEDULED = 'SCHEDULED',
  HELD = 'HELD',
}
registerEnumType(WaitingKind, {
  name: 'WaitingKind',
  description: 'What a message waits for.',
  valuesConfig: {
    SCHEDULED: { description: 'Its time.' },
    HELD: { description: 'A review.' },
  },
});

@Resolver()
export class WaitingResolver {
  @Query(() => MessageConnection, {
    description: 'Messages that failed, may have been sent or expired, and that nobody has sent again, newest first.',
  })
  @Can('inbox:read')
  failedMessages(
    @Ctx() ctx: Context,
    @Arg('statuses', () => [FailedKind], { nullable: true, description: 'Only these; otherwise all.' }) statuses?: FailedKind[],
    @Arg('kinds', () => [MessageKind], { nullable: true, description: 'Only messages that hold this.' }) kinds?: MessageKind[],
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<Message>> {
    const lists = statuses?.length ? statuses : Object.values(FailedKind);
    return listAttention(ctx, { lists, kinds, first, after });
  }

  @Query(() => MessageConnection, { description: 'Messages that wait for their time or for a review, newest first.' })
  @Can('inbox:read')
  waitingMessages(
    @Ctx() ctx: Context,
    @Arg('for', () => WaitingKind, { nullable: true, description: 'Only those that wait for this; otherwise both.' })
    awaited?: WaitingKind,
    @Arg('first', () => Int, { defaultValue: 25, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of the page before.' }) after?: string,
  ): Promise<Page<Message>> {
    return listAttention(ctx, { lists: awaited ? [awaited] : [WaitingKind.SCHEDULED, WaitingKind.HELD], first, after });
  }
}
