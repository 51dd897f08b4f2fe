import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

@Entity()
@ObjectType({ description: 'A person outside: a customer.' })
@Can('contacts:read')
export class Contact extends TenantEntity {
  /** The newest of the contact's keys: it seals what is written from now on. */
  @Property({ type: 'uuid' })
  keyId!: string;

  @Property({ type: SealedType, nullable: true, fieldName: 'name' })
  sealedName: Sealed | null = null;

  /** Merged contacts stay as they were, behind the one they became. */
  @Property({ type: 'uuid', nullable: true })
  mergedIntoId: string | null = null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when they want no marketing messages; null while they may get some.',
  })
  @Property({ type: 'datetime', nullable: true })
  marketingStoppedAt: Date | null = null;

  @Field(() => DateTime, { description: 'When we first heard of them.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}
