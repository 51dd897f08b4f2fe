import { Field, FieldResolver, ID, ObjectType, Resolver, Root, registerEnumType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import { DateTime } from '../../platform/scalars.ts';
import type { ReplyPart, ReplyType } from '../../whatsapp/content.ts';

export enum InteractiveReplyKind {
  BUTTON = 'BUTTON',
  LIST = 'LIST',
  TEMPLATE_BUTTON = 'TEMPLATE_BUTTON',
  FORM = 'FORM',
  CALL_PERMISSION = 'CALL_PERMISSION',
  OTHER = 'OTHER',
}
registerEnumType(InteractiveReplyKind, {
  name: 'InteractiveReplyKind',
  description: 'What a customer tapped on.',
  valuesConfig: {
    BUTTON: { description: 'A button of an interactive message.' },
    LIST: { description: 'A row of a list.' },
    TEMPLATE_BUTTON: { description: 'A quick reply of a template.' },
    FORM: { description: 'A form was filled in: see `answers`.' },
    CALL_PERMISSION: { description: 'Whether they may be called.' },
    OTHER: { description: 'Something this version does not know.' },
  },
});
/** Fails to compile when a message can hold what the API has no name for. */
export const everyReplyIsPublic: Record<ReplyType, InteractiveReplyKind> = InteractiveReplyKind;

@ObjectType({
  description: "What a customer tapped on; its title is the message's `text`, and `replyTo` the message it stood on.",
})
@Can('messages:text')
export class InteractiveReply {
  @Field(() => InteractiveReplyKind, { nullable: true, description: 'What it was.' })
  type!: ReplyType;

  @Field(() => String, { nullable: true, description: 'What stood below a row.' })
  description?: string;

  @Field(() => String, { nullable: true, description: 'The answers of a form, as WhatsApp gave them: a text of JSON.' })
  answers?: string;

  @Field(() => String, { nullable: true, description: 'Which form, or what was answered to the request to call.' })
  name?: string;

  @Field(() => Boolean, { nullable: true, description: 'Whether they may be called until they take it back.' })
  isPermanent?: boolean;

  @Field(() => String, {
    nullable: true,
    description:
      'Whether the customer said themselves that they may be called (`user_action`) or their settings did (`automatic`).',
  })
  source?: string;
}

@Resolver(() => InteractiveReply)
export class InteractiveReplyResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'The id or payload that we gave to what was tapped.' })
  replyId(@Root() reply: ReplyPart): string | null {
    return reply.id ?? null;
  }

  @FieldResolver(() => DateTime, { nullable: true, description: 'Until when they may be called.' })
  expiresAt(@Root() reply: ReplyPart): Date | null {
    return reply.expiresAt === undefined ? null : new Date(reply.expiresAt);
  }
}
