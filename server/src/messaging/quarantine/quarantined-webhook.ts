import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { DateTime } from '../../platform/scalars.ts';
import { TenantEntity } from '../../platform/tenant-entity.ts';

@Entity({ tableName: 'quarantine' })
@ObjectType({ description: 'A webhook of which something could not be understood or written. What could be, was.' })
@Can('webhooks:manage')
export class QuarantinedWebhook extends TenantEntity {
  /** The day of its partition, `YYYY-MM-DD`. */
  @Property({ type: 'date' })
  receivedOn!: string;

  @Property({ type: 'uuid' })
  webhookId!: string;

  @Field(() => String, { description: 'What could not be understood, and where it stood; nothing of its content.' })
  @Property({ type: 'text' })
  reason!: string;

  @Field(() => Boolean, { description: 'Whether it is, or may be, about other companies too: then nobody sees its content.' })
  @Property({ type: 'boolean' })
  isShared!: boolean;

  @Field(() => DateTime, { description: 'When it came.' })
  @Property({ type: 'datetime' })
  receivedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When somebody had it read again or dismissed it.' })
  @Property({ type: 'datetime', nullable: true })
  resolvedAt: Date | null = null;

  @Property({ type: 'text', nullable: true })
  resolution: Opt<'REPLAYED' | 'DISMISSED'> | null = null;
}
