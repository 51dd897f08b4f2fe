import { Arg, Ctx, Extensions, Field, FieldResolver, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import { rowOf } from '../events/delivery-context.ts';
import type { LogEvent } from '../events/read-log.ts';
import { byTheHub, shows } from '../events/subscription.ts';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { Cursor, DateTime } from '../platform/scalars.ts';
import { Template } from './template.ts';
import { TemplateStatus } from './template-enums.ts';
import { templatesById } from './templates-by-id.ts';

@ObjectType({ description: 'Something happened to a template.' })
@Can('templates:read')
export class TemplateChanged {
  @Field(() => Cursor, { description: 'Its place in the log: subscribe `after` it to go on from here.' })
  cursor!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date;
}

@Resolver(() => TemplateChanged)
export class TemplateChangedResolver {
  @Subscription(() => TemplateChanged, {
    ...byTheHub,
    description: 'Templates as they are made, judged and changed; with `after`, first all that happened since.',
  })
  @Can('templates:read')
  @Extensions({ wants: (event: LogEvent) => event.kind === 'TEMPLATE_CHANGED' })
  templateChanged(
    @Root() event: LogEvent,
    @Arg('after', () => Cursor, { nullable: true, description: 'Go on after this place; without it, from now.' }) _after?: string,
  ): LogEvent {
    return event;
  }

  @FieldResolver(() => TemplateStatus, {
    nullable: true,
    description: 'Where it stood by this event; `template.status` may be further already.',
  })
  status(@Root() event: LogEvent): TemplateStatus | null {
    return event.status as TemplateStatus | null;
  }

  @FieldResolver(() => Template, { nullable: true, description: 'As it is now; null once a draft was thrown away.' })
  @Extensions(shows(templatesById, (event) => event.subjectId))
  template(@Root() event: LogEvent, @Ctx() ctx: Context): Template | null | Promise<Template | null> {
    return rowOf(ctx, templatesById, event.subjectId);
  }
}
