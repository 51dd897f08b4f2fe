import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';
import { Role } from './role.ts';

@Entity()
@ObjectType({ description: 'A person of the team.' })
@Can('members:read')
export class Member extends TenantEntity {
  @Property({ type: 'uuid' })
  userId!: string;

  @ManyToOne(() => Role, { ref: true })
  role!: Ref<Role>;

  @Property({ type: 'datetime', nullable: true })
  removedAt: Date | null = null;
}
