import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Permission } from '../platform/permissions.ts';
import { DateTime } from '../platform/scalars.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

@Entity()
@ObjectType({ description: "A program's credential. Its secret is shown once, when it is made." })
@Can('credential')
export class ApiKey extends TenantEntity {
  @Field(() => String, { description: 'What it is for.' })
  @Property({ type: 'text' })
  name!: string;

  /** SHA-256 of the secret. */
  @Property({ type: 'blob', hidden: true })
  digest!: Buffer;

  @Field(() => [String], { description: 'Permissions it holds.' })
  @Property({ type: 'text[]' })
  scopes!: Permission[];

  @Field(() => Boolean, { description: 'Test keys never reach Meta.' })
  @Property({ type: 'boolean' })
  isTest!: boolean;

  @Property({ type: 'uuid', nullable: true })
  createdById: string | null = null;

  @Field(() => DateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to the minute.' })
  @Property({ type: 'datetime', nullable: true })
  lastUsedAt: Date | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When it stops working by itself.' })
  @Property({ type: 'datetime', nullable: true })
  expiresAt: Date | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When somebody revoked it.' })
  @Property({ type: 'datetime', nullable: true })
  revokedAt: Date | null = null;
}
