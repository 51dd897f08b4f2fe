import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'An emoji on a message.' })
export class SendReactionInput {
  @Field(() => ID, { description: 'The message, of this conversation and not older than 30 days.' })
  messageId!: string;

  @Field(() => String, { nullable: true, description: 'One emoji; without it ours is taken back.' })
  emoji?: string;
}
