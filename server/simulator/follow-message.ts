import type { DeliveryStatus } from '../src/whatsapp/wire.ts';
import { type Journey, postStatus } from './journey.ts';
import { portfolioOf } from './reach.ts';
import type { World } from './world.ts';

/** Codes that Meta sends after it accepted a free-form message. */
const CHANCE_CODES = [131026, 131049, 130472, 131000] as const;
/** Held for a look at its quality, and then dropped. */
const DROPPED = 132015;
const MINUTE_MS = 60_000;
const AWAY_PERCENT = 25;

/** Posts the statuses of a message: each waits until the one before was taken, unless they are to be shuffled. */
export async function followMessage(world: World, journey: Journey): Promise<void> {
  const { settings } = world;
  const { random } = journey;
  const isFirst = journey.send.at - journey.previousAt > MINUTE_MS;
  const isCalm = settings.isCalmAtFirst && isFirst;
  const known = journey.failsWith ?? (journey.isHeld === 'dropped' ? DROPPED : undefined);
  if (known !== undefined) return fail(world, journey, known, false);
  if (!isCalm && random.chance(settings.failPercent))
    return fail(world, journey, random.pick(CHANCE_CODES), random.chance(settings.refutedPercent));
  if (random.chance(settings.lostPercent)) return void (await step(world, journey, 'sent', random.between(settings.sentMs)));
  journey.isReadAtOnce = random.chance(settings.skipDeliveredPercent);
  if (settings.shuffle) await postShuffled(world, journey);
  else if (!(await postInOrder(world, journey, isCalm))) return;
  if (journey.send.type !== 'reaction') world.onRead(journey.person, journey.send.text);
}

/** The message fails; if that is refuted, another device of the customer's takes it all the same. */
async function fail(world: World, journey: Journey, code: number, isRefuted: boolean): Promise<void> {
  const { settings, pauses } = world;
  const { random, person, send } = journey;
  if (settings.shuffle) {
    const all: DeliveryStatus[] = isRefuted ? ['sent', 'failed', 'delivered'] : ['sent', 'failed'];
    await Promise.all(
      random.shuffled(all).map((status) => postStatus(world, journey, status, status === 'failed' ? code : undefined)),
    );
  } else {
    if (await pauses.pause(random.between(settings.sentMs))) await postStatus(world, journey, 'failed', code);
    if (isRefuted) await step(world, journey, 'delivered', random.between(settings.deliveredMs));
  }
  if (!isRefuted) world.reach.release(portfolioOf(person.number), person.userId ?? person.waId, send.at);
}

async function postShuffled(world: World, journey: Journey): Promise<void> {
  const all: DeliveryStatus[] = journey.isReadAtOnce ? ['sent', 'read'] : ['sent', 'delivered', 'read'];
  if (isVoice(journey)) all.push('played');
  await Promise.all(journey.random.shuffled(all).map((status) => postStatus(world, journey, status)));
}

async function postInOrder(world: World, journey: Journey, isCalm: boolean): Promise<boolean> {
  const { settings } = world;
  const { random } = journey;
  const isAway = !isCalm && random.chance(AWAY_PERCENT);
  const readMs = random.between(isAway ? settings.awayMs : settings.readMs);
  if (!journey.isSentPosted && !(await step(world, journey, 'sent', random.between(settings.sentMs)))) return false;
  const deliveredMs = random.between(settings.deliveredMs);
  if (!journey.isReadAtOnce && !(await step(world, journey, 'delivered', deliveredMs))) return false;
  if (!(await step(world, journey, 'read', readMs))) return false;
  return !isVoice(journey) || (await step(world, journey, 'played', readMs));
}

function isVoice({ send: { body } }: Journey): boolean {
  return body.type === 'audio' && body.audio.voice === true;
}

async function step(world: World, journey: Journey, status: DeliveryStatus, afterMs: number): Promise<boolean> {
  return (await world.pauses.pause(afterMs)) && (await postStatus(world, journey, status));
}
