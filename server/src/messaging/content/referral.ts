import { Field, ID, ObjectType } from 'type-graphql';
import { Can } from '../../platform/can.ts';

@ObjectType({ description: 'The advertisement or post that brought the customer.' })
@Can('messages:text')
export class Referral {
  @Field(() => String, { nullable: true, description: 'Where it is.' })
  url?: string;

  @Field(() => ID, { nullable: true, description: "Meta's id of it." })
  sourceId?: string;

  @Field(() => String, { nullable: true, description: '`ad` or `post`.' })
  sourceType?: string;

  @Field(() => String, { nullable: true, description: 'Its headline.' })
  headline?: string;

  @Field(() => String, { nullable: true, description: 'Its text.' })
  body?: string;

  @Field(() => String, { nullable: true, description: '`image` or `video`.' })
  mediaType?: string;

  @Field(() => ID, { nullable: true, description: "Meta's id of the tap." })
  clickId?: string;
}
