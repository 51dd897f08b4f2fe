import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A phone on a contact card.' })
export class ContactCardPhoneInput {
  @Field(() => String, { description: 'With its country code.' })
  phone!: string;

  @Field(() => String, { nullable: true, description: 'Such as CELL or WORK.' })
  type?: string;
}

@InputType({ description: 'An e-mail on a contact card.' })
export class ContactCardEmailInput {
  @Field(() => String, { description: 'The address.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Such as HOME or WORK.' })
  type?: string;
}

@InputType({ description: 'A postal address on a contact card.' })
export class ContactCardAddressInput {
  @Field(() => String, { nullable: true, description: 'Street and number.' })
  street?: string;

  @Field(() => String, { nullable: true, description: 'City.' })
  city?: string;

  @Field(() => String, { nullable: true, description: 'State or province.' })
  state?: string;

  @Field(() => String, { nullable: true, description: 'Postal code.' })
  zip?: string;

  @Field(() => String, { nullable: true, description: 'Country.' })
  country?: string;

  @Field(() => String, { nullable: true, description: 'Two letters of ISO 3166.' })
  countryCode?: string;

  @Field(() => String, { nullable: true, description: 'Such as HOME or WORK.' })
  type?: string;
}

@InputType({ description: 'A page on the web, on a contact card.' })
export class ContactCardUrlInput {
  @Field(() => String, { description: 'The address.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'Such as HOME or WORK.' })
  type?: string;
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
