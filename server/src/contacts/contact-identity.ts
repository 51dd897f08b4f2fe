import type { Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';
import { Contact } from './contact.ts';

export enum IdentityKind {
  PHONE = 'PHONE',
  BSUID = 'BSUID',
  USERNAME = 'USERNAME',
}
registerEnumType(IdentityKind, {
  name: 'IdentityKind',
  description: 'How a person is known.',
  valuesConfig: {
    PHONE: { description: 'A phone number in E.164.' },
    BSUID: { description: 'The id WhatsApp gives a person towards one business.' },
    USERNAME: { description: 'A WhatsApp user name, which may change.' },
  },
});

@Entity()
@ObjectType({ description: 'One way a contact is known by.' })
@Can('contacts:read')
export class ContactIdentity extends TenantEntity {
  @ManyToOne(() => Contact, { ref: true })
  contact!: Ref<Contact>;

  @Field(() => IdentityKind, { description: 'Which kind of identity.' })
  @Enum(() => IdentityKind)
  kind!: IdentityKind;

  @Property({ type: SealedType, fieldName: 'value' })
  sealedValue!: Sealed;

  @Field(() => DateTime, { nullable: true, description: 'Since when WhatsApp says it is no longer theirs.' })
  @Property({ type: 'datetime', nullable: true })
  endedAt: Date | null = null;

  /** A user id holds towards the business that owns this account. */
  @Property({ type: 'uuid', nullable: true })
  accountId: string | null = null;

  /** When WhatsApp last said that it cannot deliver to it. What refutes that does not take it back: `messaging/outgoing/undeliverable.ts` says what holds. */
  @Property({ type: 'datetime', nullable: true, fieldName: 'undeliverable_at' })
  markedUndeliverableAt: Date | null = null;

  /** Blind index: equal values of one tenant give equal bytes. */
  @Property({ type: 'blob', hidden: true })
  valueIndex!: Buffer;
}
