import { Field, InputType, ObjectType } from 'type-graphql';

// What contact cards that came in have in common with those that are sent: there a value is required that here a viewer may not see.

@ObjectType()
@InputType()
export abstract class CardPhoneFields {
  @Field(() => String, { nullable: true, description: 'Such as CELL or WORK.' })
  type?: string;
}

@ObjectType()
@InputType()
export abstract class CardEntryFields {
  @Field(() => String, { nullable: true, description: 'Such as HOME or WORK.' })
  type?: string;
}

@ObjectType()
@InputType()
export abstract class CardAddressFields extends CardEntryFields {
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
}
