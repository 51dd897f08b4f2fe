import type { Opt, Ref } from '@mikro-orm/core';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { NumberQuality } from '../conversations/whatsapp-number.ts';
import { WhatsappAccount } from '../conversations/whatsapp-account.ts';
import { Can } from '../platform/can.ts';
import { DateTime } from '../platform/scalars.ts';
import { TenantEntity } from '../platform/tenant-entity.ts';
import type { TemplateComponent } from '../whatsapp/template-components.ts';
import { TemplateCategory, TemplateParameterFormat, TemplateStatus } from './template-enums.ts';

@Entity()
@ObjectType({
  description: 'A message that Meta approves beforehand: the only kind that may go to somebody whose window is shut.',
})
@Can('templates:read')
export class Template extends TenantEntity {
  @ManyToOne(() => WhatsappAccount, { ref: true })
  account!: Ref<WhatsappAccount>;

  /** Meta's id; a draft has none. */
  @Property({ type: 'text', nullable: true })
  metaId: string | null = null;

  @Field(() => String, { description: 'Its name at Meta; all its languages share it.' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, { description: 'Its language, such as `en_US` or `ar`.' })
  @Property({ type: 'text' })
  language!: string;

  @Field(() => TemplateCategory, { description: 'What it is for, as Meta sees it now.' })
  @Enum(() => TemplateCategory)
  category!: TemplateCategory;

  @Field(() => TemplateStatus, { description: 'Where it stands.' })
  @Enum(() => TemplateStatus)
  status!: TemplateStatus;

  @Field(() => NumberQuality, { description: 'How customers take it.' })
  @Enum(() => NumberQuality)
  quality: Opt<NumberQuality> = NumberQuality.UNKNOWN;

  @Field(() => String, { nullable: true, description: "Why Meta refused it, in Meta's own word, such as `INVALID_FORMAT`." })
  @Property({ type: 'text', nullable: true })
  rejectedReason: string | null = null;

  @Field(() => String, { nullable: true, description: 'What Meta said about it last, in words.' })
  @Property({ type: 'text', nullable: true })
  statusNote: string | null = null;

  /** Meta's word for the pause, when it is paused and Meta gave one. */
  @Property({ type: 'text', nullable: true })
  pauseKind: string | null = null;

  @Field(() => TemplateParameterFormat, { description: 'How its variables are called.' })
  @Enum(() => TemplateParameterFormat)
  parameterFormat: Opt<TemplateParameterFormat> = TemplateParameterFormat.POSITIONAL;

  /** In Meta's own shape: read it by `componentsOf`. */
  @Property({ type: 'json', columnType: 'jsonb' })
  components!: TemplateComponent[];

  @Field(() => TemplateCategory, { nullable: true, description: 'The category that Meta is going to give it.' })
  @Property({ type: 'text', nullable: true })
  upcomingCategory: string | null = null;

  @Field(() => DateTime, { nullable: true, description: 'When Meta is going to change its category.' })
  @Property({ type: 'datetime', nullable: true })
  upcomingAt: Date | null = null;

  @Property({ type: 'text', nullable: true })
  previousCategory: string | null = null;

  /** The file that its header shows to Meta, and that is sent where no other is chosen. */
  @Property({ type: 'uuid', nullable: true })
  headerMediaId: string | null = null;

  /** Of a carousel: the files of its cards, which are to them what `headerMediaId` is to the header. */
  @Property({ type: 'uuid[]', columnType: 'uuid[]', nullable: true })
  cardMediaIds: string[] | null = null;

  /** After which WhatsApp gives up; null is its own default. */
  @Property({ type: 'integer', nullable: true })
  ttlSeconds: number | null = null;

  @Field(() => DateTime, { description: 'When we first knew of it.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  createdAt!: Opt<Date>;

  @Field(() => DateTime, { description: 'When anything of it changed last.' })
  @Property({ type: 'datetime', defaultRaw: 'cube_now()' })
  updatedAt!: Opt<Date>;
}
