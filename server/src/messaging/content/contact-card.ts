import { Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import type { CardPart } from '../../whatsapp/content.ts';
import { CardAddressFields, CardEntryFields, CardPhoneFields } from './card-fields.ts';

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
