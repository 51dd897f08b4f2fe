import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptMessage } from './accept-message.ts';
import { answerJson, readJsonBody } from './answer.ts';
import { checkReceipt, isReceipt } from './check-request.ts';
import type { Fault } from './faults.ts';
import { refusal, unknownObject } from './meta-errors.ts';
import type { SimulatedNumber } from './options.ts';
import type { World } from './world.ts';

const PATH = /^\/v\d+\.\d+\/([^/?]+)(\/messages)?(?:\?(.*))?$/;
const DEFAULT_FIELDS = 'id,display_phone_number,verified_name,quality_rating,code_verification_status';

/** Meta's Graph API, as far as texts need it: sending, read receipts, and looking up a number. */
export async function answerGraph(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const [, id, messages, query] = PATH.exec(request.url ?? '') ?? [];
  const body = method === 'POST' ? await readJsonBody(request) : undefined;
  if (world.settings.delayMs > 0) await world.pauses.pause(world.settings.delayMs);
  if (id === undefined)
    return refuse(response, {
      httpStatus: 400,
      body: { error: { message: 'Unknown path components', type: 'OAuthException', code: 2500, fbtrace_id: 'A' } },
    });

  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const number = world.numbers.get(id);
  const isTokenKnown = number ? number.token === token : [...world.numbers.values()].some((other) => other.token === token);
  if (!isTokenKnown) return refuse(response, refusal(190));
  if (!number) return refuse(response, unknownObject(method, id));
  if (messages === undefined && method === 'GET')
    return answerJson(response, 200, describe(number, new URLSearchParams(query).get('fields')));
  if (messages === undefined || method !== 'POST') return refuse(response, unknownObject(method, id));
  if (isReceipt(body)) return takeReceipt(world, number, body, response);
  await takeMessage(world, number, body, request, response);
}

async function takeMessage(
  world: World,
  number: SimulatedNumber,
  body: unknown,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = world.faults.draw();
  if (fault && isTurnedAway(fault, request, response)) return;
  const answer = await acceptMessage(world, number, body, fault);
  if ('code' in answer) return refuse(response, refusal(answer.code, answer.details));
  if (fault?.kind === 'drop') request.socket.resetAndDestroy();
  else if (fault?.kind !== 'hang') answerJson(response, 200, answer);
}

/** Faults that strike before the message is looked at. */
function isTurnedAway(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  if (fault.kind === 'reset') request.socket.resetAndDestroy();
  else if (fault.kind === 'http')
    response.writeHead(fault.status, { 'content-length': 0, ...retryAfter(fault.retryAfterSeconds) }).end();
  else if (fault.kind === 'answer') refuse(response, refusal(fault.code), retryAfter(fault.retryAfterSeconds));
  else return false;
  return true;
}

function takeReceipt(world: World, number: SimulatedNumber, body: Record<string, unknown>, response: ServerResponse): void {
  const receipt = checkReceipt(body);
  if ('code' in receipt) return refuse(response, refusal(receipt.code, receipt.details));
  const { message_id: messageId, typing_indicator: typing } = receipt;
  const { phoneNumberId } = number;
  if (!world.settings.trustUnseen && !world.chats.has(phoneNumberId, messageId))
    return refuse(response, refusal(131009, 'Unknown message_id'));
  world.note(world.receipts, { phoneNumberId, messageId, isTyping: typing !== undefined });
  answerJson(response, 200, { success: true });
}

/** The asked fields of a number; unknown ones are left out, and `id` is always there. */
function describe(number: SimulatedNumber, fields: string | null): Record<string, unknown> {
  const all: Record<string, unknown> = {
    id: number.phoneNumberId,
    display_phone_number: number.displayPhone,
    verified_name: number.name,
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    status: 'CONNECTED',
    platform_type: 'CLOUD_API',
    account_mode: 'SANDBOX',
    throughput: { level: 'STANDARD' },
  };
  const asked = `id,${fields ?? DEFAULT_FIELDS}`.split(',');
  return Object.fromEntries(asked.filter((field) => Object.hasOwn(all, field)).map((field) => [field, all[field]]));
}

function refuse(
  response: ServerResponse,
  { httpStatus, body }: { httpStatus: number; body: object },
  headers: Record<string, string> = {},
): void {
  answerJson(response, httpStatus, body, headers);
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}
