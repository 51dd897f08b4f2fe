import {
  Arg,
  Ctx,
  Extensions,
  Field,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  registerEnumType,
} from 'type-graphql';
import { Can } from '../platform/can.ts';
import { Context } from '../platform/context.ts';
import { EVENT_KINDS, type EventKindName } from '../platform/event-record.ts';
import { PageInfo, pageSize } from '../platform/pages.ts';
import { queryIn } from '../platform/query.ts';
import { Cursor, DateTime } from '../platform/scalars.ts';
import { writeCursor } from './cursor.ts';
import { type LogEvent, placeOf, readEvents, readHead } from './read-log.ts';
import { byTheHub } from './subscription.ts';

export const EventKind = Object.fromEntries(EVENT_KINDS.map((kind) => [kind, kind])) as { [Kind in EventKindName]: Kind };
registerEnumType(EventKind, {
  name: 'EventKind',
  description: 'What may happen.',
  valuesConfig: {
    MESSAGE_CREATED: { description: 'A message was received or written.' },
    MESSAGE_STATUS: { description: 'A message advanced; `status` says how far.' },
    MESSAGE_UPDATED: { description: 'A message changed in another way.' },
    CONVERSATION_CHANGED: { description: 'A conversation was assigned, read, resolved or opened again.' },
    CONTACT_CHANGED: { description: 'A contact was corrected.' },
    CONTACT_MERGED: { description: 'Two contacts became one, or were parted again.' },
    NUMBER_CHANGED: { description: 'A WhatsApp number was paused, resumed or changed.' },
    TEMPLATE_CHANGED: { description: 'A template was made, approved, refused, paused or changed.' },
    MEDIA_CHANGED: { description: 'A file was fetched, or could not be; `conversationId` says where it stands.' },
    SECURITY_ALERT: { description: 'Something happened that somebody should look at.' },
    MEMBER_CHANGED: { description: 'The team changed.' },
    ACCESS_REVOKED: { description: 'A session, key or member lost access.' },
  },
});

@ObjectType({ description: 'An entry of the log: ids and statuses, no personal data.' })
@Can('events:read')
export class Event {
  @Field(() => Cursor, { description: 'Its place in the log.' })
  cursor!: string;

  @Field(() => DateTime, { description: 'When it happened.' })
  at!: Date;

  @Field(() => EventKind, { description: 'What happened.' })
  kind!: EventKindName;

  @Field(() => ID, { description: 'What it happened to.' })
  subjectId!: string;

  @Field(() => ID, { nullable: true, description: 'In which conversation.' })
  conversationId!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The status that a message, a number, a template or a file reached, as their own enums name it; of SECURITY_ALERT what happened. Null where the event is about something else.',
  })
  status!: string | null;
}

@ObjectType({ description: 'An event and its place in the log.' })
@Can('events:read')
export class EventEdge {
  @Field(() => Cursor, { description: 'Its place in the log.' })
  cursor!: string;

  @Field(() => Event, { description: 'What happened.' })
  node!: LogEvent;
}

@ObjectType({ description: 'A stretch of the log.' })
@Can('events:read')
export class EventConnection {
  @Field(() => [EventEdge], { description: 'Events with their places, oldest first.' })
  edges!: EventEdge[];

  @Field(() => [Event], { description: 'Events, oldest first.' })
  nodes!: LogEvent[];

  @Field(() => PageInfo, { description: 'Whether there is more; `endCursor` is set also when nothing came.' })
  pageInfo!: PageInfo;
}

@Resolver()
export class EventResolver {
  @Query(() => Cursor, { description: 'Where the log stood when this operation began: subscribe with it and miss nothing.' })
  @Can('credential')
  async eventCursor(@Ctx() ctx: Context): Promise<string> {
    return writeCursor(await readHead(queryIn(await ctx.reading()), ctx.me.tenantId));
  }

  @Query(() => EventConnection, {
    description: 'The log itself, for catching up without a socket. Without `after` it begins at its oldest event.',
  })
  @Can('events:read')
  async events(
    @Ctx() ctx: Context,
    @Arg('after', () => Cursor, { nullable: true, description: 'Only what came after this place.' }) after?: string,
    @Arg('first', () => Int, { defaultValue: 100, nullable: true, description: 'From 1 to 100.' }) first?: number,
    @Arg('kinds', () => [EventKind], { nullable: true, description: 'Only these kinds.' }) kinds?: EventKindName[],
  ): Promise<EventConnection> {
    const size = pageSize(first, 100);
    const query = queryIn(await ctx.reading());
    const head = await readHead(query, ctx.me.tenantId);
    const from = after ? placeOf(head, after) : { epoch: head.epoch, seq: head.oldest - 1 };
    const found = await readEvents(query, ctx.me.tenantId, from, size + 1, kinds);
    const nodes = found.slice(0, size);
    // With nothing found, everything up to the head has been looked at.
    const end = nodes.at(-1)?.cursor ?? writeCursor(head);
    return {
      nodes,
      edges: nodes.map((node) => ({ cursor: node.cursor, node })),
      pageInfo: {
        hasNextPage: found.length > size,
        hasPreviousPage: from.seq >= head.oldest,
        startCursor: nodes[0]?.cursor ?? null,
        endCursor: end,
      },
    };
  }

  @Subscription(() => Event, {
    ...byTheHub,
    description: 'Every event of the log as it happens; with `after`, first all that came since.',
  })
  @Can('events:read')
  @Extensions({
    wants: (event: LogEvent, { kinds }: { kinds?: EventKindName[] | null }) => !kinds?.length || kinds.includes(event.kind),
  })
  eventRecorded(
    @Root() event: LogEvent,
    @Arg('after', () => Cursor, { nullable: true, description: 'Go on after this place; without it, from now.' }) _after?: string,
    @Arg('kinds', () => [EventKind], { nullable: true, description: 'Only these kinds.' }) _kinds?: EventKindName[],
  ): LogEvent {
    return event;
  }
}
