import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';
import type { BusinessProfile } from './business-profile.ts';
import { WhatsappAccount } from './whatsapp-account.ts';

export enum NumberStatus {
  CONNECTED = 'CONNECTED',
  PAUSED = 'PAUSED',
  DISCONNECTED = 'DISCONNECTED',
}

export enum PausedBy {
  META = 'META',
  PERSON = 'PERSON',
}
registerEnumType(PausedBy, {
  name: 'PausedBy',
  description: 'Who paused a number.',
  valuesConfig: {
    META: { description: 'WhatsApp refused to let it send.' },
    PERSON: { description: 'Somebody of the company.' },
  },
});

export enum NumberQuality {
  GREEN = 'GREEN',
  YELLOW = 'YELLOW',
  RED = 'RED',
  UNKNOWN = 'UNKNOWN',
}
registerEnumType(NumberQuality, {
  name: 'NumberQuality',
  description: 'How customers take what a number or a template sends, as Meta rates it.',
  valuesConfig: {
    GREEN: { description: 'Good.' },
    YELLOW: { description: 'So so.' },
    RED: { description: 'Bad: Meta may limit it.' },
    UNKNOWN: { description: 'Not rated yet.' },
  },
});

export enum NumberThroughput {
  STANDARD = 'STANDARD',
  HIGH = 'HIGH',
}
registerEnumType(NumberThroughput, {
  name: 'NumberThroughput',
  description: 'How fast Meta lets a number send.',
  valuesConfig: {
    STANDARD: { description: 'Up to 80 messages a second; 20 while the phone app is in use too.' },
    HIGH: { description: 'Up to 1,000 messages a second.' },
  },
});
registerEnumType(NumberStatus, {
  name: 'NumberStatus',
  description: 'Whether a number sends.',
  valuesConfig: {
    CONNECTED: { description: 'It sends and receives.' },
    PAUSED: { description: 'It receives; what it should send waits until somebody resumes it.' },
    DISCONNECTED: { description: 'It neither sends nor receives here any more; its conversations stay.' },
  },
});

@Entity()
@ObjectType({ description: "One of the company's own WhatsApp numbers." })
@Can('numbers:read')
export class WhatsappNumber extends TenantEntity {
  @Field(() => String, { description: "Meta's id of the number." })
  @Property({ type: 'text' })
  phoneNumberId!: string;

  @ManyToOne(() => WhatsappAccount, { ref: true })
  account!: Ref<WhatsappAccount>;

  @Field(() => String, { description: 'The number as people write it.' })
  @Property({ type: 'text' })
  displayPhone!: string;

  @Field(() => String, { description: 'The name customers see.' })
  @Property({ type: 'text' })
  name!: string;

  @Property({ type: SealedType })
  accessToken!: Sealed;

  @Property({ type: 'boolean' })
  isTest!: boolean;

  @Field(() => NumberStatus, { description: 'Whether it sends.' })
  @Enum(() => NumberStatus)
  status: Opt<NumberStatus> = NumberStatus.CONNECTED;

  @Field(() => String, { nullable: true, description: 'Why it does not send.' })
  @Property({ type: 'text', nullable: true })
  pausedReason: string | null = null;

  @Field(() => PausedBy, { nullable: true, description: 'Who stopped it; null while it sends.' })
  @Enum({ items: () => PausedBy, nullable: true })
  pausedBy: PausedBy | null = null;

  @Field(() => Int, { nullable: true, description: "Meta's code of what it refuses for, when WhatsApp stopped it." })
  @Property({ type: 'integer', nullable: true })
  pausedCode: number | null = null;

  /** When somebody last set it to sending: what was said before pauses it no more. */
  @Property({ type: 'datetime', nullable: true })
  resumedAt: Date | null = null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it sends no campaigns: too many people blocked or reported it.',
  })
  @Property({ type: 'datetime', nullable: true })
  campaignsStoppedAt: Date | null = null;

  @Field(() => NumberQuality, { description: "Meta's rating." })
  @Enum(() => NumberQuality)
  quality: Opt<NumberQuality> = NumberQuality.UNKNOWN;

  @Field(() => String, { nullable: true, description: "Where Meta's review of the name stands." })
  @Property({ type: 'text', nullable: true })
  nameStatus: string | null = null;

  @Field(() => NumberThroughput, { description: 'How fast it may send.' })
  @Enum(() => NumberThroughput)
  throughput: Opt<NumberThroughput> = NumberThroughput.STANDARD;

  @Field(() => Boolean, { description: 'Whether the number is in use in the WhatsApp Business app as well.' })
  @Property({ type: 'boolean' })
  isCoexistence: Opt<boolean> = false;

  /** The business profile as Meta last gave it. */
  @Property({ type: 'json', columnType: 'jsonb', nullable: true, fieldName: 'profile' })
  profileRow: BusinessProfile | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When this was read from WhatsApp last.' })
  @Property({ type: 'datetime', nullable: true })
  syncedAt: Date | null = null;

  @Field(() => Int, { description: 'Messages a second that WhatsApp takes from it.' })
  @Property({ type: 'integer' })
  messagesPerSecond: Opt<number> = 80;
}
