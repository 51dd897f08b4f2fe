import type { SendRequest, SendResponse } from '../src/whatsapp/wire.ts';
import { type Chat, type ChatMessage, newWamid } from './chats.ts';
import { checkSend } from './check-request.ts';
import { filesOf, faultOfFiles } from './files-of-request.ts';
import type { Fault } from './faults.ts';
import { followMessage } from './follow-message.ts';
import { type Journey, postStatus } from './journey.ts';
import { matchTemplate } from './match-template.ts';
import type { NumberState } from './number-state.ts';
import type { SimulatedNumber } from './options.ts';
import { type Person, identityHashOf } from './people.ts';
import { pricingOf } from './pricing.ts';
import { setReaction } from './react-to-message.ts';
import { type Invalid, invalid } from './shapes.ts';
import { type Seen, seenFrom } from './show-request.ts';
import { failureOfTemplate } from './template-failure.ts';
import { portfolioOf } from './reach.ts';
import type { AcceptedSend, World } from './world.ts';
import { isWindowOpen, openFreeEntry } from './windows.ts';

const REACTION_MS = 30 * 24 * 3_600_000;

/** Takes a message to send: gives Meta's answer, or why it is refused. A closed window is accepted and fails by webhook, as at Meta. */
export async function acceptMessage(
  world: World,
  state: NumberState,
  body: unknown,
  { fault, version }: { fault?: Fault; version: number },
): Promise<SendResponse | Invalid> {
  const { number } = state;
  const request = checkSend(body);
  if ('code' in request) return request;
  const now = world.now();
  const stopped = state.fault(now);
  if (stopped) return invalid(stopped, `The number is ${state.status}`);
  const person = recipientOf(world, number, request);
  const to = request.to === undefined ? (request.recipient ?? '') : person.waId;
  if (to === digits(number.displayPhone)) return invalid(131021, 'The recipient is the sender.');
  if (state.blocked.size > 0 && (state.blocked.has(person.waId) || state.blocked.has(person.userId ?? '')))
    return invalid(130403, 'You have blocked this user.');
  const hash = request.recipient_identity_key_hash;
  if (number.checksIdentity && hash !== undefined && hash !== identityHashOf(person))
    return invalid(137000, 'The hash is not that of this person.');
  const chat = world.chats.of(number.phoneNumberId, person.waId);
  const seen = seenBy(world, number, chat, request);
  if ('code' in seen) return seen;
  const failsWith =
    faultOfFiles(world, number, filesOf(request)) ??
    (isForeign(world, number, person) ? 131026 : faultOfWindow(world, chat, request, now)) ??
    faultOfReaction(chat, request, now) ??
    (world.accounts.get(number.wabaId)?.hasPayment === false ? 131042 : undefined);
  if (failsWith && isRefusedAtOnce(world, failsWith)) return invalid(failsWith, 'The message cannot be sent.');
  const limit = world.rates.take(number.phoneNumberId, person.waId, now, state.perSecond(world.settings));
  if (limit) return invalid(limit, 'Too many messages were sent in a short time.');
  if (seen.template && !mayReach(world, number, person, chat, now))
    return invalid(world.settings.portfolioCode, 'The messaging limit of the portfolio is used up.');

  const journey = begin(world, { number, person, chat, request, seen, to, now, version, isLost: failsWith !== undefined });
  journey.failsWith = fault?.kind === 'webhook' ? fault.code : (failsWith ?? failureOfTemplate(person, seen.template));
  if (fault?.kind === 'held') journey.isHeld = fault.isDropped ? 'dropped' : 'sent';
  if (fault?.kind === 'status-first') journey.isSentPosted = await postStatus(world, journey, 'sent');
  if (world.settings.statuses && fault?.kind !== 'silent') world.follow(followMessage(world, journey));
  return answerTo(request, journey);
}

/** What the customer will see; refused if a template does not fit or a message it points to is not there. */
function seenBy(world: World, number: SimulatedNumber, chat: Chat, request: SendRequest): Seen | Invalid {
  const target = request.context?.message_id ?? (request.type === 'reaction' ? request.reaction.message_id : undefined);
  if (target !== undefined && !world.settings.trustUnseen && !chat.has(target)) {
    const field = request.type === 'reaction' ? 'reaction.message_id' : 'context.message_id';
    return invalid(131009, `${field} is not a message of this chat`);
  }
  if (request.type !== 'template') return seenFrom(request);
  const match = matchTemplate(world.templates, {
    wabaId: number.wabaId,
    request: request.template,
    isByUserId: request.to === undefined,
    refuseLineBreaks: world.settings.refuseLineBreaks,
    now: world.now(),
  });
  if ('code' in match) return match;
  const { template, shown } = match;
  return { text: shown.body, content: { name: template.name, language: template.language, ...shown }, template };
}

function faultOfWindow(world: World, chat: Chat, request: SendRequest, now: number): number | undefined {
  const mayGo = request.type === 'template' || isWindowOpen(chat, now, world.settings.trustUnseen);
  return mayGo ? undefined : 131047;
}

/** Nobody can react to what is older than 30 days. */
function faultOfReaction(chat: Chat, request: SendRequest, now: number): number | undefined {
  const target = request.type === 'reaction' ? chat.find(request.reaction.message_id) : undefined;
  return target && target.at < now - REACTION_MS ? 131009 : undefined;
}

/** A user id belongs to one portfolio: that of another business reaches nobody. */
function isForeign(world: World, number: SimulatedNumber, { waId, userId }: Person): boolean {
  const known = waId === userId ? world.people.findAnywhere(userId) : undefined;
  return known !== undefined && portfolioOf(known.number) !== portfolioOf(number);
}

function isRefusedAtOnce({ settings }: World, code: number): boolean {
  if (code === 131047) return settings.refuseAtOnce;
  return code === settings.mediaCode && settings.isMediaRefusedAtOnce;
}

function mayReach(world: World, number: SimulatedNumber, person: Person, chat: Chat, now: number): boolean {
  if (isWindowOpen(chat, now, world.settings.trustUnseen)) return true;
  return world.reach.take(portfolioOf(number), person.userId ?? person.waId, world.settings.messagingTier, now);
}

interface Beginning {
  number: SimulatedNumber;
  person: Person;
  chat: Chat;
  request: SendRequest;
  seen: Seen;
  to: string;
  now: number;
  version: number;
  /** It will fail: a reaction is not seen. */
  isLost: boolean;
}

/** Notes the send and puts it into the chat; its statuses come later. */
function begin(world: World, { number, person, chat, request, seen, to, now, version, isLost }: Beginning): Journey {
  const { type, context, biz_opaque_callback_data: opaque } = request;
  const replyToId = context?.message_id;
  const { phoneNumberId } = number;
  const send: AcceptedSend = {
    id: newWamid(),
    phoneNumberId,
    to,
    type,
    text: seen.text,
    body: request,
    opaque,
    replyToId,
    at: now,
  };
  const entry: ChatMessage = { id: send.id, from: 'business', text: seen.text, at: now, status: 'accepted' };
  if (type !== 'text') Object.assign(entry, { type, content: seen.content, ...(seen.mediaId && { mediaId: seen.mediaId }) });
  if (replyToId !== undefined) entry.replyToId = replyToId;
  const category = seen.template?.category.toLowerCase() ?? 'service';
  const isOpen = isWindowOpen(chat, now, world.settings.trustUnseen);
  openFreeEntry(chat, now);
  const pricing = pricingOf(world.settings, chat, category, isOpen, now);
  const random = world.randoms.journeys.fork();
  const journey: Journey = { send, person, chat, entry, previousAt: chat.lastFromBusiness, pricing, version, random };
  chat.typingUntil = -Infinity;
  if (request.type === 'reaction') {
    chat.lastFromBusiness = now;
    if (!isLost) setReaction(chat, request.reaction.message_id, 'business', request.reaction.emoji);
  } else chat.add(entry);
  person.lastAt = now;
  world.note(world.accepted, send);
  return journey;
}

function answerTo(request: SendRequest, { send, person, isHeld }: Journey): SendResponse {
  const contact = { input: request.to ?? request.recipient ?? '', ...(request.to !== undefined && { wa_id: person.waId }) };
  const contacts = [request.recipient === undefined ? contact : { ...contact, user_id: request.recipient }];
  if (send.type !== 'template') return { messaging_product: 'whatsapp', contacts, messages: [{ id: send.id }] };
  const message_status = isHeld ? 'held_for_quality_assessment' : 'accepted';
  return { messaging_product: 'whatsapp', contacts, messages: [{ id: send.id, message_status }] };
}

/** Without a plus Meta puts the business's own country code before it. A user id nobody here has stands for a stranger. */
function recipientOf(world: World, number: SimulatedNumber, { to, recipient = '' }: SendRequest): Person {
  const { phoneNumberId } = number;
  if (to === undefined) {
    return world.people.findByUserId(phoneNumberId, recipient) ?? { waId: recipient, name: recipient, number, userId: recipient };
  }
  const countryCode = /^\+?(\d{1,3})\D/.exec(number.displayPhone)?.[1] ?? '';
  return world.people.meet(phoneNumberId, to.startsWith('+') ? to : countryCode + digits(to));
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}
