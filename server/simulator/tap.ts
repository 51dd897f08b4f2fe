import type { InteractiveObject, WireContents } from '../src/whatsapp/wire.ts';
import type { ChatMessage } from './chats.ts';
import type { TemplateShown } from './match-template.ts';
import type { Customer } from './react-to-message.ts';
import { personOf, writeMessage } from './write-message.ts';
import type { World } from './world.ts';

/** What is tapped on: a button or row by its id or its place from 0, of a carousel's card. */
export interface Tap {
  messageId: string;
  id?: string;
  index?: number;
  card?: number;
  /** What a form was filled in with. */
  answers?: Record<string, unknown>;
}

interface Reply {
  type: keyof WireContents;
  content: unknown;
  text: string;
}

/** A customer taps on what a message offers, and the answer goes to the business. Throws RangeError where there is nothing to tap. */
export function tap(world: World, { messageId, id, index, card, answers, ...customer }: Customer & Tap): string {
  const person = personOf(world, customer);
  const message = world.chats.of(customer.phoneNumberId, person.waId).find(messageId);
  const reply = message && replyTo(message, { messageId, id, index, card, answers }, person.name, person.waId);
  if (!reply) throw new RangeError('There is nothing to tap on in this message');
  return writeMessage(world, { ...customer, ...reply, replyToId: messageId });
}

/** Whether the message offers something to tap that is answered. */
export function isTappable(message: ChatMessage): boolean {
  return replyTo(message, { messageId: message.id, index: 0 }, '', '') !== undefined;
}

function replyTo({ type, content }: ChatMessage, asked: Tap, name: string, waId: string): Reply | undefined {
  if (type === 'interactive') return replyToInteractive(content as InteractiveObject, asked);
  if (type !== 'template') return undefined;
  const shown = content as TemplateShown;
  const { buttons } = asked.card === undefined ? shown : (shown.cards?.[asked.card] ?? { buttons: [] });
  const place = asked.index ?? buttons.findIndex(({ payload, text }) => payload === asked.id || text === asked.id);
  const button = buttons[place];
  if (button?.type === 'REQUEST_CONTACT_INFO') {
    const card = { name: { formatted_name: name, first_name: name }, phones: [{ phone: `+${waId}`, wa_id: waId, type: 'CELL' }] };
    return { type: 'contacts', content: [{ ...card, origin: 'contact_request' }], text: name };
  }
  if (button?.type !== 'QUICK_REPLY') return undefined;
  return { type: 'button', content: { payload: button.payload ?? button.text, text: button.text }, text: button.text };
}

function replyToInteractive(interactive: InteractiveObject, { id, index, answers }: Tap): Reply | undefined {
  switch (interactive.type) {
    case 'button': {
      const { buttons } = interactive.action;
      const button = (index === undefined ? buttons.find(({ reply }) => reply.id === id) : buttons[index])?.reply;
      return button && replyWith({ type: 'button_reply', button_reply: { id: button.id, title: button.title } }, button.title);
    }
    case 'list': {
      const rows = interactive.action.sections.flatMap((section) => section.rows);
      const row = index === undefined ? rows.find((one) => one.id === id) : rows[index];
      return row && replyWith({ type: 'list_reply', list_reply: { ...row } }, row.title);
    }
    case 'flow': {
      const token = interactive.action.parameters.flow_token;
      const response = JSON.stringify({ ...(token !== undefined && { flow_token: token }), ...answers });
      return replyWith({ type: 'nfm_reply', nfm_reply: { name: 'flow', body: 'Sent', response_json: response } }, 'Sent');
    }
    case 'location_request_message':
      return {
        type: 'location',
        content: { latitude: 52.5163, longitude: 13.3777, name: 'Brandenburger Tor' },
        text: 'Brandenburger Tor',
      };
    default:
      return undefined;
  }
}

function replyWith(content: WireContents['interactive'], text: string): Reply {
  return { type: 'interactive', content, text };
}
