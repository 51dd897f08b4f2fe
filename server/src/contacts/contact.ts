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

  @Field(() => DateTime, { description: 'When we first heard of them.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;
}
