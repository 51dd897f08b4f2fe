import type { Opt } from '@mikro-orm/core';
import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { newId } from './ids.ts';

/** The tenant of the transaction: nobody passes it, the database fills it in and checks it. */
export const HERE = `nullif(current_setting('app.tenant_id', true), '')::uuid`;

/** What every row of a tenant has. In the database its key is `(tenant_id, id)`. */
@ObjectType()
export abstract class TenantEntity {
  @Field(() => ID, { description: 'A UUIDv7; ids sort by the time things came to be.' })
  @PrimaryKey({ type: 'uuid' })
  id: Opt<string> = newId();

  @Property({ type: 'uuid', defaultRaw: HERE })
  tenantId!: Opt<string>;
}
