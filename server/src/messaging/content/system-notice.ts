import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Can } from '../../platform/can.ts';
import type { SystemPart } from '../../whatsapp/content.ts';

export enum SystemNoticeKind {
  NUMBER_CHANGED = 'NUMBER_CHANGED',
  USER_ID_CHANGED = 'USER_ID_CHANGED',
  OTHER = 'OTHER',
}
registerEnumType(SystemNoticeKind, {
  name: 'SystemNoticeKind',
  description: 'What WhatsApp says about a customer.',
  valuesConfig: {
    NUMBER_CHANGED: { description: 'They have another phone number.' },
    USER_ID_CHANGED: { description: 'WhatsApp knows them by another id.' },
    OTHER: { description: 'Something this version does not know.' },
  },
});
/** Fails to compile when a message can hold what the API has no name for. */
export const everyNoticeIsPublic: Record<SystemPart['type'], SystemNoticeKind> = SystemNoticeKind;

@ObjectType({ description: "What WhatsApp says about a customer; in its own words in the message's `text`." })
@Can('messages:text')
export class SystemNotice {
  @Field(() => SystemNoticeKind, { nullable: true, description: 'What happened.' })
  type!: SystemPart['type'];
}
