import type { IncomingMessage, ServerResponse } from 'node:http';
import { acceptMessage } from './accept-message.ts';
import { answerJson, readJsonBody } from './answer.ts';
import { checkReceipt, isReceipt } from './check-request.ts';
import { answerManagement } from './graph-management.ts';
import { unknownPath } from './graph-call.ts';
import { isRateCode, refusal, unknownObject } from './meta-errors.ts';
import type { NumberState } from './number-state.ts';
import { give, isTurnedAway, retryAfter, tokenOf } from './turn-away.ts';
import type { World } from './world.ts';

const PATH = /^\/v(\d+)\.\d+\/([^/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/** Meta's Graph API. Sends and read receipts, nearly all there is, are answered here; the rest in `graph-management.ts`. */
export async function answerGraph(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const [, version, id, edge, query] = PATH.exec(request.url ?? '') ?? [];
  if (id === undefined) {
    if (method === 'POST') await readJsonBody(request);
    return send(response, unknownPath());
  }
  if (edge !== 'messages' || method !== 'POST')
    return answerManagement(world, { method, id, edge, query: new URLSearchParams(query), request, response });
  if (world.faults.draw('messages', true)) return void request.socket.resetAndDestroy();
  const body = await readJsonBody(request);
  if (world.settings.delayMs > 0) await world.pauses.pause(world.settings.delayMs);

  const token = tokenOf(request);
  const state = world.states.get(id);
  const isTokenGood = state ? state.number.token === token : true;
  const fault = isTokenGood ? world.tokens.fault(token, 'messaging') : 190;
  if (fault) return send(response, refusal(fault));
  if (!state) return send(response, unknownObject(method, id));
  if (isReceipt(body)) return takeReceipt(world, state, body, request, response);
  await takeMessage(world, state, { body, version: Number(version) }, request, response);
}

async function takeMessage(
  world: World,
  state: NumberState,
  { body, version }: { body: unknown; version: number },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const fault = world.faults.draw('messages');
  if (fault && isTurnedAway(fault, request, response)) return;
  const answer = await acceptMessage(world, state, body, { fault, version });
  if (fault?.kind === 'delay') await world.pauses.pause(fault.ms);
  if ('code' in answer) return refuse(world, response, answer.code, answer.details);
  give(fault, request, response, answer);
}

function takeReceipt(
  world: World,
  { number }: NumberState,
  body: Record<string, unknown>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const fault = world.faults.draw('receipts');
  if (fault && isTurnedAway(fault, request, response)) return;
  const receipt = checkReceipt(body);
  if ('code' in receipt) return refuse(world, response, receipt.code, receipt.details);
  const { message_id: messageId, typing_indicator: typing } = receipt;
  const { phoneNumberId } = number;
  const chat = world.chats.ofInbound(phoneNumberId, messageId);
  if (!chat && !world.settings.trustUnseen) return refuse(world, response, 131009, 'Unknown message_id');
  chat?.read(messageId, typing ? world.now() : undefined);
  world.note(world.receipts, { phoneNumberId, messageId, isTyping: typing !== undefined });
  give(fault, request, response, { success: true });
}

/** A refusal as the settings have it: rate codes may come as 429 with a `Retry-After`. */
function refuse({ settings }: World, response: ServerResponse, code: number, details: string): void {
  const { httpStatus, body } = refusal(code, details);
  if (!isRateCode(code)) return answerJson(response, httpStatus, body);
  answerJson(response, settings.rateHttpStatus, body, retryAfter(settings.retryAfterSeconds));
}

function send(response: ServerResponse, { httpStatus, body }: { httpStatus: number; body: object }): void {
  answerJson(response, httpStatus, body);
}
