import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

@Entity()
@ObjectType({ description: 'A WhatsApp Business Account: numbers and templates belong to one.' })
@Can('numbers:read')
export class WhatsappAccount extends TenantEntity {
  @Field(() => ID, { description: "Meta's id of the account." })
  @Property({ type: 'text' })
  wabaId!: string;

  @Field(() => String, { nullable: true, description: 'Its name at Meta.' })
  @Property({ type: 'text', nullable: true })
  name: string | null = null;

  @Field(() => String, { description: 'What Meta charges in, as ISO 4217.' })
  @Property({ type: 'text' })
  currency: Opt<string> = 'USD';

  /** Meta's id of the business portfolio: messaging limits and user ids belong to it. */
  @Property({ type: 'text', nullable: true })
  portfolioId: string | null = null;

  /** The tenant's own Meta app, when its webhooks come through one. */
  @Property({ type: 'uuid', nullable: true })
  appId: string | null = null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people may be written to outside their windows in 24 hours; null is without limit.',
  })
  @Property({ type: 'integer', nullable: true })
  messagingLimit: number | null = 250;

  @Field(() => String, { nullable: true, description: "Meta's review of the account." })
  @Property({ type: 'text', nullable: true })
  reviewStatus: string | null = null;

  /** The latest news of Meta about each thing: written by whoever follows them. */
  @Property({ type: 'json', columnType: 'jsonb' })
  noticed: Opt<object> = {};

  @Field(() => DateTime, { nullable: true, description: 'When its templates were read from Meta last.' })
  @Property({ type: 'datetime', nullable: true })
  templatesSyncedAt: Date | null = null;

  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}
