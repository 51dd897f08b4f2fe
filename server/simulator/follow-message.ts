import type { DeliveryStatus, WireContact, WireStatus } from '../src/whatsapp/wire.ts';
import { statusError } from './meta-errors.ts';
import type { Chat, ChatMessage } from './chats.ts';
import type { Person } from './people.ts';
import type { AcceptedSend, World } from './world.ts';

/** Codes that Meta sends after it accepted a free-form message. */
const CHANCE_CODES = [131026, 131049, 130472, 131000] as const;
const MINUTE_MS = 60_000;
const AWAY_PERCENT = 25;
const PRICING = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' };

/** One accepted message on its way to the customer. */
export interface Journey {
  send: AcceptedSend;
  person: Person;
  chat: Chat;
  entry: ChatMessage;
  /** When the business wrote to this customer before. */
  previousAt: number;
  /** The code it fails with. */
  failsWith?: number;
  /** `sent` was posted already. */
  isSentPosted?: boolean;
}

/** Posts the statuses of a message: each waits until the one before was taken, unless they are to be shuffled. */
export async function followMessage(world: World, journey: Journey): Promise<void> {
  const { settings, random, pauses } = world;
  const isFirst = journey.send.at - journey.previousAt > MINUTE_MS;
  const isCalm = settings.isCalmAtFirst && isFirst;
  const failsWith = journey.failsWith ?? (!isCalm && random.chance(settings.failPercent) ? random.pick(CHANCE_CODES) : undefined);
  if (failsWith !== undefined) {
    if (await pauses.pause(random.between(settings.sentMs))) await postStatus(world, journey, 'failed', failsWith);
    return;
  }
  if (settings.shuffle) {
    const statuses = random.shuffled<DeliveryStatus>(['sent', 'delivered', 'read']);
    await Promise.all(statuses.map((status) => postStatus(world, journey, status)));
  } else {
    const isAway = !isCalm && random.chance(AWAY_PERCENT);
    const readMs = random.between(isAway ? settings.awayMs : settings.readMs);
    if (!journey.isSentPosted && !(await step(world, journey, 'sent', random.between(settings.sentMs)))) return;
    if (!(await step(world, journey, 'delivered', random.between(settings.deliveredMs)))) return;
    if (!(await step(world, journey, 'read', readMs))) return;
  }
  world.onRead(journey.person, journey.send.text);
}

async function step(world: World, journey: Journey, status: DeliveryStatus, afterMs: number): Promise<boolean> {
  return (await world.pauses.pause(afterMs)) && (await postStatus(world, journey, status));
}

/** Posts one status; true once the business has taken it. */
export function postStatus(
  world: World,
  { send, person, entry }: Journey,
  status: DeliveryStatus,
  code?: number,
): Promise<boolean> {
  const wire: WireStatus = { id: send.id, status, timestamp: String(Math.floor(world.now() / 1000)) };
  if (send.to !== person.userId) wire.recipient_id = person.waId;
  if (person.userId) wire.recipient_user_id = person.userId;
  if (send.opaque !== undefined) wire.biz_opaque_callback_data = send.opaque;
  if (status === 'sent' || status === 'delivered') wire.pricing = PRICING;
  if (code !== undefined) wire.errors = [statusError(code)];
  entry.status = status;
  const { number } = person;
  return world.webhooks.post(
    status === 'failed' ? { number, status: wire } : { number, status: wire, contact: contactOf(person) },
  );
}

/** How webhooks introduce a person; one known by user id alone has no `wa_id`. */
export function contactOf({ name, waId, userId }: Person): WireContact {
  return { profile: { name }, ...(waId !== userId && { wa_id: waId }), ...(userId && { user_id: userId }) };
}
