import type { Opt } from '@mikro-orm/core';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { type Permission, PERMISSIONS } from '../platform/permissions.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';

@Entity()
@ObjectType({ description: 'A named set of permissions that members hold.' })
@Can('members:read')
export class Role extends TenantEntity {
  @Field(() => String, { description: 'One of owner, admin, agent, analyst, automation, or a name of your own.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => [String], { description: 'What its holders may do.' })
  @Property({ type: 'text[]' })
  permissions!: Permission[];

  @Property({ type: 'boolean' })
  isSystem: Opt<boolean> = false;
}

/** The roles every tenant begins with; they never change. An analyst sees no text and phones only masked. */
export const SYSTEM_ROLES: Record<string, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  agent: [
    'inbox:read',
    'inbox:reply',
    'inbox:manage',
    'messages:text',
    'contacts:read',
    'contacts:phone',
    'contacts:manage',
    'numbers:read',
    'templates:read',
    'members:read',
    'events:read',
  ],
  analyst: ['inbox:read', 'contacts:read', 'numbers:read', 'templates:read', 'members:read', 'events:read'],
  automation: [
    'inbox:read',
    'inbox:reply',
    'inbox:manage',
    'messages:text',
    'contacts:read',
    'contacts:phone',
    'contacts:manage',
    'numbers:read',
    'templates:read',
    'members:read',
    'events:read',
  ],
};
