import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused, answerJson, parseJson, readBody } from './answer.ts';
import { changeSettings } from './change-settings.ts';
import { act } from './control-acts.ts';
import { answerFile, takeFile } from './control-files.ts';
import { readFault } from './faults.ts';
import { FIELD_EXAMPLES } from './field-examples.ts';
import type { SimulatedNumber } from './options.ts';
import { type Person, keyOf } from './people.ts';
import { SAMPLE_NAMES } from './samples.ts';
import { type Fields, isFields } from './shapes.ts';
import { chatState, viewMessage } from './view-chat.ts';
import type { World } from './world.ts';

const BODY_MAX = 262_144;
/** A file of 20 MB as base64. */
const FILE_BODY_MAX = 28 * 1024 * 1024;

/** The controls under `/control`, as docs/simulator.md lists them. */
export async function answerControl(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
  const path = pathname.slice('/control'.length);
  if (request.method === 'GET') return show(world, path, searchParams, response);
  if (request.method === 'DELETE' && path === '/faults') return answerJson(response, 200, clearFaults(world));
  if (request.method !== 'POST') throw new Refused(404, 'No such control');
  if (path === '/media') return answerJson(response, 201, await takeFile(world, request, searchParams));
  const fields = await readFields(request);
  if (path === '/settings') answerJson(response, 200, change(world, fields));
  else if (path === '/faults') answerJson(response, 202, addFault(world, fields));
  else if (path === '/faults/clear') answerJson(response, 200, clearFaults(world));
  else answerJson(response, 202, await act(world, path, fields));
}

function show(world: World, path: string, asked: URLSearchParams, response: ServerResponse): void {
  if (path === '/state') answerJson(response, 200, state(world));
  else if (path === '/chat') answerJson(response, 200, chat(world, asked));
  else if (path === '/accepted') answerJson(response, 200, { accepted: world.accepted.slice(-1_000) });
  else if (path === '/templates') answerJson(response, 200, { templates: world.templates.of(asked.get('wabaId') ?? undefined) });
  else if (path.startsWith('/media/')) answerFile(world, path.slice('/media/'.length), response);
  else throw new Refused(404, 'No such control');
}

function state(world: World) {
  const { taken, refused, dropped, waiting } = world.webhooks;
  return {
    customers: world.people.all().map(shownPerson),
    numbers: [...world.numbers.values()].map(shown),
    lines: Object.fromEntries([...world.states].map(([id, line]) => [id, lineOf(line)])),
    settings: world.settings,
    webhooks: { taken, refused, dropped, waiting },
    faults: world.faults.rules,
    samples: SAMPLE_NAMES,
    fields: Object.keys(FIELD_EXAMPLES),
  };
}

function shownPerson({ waId, name, number, lastAt, userId, username, stopsMarketing, isCapped, isUnreachable }: Person) {
  return {
    phone: waId === userId ? null : `+${waId}`,
    name,
    number: shown(number),
    lastAt: lastAt === undefined ? null : new Date(lastAt).toISOString(),
    userId,
    username,
    stopsMarketing,
    isCapped,
    isUnreachable,
  };
}

function shown({ phoneNumberId, displayPhone, name }: SimulatedNumber) {
  return { phoneNumberId, displayPhone, name };
}

function lineOf({
  number,
  status,
  quality,
  throughput,
  isOnBizApp,
}: World['states'] extends Map<string, infer Line> ? Line : never) {
  return { wabaId: number.wabaId, status, quality, throughput, isOnBizApp };
}

function chat(world: World, asked: URLSearchParams) {
  // A plus in a query means a blank unless it is encoded; either way only the digits count.
  const waId = keyOf(asked.get('phone') ?? asked.get('userId') ?? '');
  const phoneNumberId = asked.get('phoneNumberId') ?? '';
  const person = world.people.find(phoneNumberId, waId) ?? world.people.findByUserId(phoneNumberId, waId);
  if (!person) throw new Refused(404, 'No such customer');
  const found = world.chats.of(phoneNumberId, person.waId);
  return { messages: found.messages.map((message) => viewMessage(world, message)), state: chatState(world, found) };
}

function change(world: World, fields: Fields) {
  const { webhookUrl, ...settings } = fields;
  const wrong = changeSettings(world.settings, settings);
  if (wrong) throw new Refused(400, wrong);
  if (webhookUrl !== undefined) {
    if (typeof webhookUrl !== 'string' || !URL.canParse(webhookUrl)) throw new Refused(400, 'webhookUrl must be an address');
    world.webhooks.setUrl(webhookUrl);
  }
  return { settings: world.settings };
}

function addFault(world: World, fields: Fields) {
  const read = readFault(fields);
  if (typeof read === 'string') throw new Refused(400, read);
  world.faults.add(read.fault, read.reach);
  return read;
}

function clearFaults(world: World) {
  world.faults.clear();
  return {};
}

/** The body as an object. Only JSON by its content type: a foreign page in a browser could send anything else unasked. */
async function readFields(request: IncomingMessage): Promise<Fields> {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new Refused(415, 'Send application/json');
  const bytes = await readBody(request, FILE_BODY_MAX);
  const body = parseJson(bytes);
  if (!isFields(body)) throw new Refused(400, 'Send a JSON object');
  if (bytes.length > BODY_MAX && !('media' in body)) throw new Refused(413, 'The body is too large');
  return body;
}
