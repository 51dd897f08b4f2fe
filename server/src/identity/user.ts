import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Sealed } from '../platform/sealed.ts';
import { SealedType } from '../platform/sealed-type.ts';

/** A person who signs in. Belongs to the platform, may be a member of several tenants. E-mail and name are sealed under the user's own key. */
@Entity({ tableName: 'user' })
export class User {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: SealedType })
  email!: Sealed;

  @Property({ type: SealedType })
  name!: Sealed;

  @Property({ type: 'text', hidden: true })
  passwordHash!: string;

  @Property({ type: 'text' })
  locale!: string;
}
