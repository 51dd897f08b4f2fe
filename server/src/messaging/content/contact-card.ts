import { Field, FieldResolver, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import type { CardOrigin, CardPart } from '../../whatsapp/content.ts';
import { CardAddressFields, CardEntryFields, CardPhoneFields } from './card-fields.ts';

export enum ContactCardOrigin {
  CONTACT_REQUEST = 'CONTACT_REQUEST',
  OTHER = 'OTHER',
}
registerEnumType(ContactCardOrigin, {
  name: 'ContactCardOrigin',
  description: 'Why a customer sent a contact card.',
  valuesConfig: {
    CONTACT_REQUEST: { description: 'They tapped on a button that asks for their own.' },
    OTHER: { description: 'By themselves.' },
  },
});
/** Fails to compile when a message can hold what the API has no name for. */
export const everyOriginIsPublic: Record<CardOrigin, ContactCardOrigin> = ContactCardOrigin;

@ObjectType({ description: 'A phone on a contact card.' })
@Can('messages:text')
export class ContactCardPhone extends CardPhoneFields {
  @Field(() => String, { nullable: true, description: 'As it was written.' })
  phone!: string;
}

@ObjectType({ description: 'An e-mail on a contact card.' })
@Can('messages:text')
export class ContactCardEmail extends CardEntryFields {
  @Field(() => String, { nullable: true, description: 'The address.' })
  email!: string;
}

@ObjectType({ description: 'A postal address on a contact card.' })
@Can('messages:text')
export class ContactCardAddress extends CardAddressFields {}

@ObjectType({ description: 'A page on the web, on a contact card.' })
@Can('messages:text')
export class ContactCardUrl extends CardEntryFields {
  @Field(() => String, { nullable: true, description: 'The address.' })
  url!: string;
}

@ObjectType({ description: 'A contact that was handed on in a message.' })
@Can('messages:text')
export class ContactCard {
  @Field(() => [ContactCardPhone], { nullable: true, description: 'Phones.' })
  phones!: ContactCardPhone[];

  @Field(() => [ContactCardEmail], { nullable: true, description: 'E-mails.' })
  emails!: ContactCardEmail[];

  @Field(() => [ContactCardAddress], { nullable: true, description: 'Postal addresses.' })
  addresses!: ContactCardAddress[];

  @Field(() => [ContactCardUrl], { nullable: true, description: 'Pages on the web.' })
  urls!: ContactCardUrl[];

  @Field(() => String, { nullable: true, description: 'As `YYYY-MM-DD`.' })
  birthday?: string;

  @Field(() => ContactCardOrigin, { nullable: true, description: 'Why it was sent; null where WhatsApp does not say.' })
  origin?: CardOrigin;
}

@Resolver(() => ContactCard)
export class ContactCardResolver {
  @FieldResolver(() => String, { nullable: true, description: 'The whole name.' })
  formattedName(@Root() card: CardPart): string {
    return card.name.formatted;
  }

  @FieldResolver(() => String, { nullable: true, description: 'First name.' })
  firstName(@Root() card: CardPart): string | null {
    return card.name.first ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Last name.' })
  lastName(@Root() card: CardPart): string | null {
    return card.name.last ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where they work.' })
  company(@Root() card: CardPart): string | null {
    return card.organization?.company ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What they do there.' })
  jobTitle(@Root() card: CardPart): string | null {
    return card.organization?.title ?? null;
  }
}
