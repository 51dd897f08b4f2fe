import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { ConversationStatus } from './conversation.ts';

export enum AssigneeFilter {
  ME = 'ME',
  NOBODY = 'NOBODY',
  ANYBODY = 'ANYBODY',
}
registerEnumType(AssigneeFilter, {
  name: 'AssigneeFilter',
  description: 'Whose conversations.',
  valuesConfig: {
    ME: { description: "The viewer's own; for an API key, those of nobody." },
    NOBODY: { description: 'Those that nobody has taken.' },
    ANYBODY: { description: 'Those that somebody has taken.' },
  },
});

@InputType({ description: 'Which conversations to list; all conditions must hold.' })
export class ConversationFilter {
  @Field(() => [ConversationStatus], {
    nullable: true,
    description: 'In one of these states; without it, all that are not resolved.',
  })
  status?: ConversationStatus[];

  @Field(() => AssigneeFilter, { nullable: true, description: 'Whose.' })
  assignee?: AssigneeFilter;

  @Field(() => ID, { nullable: true, description: 'Of this number.' })
  whatsappNumberId?: string;

  @Field(() => Boolean, { nullable: true, description: 'True: only those with something unread.' })
  unread?: boolean;
}
