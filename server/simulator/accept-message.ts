import type { SendResponse, TextRequest } from '../src/whatsapp/wire.ts';
import { newWamid } from './chats.ts';
import { type Invalid, checkText } from './check-request.ts';
import type { Fault } from './faults.ts';
import { type Journey, followMessage, postStatus } from './follow-message.ts';
import type { SimulatedNumber } from './options.ts';
import type { Person } from './people.ts';
import type { AcceptedSend, World } from './world.ts';

const WINDOW_MS = 24 * 3_600_000;

/** Takes a text to send: gives Meta's answer, or why it is refused. A closed window is accepted and fails by webhook, as at Meta. */
export async function acceptMessage(
  world: World,
  number: SimulatedNumber,
  body: unknown,
  fault?: Fault,
): Promise<SendResponse | Invalid> {
  const request = checkText(body);
  if ('code' in request) return request;
  const person = recipientOf(world, number, request);
  const to = request.to === undefined ? (request.recipient ?? '') : person.waId;
  if (to === digits(number.displayPhone)) return { code: 131021, details: 'The recipient is the sender.' };
  const chat = world.chats.of(number.phoneNumberId, person.waId);
  const replyToId = request.context?.message_id;
  if (replyToId !== undefined && !world.settings.trustUnseen && !chat.has(replyToId)) {
    return { code: 131009, details: 'context.message_id is not a message of this chat' };
  }
  const now = world.now();
  const limit = world.rates.take(number.phoneNumberId, person.waId, now);
  if (limit) return { code: limit, details: 'Too many messages were sent in a short time.' };

  const { phoneNumberId } = number;
  const { text, biz_opaque_callback_data: opaque } = request;
  const send: AcceptedSend = { id: newWamid(), phoneNumberId, to, text: text.body, opaque, replyToId, at: now };
  const entry = { id: send.id, from: 'business' as const, text: text.body, at: now, status: 'accepted' as const };
  const journey: Journey = { send, person, chat, entry, previousAt: chat.lastFromBusiness };
  journey.failsWith = fault?.kind === 'webhook' ? fault.code : isWindowOpen(world, journey) ? undefined : 131047;
  chat.add(entry);
  person.lastAt = now;
  world.note(world.accepted, send);
  if (fault?.kind === 'status-first') journey.isSentPosted = await postStatus(world, journey, 'sent');
  if (world.settings.statuses && fault?.kind !== 'silent') {
    const whole = followMessage(world, journey).finally(() => world.underway.delete(whole));
    world.underway.add(whole);
  }
  return answerTo(request, send, person);
}

function answerTo(request: TextRequest, send: AcceptedSend, person: Person): SendResponse {
  const contact = { input: request.to ?? request.recipient ?? '', ...(request.to !== undefined && { wa_id: person.waId }) };
  const contacts = [request.recipient === undefined ? contact : { ...contact, user_id: request.recipient }];
  return { messaging_product: 'whatsapp', contacts, messages: [{ id: send.id }] };
}

/** Without a plus Meta puts the business's own country code before the number. A user id nobody here has stands for a stranger. */
function recipientOf(world: World, number: SimulatedNumber, { to, recipient = '' }: TextRequest): Person {
  const { phoneNumberId } = number;
  if (to === undefined) {
    return world.people.findByUserId(phoneNumberId, recipient) ?? { waId: recipient, name: recipient, number, userId: recipient };
  }
  const countryCode = /^\+?(\d{1,3})\D/.exec(number.displayPhone)?.[1] ?? '';
  return world.people.meet(phoneNumberId, to.startsWith('+') ? to : countryCode + digits(to));
}

function isWindowOpen(world: World, { chat, send }: Journey): boolean {
  if (chat.lastFromCustomer === -Infinity) return world.settings.trustUnseen;
  return send.at - chat.lastFromCustomer < WINDOW_MS;
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}
