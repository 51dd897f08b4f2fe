import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Contact } from '../contacts/contact.ts';
import { Member } from '../identity/member.ts';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';
import { WhatsappNumber } from './whatsapp-number.ts';

export enum ConversationStatus {
  OPEN = 'OPEN',
  PENDING = 'PENDING',
  SNOOZED = 'SNOOZED',
  RESOLVED = 'RESOLVED',
}
registerEnumType(ConversationStatus, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands.',
  valuesConfig: {
    OPEN: { description: 'The team is at it.' },
    PENDING: { description: 'The team waits for somebody.' },
    SNOOZED: { description: 'Put aside until a time, or until the customer writes.' },
    RESOLVED: { description: 'Done. A new message within 24 hours opens it again, a later one starts another.' },
  },
});

@Entity()
@ObjectType({ description: 'What one customer and one of our numbers say to one another. At most one of them is not resolved.' })
@Can('inbox:read')
export class Conversation extends TenantEntity {
  @ManyToOne(() => Contact, { ref: true })
  contact!: Ref<Contact>;

  @ManyToOne(() => WhatsappNumber, { ref: true })
  number!: Ref<WhatsappNumber>;

  @Field(() => ConversationStatus, { description: 'Where it stands.' })
  @Enum(() => ConversationStatus)
  status: Opt<ConversationStatus> = ConversationStatus.OPEN;

  @ManyToOne(() => Member, { ref: true, nullable: true })
  assignee: Ref<Member> | null = null;

  @Field(() => Int, { description: "The team's unread messages: inbound since anyone answered or marked it read." })
  @Property({ type: 'integer' })
  unreadCount: Opt<number> = 0;

  @Property({ type: 'uuid', nullable: true })
  lastMessageId: string | null = null;

  /** The log's position of the last message: a sender who has seen less is told so. */
  @Property({ type: 'bigint', persist: false })
  lastMessageSeq?: string;

  @Field(() => DateTime, { description: 'When something was last said. Lists are ordered by it.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  lastActivityAt!: Opt<Date>;

  @Field(() => DateTime, { description: 'When it began.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;

  @Property({ type: 'datetime', nullable: true })
  resolvedAt: Date | null = null;
}
