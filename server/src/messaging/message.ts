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

  /** All that it holds besides its text: `Parts` of whatsapp/content.ts, as sealed JSON. */
  @Property({ type: SealedType, nullable: true })
  parts: Sealed | null = null;

  @Property({ type: 'uuid', nullable: true })
  mediaId: string | null = null;

  /** The files of a carousel's cards, in their order. */
  @Property({ type: 'uuid[]', columnType: 'uuid[]', nullable: true })
  cardMediaIds: string[] | null = null;

  @Property({ type: 'uuid', nullable: true })
  templateId: string | null = null;

  /** As it is known; `outgoing/expiry.ts` says when silence means something. */
  @Enum(() => MessageStatus)
  status!: MessageStatus;

  @Field(() => Int, {
    description:
      'Which attempt it shows: 1 for the first, 0 for messages received. That of an earlier one, when that one arrived after all.',
  })
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

  /** MARKETING, UTILITY, AUTHENTICATION or SERVICE: what Meta charges it as. */
  @Property({ type: 'text', nullable: true })
  category: string | null = null;

  /** `REGULAR`, or why it is free: `FREE_ENTRY_POINT`, `FREE_CUSTOMER_SERVICE`, … */
  @Property({ type: 'text', nullable: true })
  priceType: string | null = null;

  /** The market of the price table that the customer belongs to: what Meta charges in the end is looked up there. */
  @Property({ type: 'text', nullable: true })
  priceMarket: string | null = null;

  /** Millionths of `costCurrency`. */
  @Property({ type: 'bigint', nullable: true })
  costMicros: string | null = null;

  @Property({ type: 'text', nullable: true })
  costCurrency: string | null = null;

  /** Meta has said what it charges. */
  @Property({ type: 'boolean' })
  isCostFinal: Opt<boolean> = false;

  @Field(() => DateTime, { nullable: true, description: 'When it is to go out, or was.' })
  @Property({ type: 'datetime', nullable: true })
  scheduledAt: Date | null = null;

  @Field(() => String, { nullable: true, description: 'The time zone it was scheduled in, such as `Asia/Riyadh`.' })
  @Property({ type: 'text', nullable: true })
  timeZone: string | null = null;

  @Property({ type: SealedType, nullable: true, fieldName: 'hold_reason' })
  sealedHoldReason: Sealed | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When the customer changed it last.' })
  @Property({ type: 'datetime', nullable: true })
  editedAt: Date | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When the customer took it back; it then holds nothing.' })
  @Property({ type: 'datetime', nullable: true })
  revokedAt: Date | null = null;

  /** Written in the WhatsApp Business app on the phone. */
  @Property({ type: 'boolean' })
  isEcho: Opt<boolean> = false;

  /** WhatsApp accepted it, and looks at the quality of its template before it delivers it. */
  @Property({ type: 'boolean' })
  isAssessed: Opt<boolean> = false;

  /** How long WhatsApp tries to deliver it; null is 30 days. */
  @Property({ type: 'integer', nullable: true })
  ttlSeconds: number | null = null;

  @Field(() => DateTime, { description: "When it was written: Meta's time for messages received." })
  @Property({ type: 'datetime' })
  sentAt!: Date;

  @Field(() => DateTime, { description: 'When we stored it. Threads are ordered by id, which follows it.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}
