import { Field, Float, InputType } from 'type-graphql';

@InputType({ description: 'A place to send.' })
export class LocationInput {
  @Field(() => Float, { description: 'Degrees north, from -90 to 90.' })
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east, from -180 to 180.' })
  longitude!: number;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'Where it is, in words.' })
  address?: string;
}
