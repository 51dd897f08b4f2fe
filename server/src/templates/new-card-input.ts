import { Field, ID, InputType } from 'type-graphql';
import { TemplateExampleInput } from './example-input.ts';
import { NewTemplateButtonInput } from './new-button-input.ts';
import { TemplateHeaderKind } from './template-enums.ts';

@InputType({
  description:
    'A card of a new carousel. All its cards have the same kind of file and the same kinds of buttons, in the same order.',
})
export class NewTemplateCardInput {
  @Field(() => TemplateHeaderKind, { description: 'What it shows: IMAGE or VIDEO.' })
  headerKind!: TemplateHeaderKind;

  @Field(() => ID, {
    description: 'The file, which was uploaded. Meta sees it as the example; it is sent where no other is chosen.',
  })
  headerMediaId!: string;

  @Field(() => String, { description: 'Its text: up to 160 characters, with variables of its own.' })
  body!: string;

  @Field(() => [TemplateExampleInput], { nullable: true, description: 'An example for each variable.' })
  examples?: TemplateExampleInput[];

  @Field(() => [NewTemplateButtonInput], { description: 'One or two buttons: QUICK_REPLY, URL or PHONE_NUMBER.' })
  buttons!: NewTemplateButtonInput[];
}

@InputType({ description: 'An offer that ends.' })
export class NewTemplateOfferInput {
  @Field(() => String, { description: 'What is offered: up to 16 characters, no variables.' })
  text!: string;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether customers see until when; the moment is chosen for every message.',
  })
  hasExpiration!: boolean;
}
