import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType } from 'type-graphql';
import { Conversation } from '../conversations/conversation.ts';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';
import { MessageDirection, MessageKind, MessageStatus } from './message-enums.ts';

@Entity()
@ObjectType({ description: 'One WhatsApp message, sent or received.' })
@Can('inbox:read')
export class Message extends TenantEntity {
  @ManyToOne(() => Conversation, { ref: true })
  conversation!: Ref<Conversation>;

  @Field(() => MessageDirection, { description: 'Whether the customer or the company wrote it.' })
  @Enum(() => MessageDirection)
  direction!: MessageDirection;

  @Field(() => MessageKind, { description: 'What it holds.' })
  @Enum(() => MessageKind)
  kind!: MessageKind;

  @Property({ type: SealedType, nullable: true })
  body: Sealed | null = null;

  @Field(() => MessageStatus, { description: 'How far it has come, as far as is known now.' })
  @Enum(() => MessageStatus)
  status!: MessageStatus;

  @Field(() => Int, { description: 'How often it was tried: 1 for the first attempt, 0 for messages received.' })
  @Property({ type: 'smallint' })
  attempt: Opt<number> = 0;

  @Property({ type: 'uuid', nullable: true })
  authorMemberId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  authorApiKeyId: string | null = null;

  @ManyToOne(() => Message, { ref: true, nullable: true })
  replyTo: Ref<Message> | null = null;

  /** Meta's code of the last attempt's failure. */
  @Property({ type: 'integer', nullable: true })
  failureCode: number | null = null;

  @Field(() => DateTime, { description: "When it was written: Meta's time for messages received." })
  @Property({ type: 'datetime' })
  sentAt!: Date;

  @Field(() => DateTime, { description: 'When we stored it. Threads are ordered by id, which follows it.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}
