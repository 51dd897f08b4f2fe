import type { Opt } from '@mikro-orm/core';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

export enum NumberStatus {
  CONNECTED = 'CONNECTED',
  PAUSED = 'PAUSED',
}
registerEnumType(NumberStatus, {
  name: 'NumberStatus',
  description: 'Whether a number sends.',
  valuesConfig: {
    CONNECTED: { description: 'It sends and receives.' },
    PAUSED: { description: 'It receives; what it should send waits until somebody resumes it.' },
  },
});

@Entity()
@ObjectType({ description: "One of the company's own WhatsApp numbers." })
@Can('numbers:read')
export class WhatsappNumber extends TenantEntity {
  @Field(() => String, { description: "Meta's id of the number." })
  @Property({ type: 'text' })
  phoneNumberId!: string;

  @Property({ type: 'text' })
  wabaId!: string;

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

  /** Messages a second that Meta takes from it. */
  @Property({ type: 'integer' })
  messagesPerSecond: Opt<number> = 80;
}
