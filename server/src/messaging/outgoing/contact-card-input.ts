import { Field, InputType } from 'type-graphql';
import { CardAddressFields, CardEntryFields, CardPhoneFields } from '../content/card-fields.ts';

@InputType({ description: 'A phone on a contact card.' })
export class ContactCardPhoneInput extends CardPhoneFields {
  @Field(() => String, { description: 'With its country code.' })
  phone!: string;
}

@InputType({ description: 'An e-mail on a contact card.' })
export class ContactCardEmailInput extends CardEntryFields {
  @Field(() => String, { description: 'The address.' })
  email!: string;
}

@InputType({ description: 'A postal address on a contact card.' })
export class ContactCardAddressInput extends CardAddressFields {}

@InputType({ description: 'A page on the web, on a contact card.' })
export class ContactCardUrlInput extends CardEntryFields {
  @Field(() => String, { description: 'The address.' })
  url!: string;
}

@InputType({ description: 'A contact to hand on.' })
export class SendContactCardInput {
  @Field(() => String, { description: 'The whole name.' })
  formattedName!: string;

  @Field(() => String, { nullable: true, description: 'First name; the whole one where neither it nor the last is given.' })
  firstName?: string;

  @Field(() => String, { nullable: true, description: 'Last name.' })
  lastName?: string;

  @Field(() => [ContactCardPhoneInput], { nullable: true, description: 'Phones.' })
  phones?: ContactCardPhoneInput[];

  @Field(() => [ContactCardEmailInput], { nullable: true, description: 'E-mails.' })
  emails?: ContactCardEmailInput[];

  @Field(() => [ContactCardAddressInput], { nullable: true, description: 'Postal addresses.' })
  addresses?: ContactCardAddressInput[];

  @Field(() => [ContactCardUrlInput], { nullable: true, description: 'Pages on the web.' })
  urls?: ContactCardUrlInput[];

  @Field(() => String, { nullable: true, description: 'Where they work.' })
  company?: string;

  @Field(() => String, { nullable: true, description: 'What they do there.' })
  jobTitle?: string;

  @Field(() => String, { nullable: true, description: 'As `YYYY-MM-DD`.' })
  birthday?: string;
}
