import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../platform/can.ts';

export enum ActorKind {
  MEMBER = 'MEMBER',
  API_KEY = 'API_KEY',
  PHONE_APP = 'PHONE_APP',
  SYSTEM = 'SYSTEM',
}
registerEnumType(ActorKind, {
  name: 'ActorKind',
  description: 'What kind of actor did something.',
  valuesConfig: {
    MEMBER: { description: 'A person of the team.' },
    API_KEY: { description: 'A program.' },
    PHONE_APP: { description: 'Somebody at the phone, in the WhatsApp Business app.' },
    SYSTEM: { description: 'The product itself.' },
  },
});

@ObjectType({ description: 'Who did something.' })
@Can('inbox:read')
export class Actor {
  @Field(() => ActorKind, { description: 'A person, a program or the product.' })
  kind!: ActorKind;

  @Field(() => ID, { nullable: true, description: "The member's or the key's id." })
  id!: string | null;

  @Field(() => String, { description: 'The name the team knows them by.' })
  name!: string;
}
