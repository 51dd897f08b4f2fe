import { Field, InputType } from 'type-graphql';

@InputType({ description: 'An example of what a variable may hold: Meta asks for one of each.' })
export class TemplateExampleInput {
  @Field(() => String, { description: "The variable's name, or its number, such as `1`." })
  name!: string;

  @Field(() => String, { description: 'What might stand there.' })
  value!: string;
}
