import { type Cost, costOf } from '../whatsapp/cost-of.ts';
import type { Report, TrackedMessage } from './record-progress.ts';
import { isArrival } from './status-ladder.ts';
import type { Window } from './window.ts';

/** A message that was delivered, with what Meta charges for it. */
export interface Booking {
  message: TrackedMessage;
  cost: Cost;
  /** When it was delivered, in ms. */
  at: number;
}

/**
 * What Meta charges for a message, if these reports tell it for the first time. Meta charges what is delivered, and says how much with `sent` and with one of
 * `delivered` and `read`: so it is booked once, with the first word of its arrival that names a price.
 */
export function finalCost(message: TrackedMessage, reports: readonly Report[]): Booking | null {
  const { price } = message;
  if (!price || price.isFinal) return null;
  const arrived = reports.find(({ status }) => isArrival(status));
  const said =
    arrived && (reports.find(({ status, pricing }) => pricing && isArrival(status)) ?? reports.find(({ pricing }) => pricing));
  if (!arrived || !said?.pricing) return null;
  return { message, at: arrived.at, cost: costOf(said.pricing, { market: price.market, sentAt: new Date(price.sentAt) }) };
}

// Meta's month is taken to be that of UTC. In one order for all processes.
const COUNT = `
  insert into number_month as n (tenant_id, number_id, month, service_messages)
  select c.tenant_id, c.number_id, date_trunc('month', to_timestamp(u.at / 1000) at time zone 'UTC')::date, count(*)
  from unnest($1::uuid[], $2::uuid[], $3::float8[]) as u(tenant_id, conversation_id, at)
  join conversation c on c.tenant_id = u.tenant_id and c.id = u.conversation_id
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (tenant_id, number_id, month) do update set service_messages = n.service_messages + excluded.service_messages`;

/** Counts free-form messages by their numbers' months: the first thousand cost nothing. */
export async function countServiceMessages({ query }: Window, bookings: readonly Booking[]): Promise<void> {
  const counted = bookings.filter(({ cost }) => cost.category === 'SERVICE');
  if (!counted.length) return;
  await query(COUNT, [
    counted.map(({ message }) => message.tenantId),
    counted.map(({ message }) => message.conversationId),
    counted.map(({ at }) => at),
  ]);
}
