import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime } from '../platform/scalars.ts';
import { LocationInput } from './location-input.ts';

@InputType({ description: 'A value for a variable.' })
export class TemplateValueInput {
  @Field(() => String, { description: "The variable's name, or its number, such as `1`." })
  name!: string;

  @Field(() => String, { description: 'What stands in its place.' })
  value!: string;
}

@InputType({ description: 'A value for a button that has one.' })
export class TemplateButtonInput {
  @Field(() => Int, { description: "The button's place, from 0." })
  index!: number;

  @Field(() => String, { description: "A page's ending, the payload of a quick reply, or a code." })
  value!: string;
}

@InputType({ description: 'What is filled in on one card of a carousel.' })
export class TemplateCardInput {
  @Field(() => [TemplateValueInput], { nullable: true, description: "Variables of the card's text." })
  body?: TemplateValueInput[];

  @Field(() => [TemplateButtonInput], { nullable: true, description: "Values of the card's buttons." })
  buttons?: TemplateButtonInput[];

  @Field(() => ID, { nullable: true, description: 'What the card shows; without it the file kept with the template.' })
  headerMediaId?: string;
}

@InputType({ description: 'An approved template and what is filled in. It may be sent outside the window, too.' })
export class TemplateInput {
  @Field(() => ID, { description: "The template's id." })
  templateId!: string;

  @Field(() => [TemplateValueInput], { nullable: true, description: 'Variables of a text header.' })
  header?: TemplateValueInput[];

  @Field(() => [TemplateValueInput], { nullable: true, description: 'Variables of the body.' })
  body?: TemplateValueInput[];

  @Field(() => [TemplateButtonInput], { nullable: true, description: 'Values of buttons.' })
  buttons?: TemplateButtonInput[];

  @Field(() => ID, { nullable: true, description: 'The file of a media header; without it the one kept with the template.' })
  headerMediaId?: string;

  @Field(() => LocationInput, { nullable: true, description: 'The place of a location header.' })
  headerLocation?: LocationInput;

  @Field(() => [TemplateCardInput], {
    nullable: true,
    description: 'Of a carousel: one for each of its cards, in their order; may be left out where no card needs anything.',
  })
  cards?: TemplateCardInput[];

  @Field(() => DateTime, { nullable: true, description: 'Of an offer that ends: until when it holds.' })
  offerExpiresAt?: Date;
}
