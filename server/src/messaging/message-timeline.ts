import { Field, ObjectType } from 'type-graphql';
import { Can } from '../platform/can.ts';
import type { Loader } from '../platform/loading.ts';
import { DateTime } from '../platform/scalars.ts';
import { MessageStatus } from './message-enums.ts';
import { expiredAt } from './outgoing/expiry.ts';

@ObjectType({ description: 'A status a message reached, and when.' })
@Can('inbox:read')
export class MessageStatusChange {
  @Field(() => MessageStatus, { description: 'The status.' })
  status!: MessageStatus;

  @Field(() => DateTime, { description: "When; Meta's time where Meta reported it." })
  at!: Date;

  @Field(() => Boolean, { description: 'WhatsApp never reported it, but a later status implies it.' })
  isImplied!: boolean;
}

/** What a message passes through on its way; a later one implies those before it. */
const WAY = [MessageStatus.ACCEPTED, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.READ, MessageStatus.PLAYED];

/** What a message may be before WhatsApp took it. */
const BEFORE = [MessageStatus.SCHEDULED, MessageStatus.HELD, MessageStatus.QUEUED, MessageStatus.UNCONFIRMED];

interface Reported {
  status: MessageStatus;
  at: Date;
}

/** The timelines of the attempts that messages show, with the arrival of any other. */
export const timelinesOf: Loader<string, MessageStatusChange[]> = {
  name: 'timelinesOf',
  load: async (ctx, messageIds) => {
    const rows = await ctx.read<Row>(
      `select distinct on (s.message_id, s.status) s.message_id, s.status, s.at, m.status as shown, m.sent_at, m.ttl_seconds, m.is_echo
       from message_status s join message m on m.id = s.message_id and (m.attempt = s.attempt or s.status in ('DELIVERED', 'READ', 'PLAYED'))
       where s.message_id = any($1::uuid[]) order by s.message_id, s.status, m.attempt = s.attempt desc, s.at`,
      [messageIds],
    );
    const byMessage = Map.groupBy(rows, (row) => row.message_id);
    const now = ctx.services.clock.now();
    return messageIds.map((id) => timelineOf(byMessage.get(id) ?? [], now));
  },
};

interface Row extends Reported {
  message_id: string;
  shown: MessageStatus;
  sent_at: Date;
  ttl_seconds: number | null;
  is_echo: boolean;
}

function timelineOf(rows: readonly Row[], now: Date): MessageStatusChange[] {
  const timeline = withImplied(rows.map(({ status, at }) => ({ status, at: new Date(at) })));
  const [row] = rows;
  const at = row && expiredAt(sentOf(row), now);
  if (at) timeline.push({ status: MessageStatus.EXPIRED, at, isImplied: true });
  return timeline;
}

/** Puts the statuses that follow from later ones in their place: a message that was read was delivered. */
export function withImplied(reported: Reported[]): MessageStatusChange[] {
  const known = new Map(reported.map((change) => [change.status, change]));
  const reached = WAY.findLastIndex((status) => known.has(status));
  const timeline: MessageStatusChange[] = reported
    .filter((change) => !WAY.includes(change.status))
    .map((change) => ({ ...change, isImplied: false }));
  let next: Date | undefined;
  for (const status of WAY.slice(0, reached + 1).reverse()) {
    const own = known.get(status);
    next = own?.at ?? next;
    if (next) timeline.push({ status, at: next, isImplied: !own });
  }
  return timeline.sort((a, b) => placeOf(a.status) - placeOf(b.status));
}

/** By the way itself, not by time: Meta reports whole seconds, so that SENT may seem older than ACCEPTED. */
function placeOf(status: MessageStatus): number {
  if (status === MessageStatus.FAILED) return WAY.indexOf(MessageStatus.SENT) + 0.5;
  return BEFORE.includes(status) ? BEFORE.indexOf(status) - BEFORE.length : WAY.indexOf(status);
}

function sentOf({ shown: status, sent_at: sentAt, ttl_seconds: ttlSeconds, is_echo: isEcho }: Row) {
  return { status, sentAt: new Date(sentAt), ttlSeconds, isEcho };
}
