import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused, answerJson, readJsonBody } from './answer.ts';
import { changeSettings } from './change-settings.ts';
import { readFault } from './faults.ts';
import type { SimulatedNumber } from './options.ts';
import type { World } from './world.ts';
import { writeMessage } from './write-message.ts';

type Fields = Record<string, unknown>;

/** The controls under `/control`: who is there, what was written, writing as a customer, settings, faults. */
export async function answerControl(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
  const act = `${request.method} ${pathname.slice('/control'.length)}`;
  if (act === 'GET /state') answerJson(response, 200, state(world));
  else if (act === 'GET /chat') answerJson(response, 200, chat(world, searchParams));
  else if (act === 'GET /accepted') answerJson(response, 200, { accepted: world.accepted.slice(-1_000) });
  else if (act === 'POST /messages') answerJson(response, 202, { id: write(world, await readFields(request)) });
  else if (act === 'POST /settings') answerJson(response, 200, change(world, await readFields(request)));
  else if (act === 'POST /faults') answerJson(response, 202, addFault(world, await readFields(request)));
  else if (act === 'DELETE /faults') answerJson(response, 200, clearFaults(world));
  else throw new Refused(404, 'No such control');
}

function state(world: World) {
  const customers = world.people.all().map(({ waId, name, number, lastAt }) => {
    return {
      phone: `+${waId}`,
      name,
      number: shown(number),
      lastAt: lastAt === undefined ? null : new Date(lastAt).toISOString(),
    };
  });
  const { taken, refused, dropped, waiting } = world.webhooks;
  return {
    customers,
    numbers: [...world.numbers.values()].map(shown),
    settings: world.settings,
    webhooks: { taken, refused, dropped, waiting },
  };
}

function shown({ phoneNumberId, displayPhone, name }: SimulatedNumber) {
  return { phoneNumberId, displayPhone, name };
}

function chat(world: World, asked: URLSearchParams) {
  // A plus in a query means a blank unless it is encoded; either way only the digits count.
  const waId = (asked.get('phone') ?? '').replace(/\D/g, '');
  const phoneNumberId = asked.get('phoneNumberId') ?? '';
  if (!world.people.find(phoneNumberId, waId)) throw new Refused(404, 'No such customer');
  const { messages } = world.chats.of(phoneNumberId, waId);
  return { messages: messages.map((message) => ({ ...message, at: new Date(message.at).toISOString() })) };
}

function write(world: World, { phone, phoneNumberId, name, text, replyToId }: Fields): string {
  if (typeof phone !== 'string' || !/^\+?\d{7,15}$/.test(phone.replace(/[\s()-]/g, '')))
    throw new Refused(400, 'phone must be a phone number');
  if (typeof phoneNumberId !== 'string' || !world.numbers.has(phoneNumberId)) throw new Refused(404, 'No such number');
  if (typeof text !== 'string' || text.trim() === '' || text.length > 65_536)
    throw new Refused(400, 'text must be 1 to 65,536 characters');
  if (name !== undefined && (typeof name !== 'string' || name.length > 100))
    throw new Refused(400, 'name must be at most 100 characters');
  if (replyToId !== undefined && typeof replyToId !== 'string') throw new Refused(400, 'replyToId must be a message id');
  return writeMessage(world, { phone, phoneNumberId, name: name || undefined, text, replyToId });
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
  const body = await readJsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refused(400, 'Send a JSON object');
  return body as Fields;
}
