import { Refused } from './answer.ts';
import { controlOf } from './control.ts';
import type { Control } from './control.ts';
import { TIERS } from './options.ts';
import { isUserId } from './people.ts';

import { type Fields, isFields } from './shapes.ts';
import { fileOf } from './control-files.ts';
import type { World } from './world.ts';

type Act = (control: Control, fields: Fields, world: World) => unknown;

/** What customers and Meta do, by path: the fields are those of the control of the same name. */
const ACTS: Record<string, Act> = {
  '/messages': (control, fields, world) => ({ id: control.write(messageOf(world, fields)) }),
  '/react': (control, fields) => ({ id: control.react(customer({ emoji: null, ...fields }, 'messageId')) }),
  '/tap': (control, fields) => ({ id: control.tap(customer(fields, 'messageId')) }),
  '/edit': (control, fields) => ({ id: control.edit(customer(fields, 'messageId', 'text')) }),
  '/revoke': (control, fields) => ({ id: control.revoke(customer(fields, 'messageId')) }),
  '/identity': (control, fields) => ({ id: control.changeIdentity(customer(fields)) }),
  '/preferences': (control, fields) => control.prefer(customer(fields, 'value')),
  '/call': (control, fields) => control.call(customer(fields)),
  '/person': (control, fields) => control.setPerson(customer(only(fields, PERSON_FIELDS))),
  '/echo': (control, fields, world) => ({ id: control.echo(messageOf(world, fields)) }),
  '/number': (control, fields) => {
    const { phoneNumberId, ...change } = only(fields, NUMBER_FIELDS);
    control.setNumber(text({ phoneNumberId }, 'phoneNumberId'), change);
  },
  '/account': (control, { wabaId, hasPayment }) =>
    control.setAccount(text({ wabaId }, 'wabaId'), {
      hasPayment: typeof hasPayment === 'boolean' ? hasPayment : wrong('hasPayment'),
    }),
  '/token': (control, { token, fault }) => control.setToken(text({ token }, 'token'), tokenFault(fault)),
  '/tier': (control, { tier }) => control.setTier(TIERS.find((one) => one === tier) ?? wrong('tier')),
  '/template': (control, { id, wabaId, name, language, ...change }) =>
    control.setTemplate(typeof id === 'string' ? id : (named({ wabaId, name, language }) as never), change),
  '/tell': (control, fields) => {
    text(fields, 'field');
    if (fields.value !== undefined && !isFields(fields.value)) wrong('value');
    void control.tell(fields as never);
  },
  '/error': (control, fields) => void control.tellError(text(fields, 'phoneNumberId'), Number(fields.code)),
};

const PERSON_FIELDS = ['phoneNumberId', 'phone', 'userId', 'isCapped', 'isUnreachable', 'stopsMarketing', 'identityHash'];
const NUMBER_FIELDS = [
  'phoneNumberId',
  'status',
  'quality',
  'throughput',
  'upgradeMs',
  'isOnBizApp',
  'isOfficial',
  'nameStatus',
  'newNameStatus',
  'requestedName',
  'codeVerification',
];

/** Does it; Refused with 404 for paths that stand for nothing and 400 for what makes no sense. */
export async function act(world: World, path: string, fields: Fields): Promise<object> {
  const known = Object.hasOwn(ACTS, path) ? ACTS[path] : undefined;
  if (!known) throw new Refused(404, 'No such control');
  if (fields.phoneNumberId !== undefined && !world.numbers.has(String(fields.phoneNumberId)))
    throw new Refused(404, 'No such number');
  try {
    return ((await known(controlOf(world), fields, world)) ?? {}) as object;
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(400, error.message);
    throw error;
  }
}

/** The fields of an act of a customer's; `needed` are texts. */
function customer(fields: Fields, ...needed: string[]): never {
  const { phone, userId } = fields;
  text(fields, 'phoneNumberId');
  if (phone === undefined && !(typeof userId === 'string' && isUserId(userId))) wrong('phone or userId');
  if (phone !== undefined && (typeof phone !== 'string' || !/^\+?\d{7,15}$/.test(phone.replace(/[\s()-]/g, ''))))
    throw new Refused(400, 'phone must be a phone number');
  for (const name of needed) text(fields, name);
  return fields as never;
}

function messageOf(world: World, fields: Fields): never {
  const { name, text: written, type, content, media, replyToId } = customer(fields) as Fields;
  if (!world.numbers.has(text(fields, 'phoneNumberId'))) throw new Refused(404, 'No such number');
  const isPlain = (type === undefined || type === 'text') && media === undefined && content === undefined;
  if (isPlain && (typeof written !== 'string' || written.trim() === ''))
    throw new Refused(400, 'text must be 1 to 65,536 characters');
  if (written !== undefined && (typeof written !== 'string' || written.length > 65_536))
    throw new Refused(400, 'text must be 1 to 65,536 characters');
  if (name !== undefined && (typeof name !== 'string' || name.length > 100))
    throw new Refused(400, 'name must be at most 100 characters');
  if (replyToId !== undefined && typeof replyToId !== 'string') throw new Refused(400, 'replyToId must be a message id');
  if (type !== undefined && (typeof type !== 'string' || !/^\w{1,40}$/.test(type))) wrong('type');
  return { ...fields, name: name || undefined, ...(media !== undefined && { media: fileOf(world, media) }) } as never;
}

/** The fields, if there are no others than these. */
function only(fields: Fields, known: string[]): Fields {
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  return unknown === undefined ? fields : wrong(unknown);
}

function named(fields: Fields): Fields {
  for (const name of Object.keys(fields)) text(fields, name);
  return fields;
}

function tokenFault(fault: unknown) {
  const known = (['expired', 'no-messaging', 'no-management'] as const).find((one) => one === fault);
  return known ?? (fault === null ? null : wrong('fault'));
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : wrong(name);
}

function wrong(name: string): never {
  throw new Refused(400, `${name} is missing or wrong`);
}
