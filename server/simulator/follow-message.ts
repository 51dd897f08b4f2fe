import type { DeliveryStatus } from '../src/whatsapp/wire.ts';
import { type Journey, postStatus } from './journey.ts';
import { portfolioOf } from './reach.ts';
import type { World } from './world.ts';

/** Codes that Meta sends after it accepted a free-form message. */
const CHANCE_CODES = [131026, 131049, 130472, 131000] as const;
const MINUTE_MS = 60_000;
const AWAY_PERCENT = 25;

/** Posts the statuses of a message: each waits until the one before was taken, unless they are to be shuffled. */
export async function followMessage(world: World, journey: Journey): Promise<void> {
  const { settings, random, pauses } = world;
  const isFirst = journey.send.at - journey.previousAt > MINUTE_MS;
  const isCalm = settings.isCalmAtFirst && isFirst;
  const failsWith = journey.failsWith ?? (!isCalm && random.chance(settings.failPercent) ? random.pick(CHANCE_CODES) : undefined);
  if (failsWith !== undefined || journey.isHeld === 'dropped') {
    if (await pauses.pause(random.between(settings.sentMs))) await postStatus(world, journey, 'failed', failsWith ?? 132015);
    const { person, send } = journey;
    world.reach.release(portfolioOf(person.number), person.userId ?? person.waId, send.at);
    return;
  }
  if (random.chance(settings.lostPercent)) return void (await step(world, journey, 'sent', random.between(settings.sentMs)));
  journey.isReadAtOnce = random.chance(settings.skipDeliveredPercent);
  if (settings.shuffle) await postShuffled(world, journey);
  else if (!(await postInOrder(world, journey, isCalm))) return;
  if (journey.send.type !== 'reaction') world.onRead(journey.person, journey.send.text);
}

async function postShuffled(world: World, journey: Journey): Promise<void> {
  const all: DeliveryStatus[] = journey.isReadAtOnce ? ['sent', 'read'] : ['sent', 'delivered', 'read'];
  await Promise.all(world.random.shuffled(all).map((status) => postStatus(world, journey, status)));
}

async function postInOrder(world: World, journey: Journey, isCalm: boolean): Promise<boolean> {
  const { settings, random } = world;
  const isAway = !isCalm && random.chance(AWAY_PERCENT);
  const readMs = random.between(isAway ? settings.awayMs : settings.readMs);
  if (!journey.isSentPosted && !(await step(world, journey, 'sent', random.between(settings.sentMs)))) return false;
  const deliveredMs = random.between(settings.deliveredMs);
  if (!journey.isReadAtOnce && !(await step(world, journey, 'delivered', deliveredMs))) return false;
  if (!(await step(world, journey, 'read', readMs))) return false;
  const { body } = journey.send;
  return body.type !== 'audio' || body.audio.voice !== true || (await step(world, journey, 'played', readMs));
}

async function step(world: World, journey: Journey, status: DeliveryStatus, afterMs: number): Promise<boolean> {
  return (await world.pauses.pause(afterMs)) && (await postStatus(world, journey, status));
}
