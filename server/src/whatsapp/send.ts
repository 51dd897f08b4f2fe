import type { Graph } from './graph.ts';
import { part } from './graph.ts';
import type { MessageToSend } from './message-to-send.ts';
import { type Failed, outcomeOf, refusal } from './outcome.ts';
import { idOf, isJson, listOf } from './read-json.ts';
import { writeMessage } from './write-content.ts';

export interface SendOptions {
  timeoutMs?: number;
  /** Told when the request goes to a connected socket. */
  onWritten?: () => void;
}

export interface Accepted {
  kind: 'accepted';
  wamid: string;
  waId?: string;
  userId?: string;
  /** Meta looks at the template's quality first, and may drop the message yet. */
  held?: boolean;
}

export type SendOutcome = Accepted | Failed;

/** Meta's code for a type of message it does not take. */
const UNKNOWN_TYPE = 131051;

/** Sends one message of any kind. What can never be sent is refused without a request. */
export async function send(graph: Graph, message: MessageToSend, options: SendOptions = {}): Promise<SendOutcome> {
  const body = writeMessage(message);
  if (body === null) return refusal(UNKNOWN_TYPE, 'This kind of message cannot be sent.');
  const path = `${part(message.phoneNumberId)}/messages`;
  const { timeoutMs = 20_000, onWritten } = options;
  const end = await graph.request({ method: 'POST', path, token: message.token, body, timeoutMs, onWritten });
  return outcomeOf(end, readAccepted);
}

function readAccepted(body: unknown): SendOutcome | undefined {
  if (!isJson(body)) return undefined;
  const [message] = listOf(body.messages);
  const [contact] = listOf(body.contacts);
  const wamid = isJson(message) ? idOf(message.id) : undefined;
  if (!isJson(message) || wamid === undefined) return undefined;
  const accepted: Accepted = { kind: 'accepted', wamid };
  if (isJson(contact)) {
    accepted.waId = idOf(contact.wa_id);
    accepted.userId = idOf(contact.user_id);
  }
  if (message.message_status === 'held_for_quality_assessment') accepted.held = true;
  return accepted;
}
