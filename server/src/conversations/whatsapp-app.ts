import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

@Entity()
@ObjectType({ description: "The company's own app at Meta, through which its webhooks come. Its secrets are never shown again." })
@Can('numbers:read')
export class WhatsappApp extends TenantEntity {
  @Field(() => String, { description: "Meta's id of the app." })
  @Property({ type: 'text' })
  appId!: string;

  /** Signs the webhooks. */
  @Property({ type: SealedType })
  appSecret!: Sealed;

  /** Meta shows it when it asks whether the address is ours. */
  @Property({ type: SealedType })
  verifyToken!: Sealed;

  /** When the company was last told that the app spoke of what is not theirs. */
  @Property({ type: 'datetime', nullable: true })
  alertedAt: Date | null = null;

  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}
