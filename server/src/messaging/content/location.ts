import { Field, Float, ObjectType } from 'type-graphql';
import { Can } from '../../platform/can.ts';

@ObjectType({ description: 'A place.' })
@Can('messages:text')
export class Location {
  @Field(() => Float, { nullable: true, description: 'Degrees north, from -90 to 90.' })
  latitude!: number;

  @Field(() => Float, { nullable: true, description: 'Degrees east, from -180 to 180.' })
  longitude!: number;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'Where it is, in words.' })
  address?: string;

  @Field(() => String, { nullable: true, description: 'Its page on the web.' })
  url?: string;
}
