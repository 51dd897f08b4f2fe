import type { Opt } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';

@Entity()
@ObjectType({ description: 'A company and all that is its own.' })
@Can('credential')
export class Tenant {
  @Field(() => ID, { description: 'A UUIDv7.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: "The company's name." })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, { description: 'The language its people see first: ar or en.' })
  @Property({ type: 'text' })
  locale!: string;

  @Field(() => String, { description: 'An IANA time zone, like Asia/Riyadh.' })
  @Property({ type: 'text' })
  timeZone!: string;

  @Property({ type: 'boolean' })
  isTest: Opt<boolean> = false;

  /** A company is its own: the guard asks every row whose it is. */
  @Property({ persist: false, hidden: true })
  get tenantId(): Opt<string> {
    return this.id;
  }
}
