import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

/** What was moved is kept by id: undoing gives back exactly that, as far as it is still there. */
@Entity()
@ObjectType({ description: 'Two contacts that somebody joined because they are one person.' })
@Can('contacts:read')
export class ContactMerge extends TenantEntity {
  @Property({ type: 'uuid' })
  intoId!: string;

  @Property({ type: 'uuid' })
  fromId!: string;

  @Property({ type: 'uuid[]', columnType: 'uuid[]' })
  movedIdentities: Opt<string[]> = [];

  @Property({ type: 'uuid[]', columnType: 'uuid[]' })
  movedConversations: Opt<string[]> = [];

  @Property({ type: 'uuid[]', columnType: 'uuid[]' })
  movedKeys: Opt<string[]> = [];

  /** Conversations that were resolved because one person has one live conversation with a number. */
  @Property({ type: 'uuid[]', columnType: 'uuid[]' })
  resolvedConversations: Opt<string[]> = [];

  @Property({ type: 'uuid', nullable: true })
  mergedById: string | null = null;

  @Field(() => DateTime, { description: 'When they were joined.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  mergedAt!: Opt<Date>;

  @Field(() => DateTime, { nullable: true, description: 'When they were parted again.' })
  @Property({ type: 'datetime', nullable: true })
  undoneAt: Date | null = null;
}
