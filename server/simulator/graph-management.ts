import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAccount } from './account-http.ts';
import { answerJson, parseJson, readBody } from './answer.ts';
import type { Fault, FaultPlace } from './faults.ts';
import { type GraphCall, MetaRefusal, refuse, refuseUnknown } from './graph-call.ts';
import { answerMedia, uploadMedia } from './media-http.ts';
import { FILE_MAX } from './media-types.ts';
import { isRateCode } from './meta-errors.ts';
import { answerNumber } from './number-http.ts';
import { type Fields, isFields } from './shapes.ts';
import { answerTemplate, answerTemplates } from './template-http.ts';
import { answerUpload, beginUpload } from './upload-http.ts';
import { give, isTurnedAway, retryAfter, tokenOf } from './turn-away.ts';
import type { World } from './world.ts';

const BODY_MAX = 1024 * 1024;
const FRAME_MAX = 1024 * 1024;

interface Asked {
  method: string;
  id: string;
  edge: string | undefined;
  query: URLSearchParams;
  request: IncomingMessage;
  response: ServerResponse;
}

/** Everything but sending: files, templates, numbers, accounts. */
export async function answerManagement(world: World, asked: Asked): Promise<void> {
  const { request, response } = asked;
  const place = placeOf(world, asked);
  if (world.faults.draw(place, true)) return void request.socket.resetAndDestroy();
  const call = await read(world, asked, place);
  if (world.settings.delayMs > 0) await world.pauses.pause(world.settings.delayMs);
  let fault: Fault | undefined;
  try {
    allow(call, place);
    fault = world.faults.draw(place);
    if (fault && isTurnedAway(fault, request, response)) return;
    if (fault?.kind === 'delay') await world.pauses.pause(fault.ms);
    const answer = await route(call);
    give(fault, request, response, answer);
  } catch (error) {
    if (!(error instanceof MetaRefusal)) throw error;
    if (!isRateCode(error.code)) return answerJson(response, error.httpStatus, error.body);
    answerJson(response, world.settings.rateHttpStatus, error.body, retryAfter(world.settings.retryAfterSeconds));
  }
}

function placeOf(world: World, { id, edge }: Asked): FaultPlace {
  if (edge === 'media' || edge === 'uploads' || id.startsWith('upload:')) return 'media';
  if (edge === 'message_templates' || edge === 'unpause' || world.templates.get(id)) return 'templates';
  if (edge === 'register' || edge === 'deregister') return 'registration';
  return world.states.has(id) || world.accounts.has(id) || edge !== undefined ? 'numbers' : 'lookup';
}

async function read(world: World, { method, id, edge, query, request }: Asked, place: FaultPlace): Promise<GraphCall> {
  const bytes = method === 'GET' ? Buffer.alloc(0) : await readBody(request, place === 'media' ? FILE_MAX + FRAME_MAX : BODY_MAX);
  const contentType = request.headers['content-type'] ?? '';
  const fields = {
    ...Object.fromEntries(query),
    ...(place === 'media' && edge !== 'uploads' ? {} : fieldsOf(bytes, contentType)),
  };
  const token = tokenOf(request) ?? query.get('access_token') ?? '';
  const { headers } = request;
  return { world, method, id, edge, query, fields, bytes, contentType, headers, token, now: world.now() };
}

function fieldsOf(bytes: Buffer, contentType: string): Fields {
  if (bytes.length === 0) return {};
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(bytes.toString()));
  const body = parseJson(bytes);
  return isFields(body) ? body : {};
}

/** A token is good for its own numbers, their accounts, and what belongs to these; of others it learns nothing. */
function allow({ world, method, id, token }: GraphCall, place: FaultPlace): void {
  const isFile = place === 'media' || place === 'lookup';
  const code = world.tokens.fault(token, isFile ? 'messaging' : 'management');
  if (code)
    refuse(code, code === 190 ? 'Your access token has expired.' : 'Permission is either not granted or has been removed.');
  const number = world.numbers.get(id);
  if (number && !world.tokens.numbers(token).includes(number)) refuse(190, 'The access token does not belong to this number.');
  const wabaId = world.accounts.has(id) ? id : world.templates.get(id)?.wabaId;
  if (wabaId !== undefined && !world.tokens.owns(token, wabaId)) refuseUnknown(method, id);
  if (!isFile) count(world, number?.wabaId ?? wabaId);
}

/** Meta lets an app manage an account so often in an hour, far oftener once it has a number. */
function count(world: World, wabaId: string | undefined): void {
  if (wabaId === undefined) return;
  const { settings, states, webhooks, managementCalls } = world;
  const isRegistered = [...states.values()].some(({ number, status }) => number.wabaId === wabaId && status === 'CONNECTED');
  const perHour = isRegistered ? settings.managementPerHourRegistered : settings.managementPerHour;
  if (!managementCalls.take(`${webhooks.appOf(wabaId)} ${wabaId}`, perHour, world.now()))
    refuse(80007, `More than ${perHour} calls in an hour for this account`);
}

function route(call: GraphCall): object | Promise<object> {
  const { world, id, edge, method } = call;
  if (id.startsWith('upload:')) return answerUpload(call);
  const state = world.states.get(id);
  if (state) return edge === 'media' && method === 'POST' ? uploadMedia(call, state) : answerNumber(call, state);
  const account = world.accounts.get(id);
  if (account) return edge === 'message_templates' ? answerTemplates(call, account) : answerAccount(call, account);
  if (id === 'app' || world.webhooks.hasApp(id)) return beginUpload(call);
  const template = world.templates.get(id);
  if (template) return answerTemplate(call, template);
  return edge === undefined ? answerMedia(call) : refuseUnknown(method, id);
}
