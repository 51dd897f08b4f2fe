import { randomUUID } from 'node:crypto';
import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType, isRequiredInputField } from 'graphql';
import type { Operation } from './callers.ts';
import { type Place, SUBJECTS } from './places.ts';
import { selectAll, wayTo } from './selection.ts';
import type { World } from './world.ts';

/** What a field needs beyond its required inputs to come as far as looking at the place. */
const TEMPLATE_BODY = { text: 'Your order is ready.' };
const CARD = { headerKind: 'IMAGE', body: 'Look at this.', buttons: [{ type: 'QUICK_REPLY', text: 'More' }] };
const twoCards = (headerMediaId: string | undefined) => [CARD, { ...CARD, headerMediaId }];
const ALONG: Record<string, (world: World) => Record<string, unknown>> = {
  'Query.messagePrice(input.whatsappNumberId)': ({ ourPhone }) => ({ to: ourPhone }),
  'Query.messagePrice(input.contactId)': ({ ourIds }) => ({ whatsappNumberId: ourIds.WhatsappNumber?.[0] }),
  'Query.messagePrice(input.templateId)': ({ ourConversation }) => ({ conversationId: ourConversation }),
  'Mutation.createTemplate': ({ ourIds }) => ({
    name: 'order_sent',
    language: 'en',
    category: 'UTILITY',
    body: TEMPLATE_BODY,
    isDraft: true,
    accountId: ourIds.WhatsappAccount?.[0],
  }),
  'Mutation.createTemplate(input.whatsappNumberId)': () => ({ accountId: undefined }),
  'Mutation.createTemplate(input.header.headerMediaId)': () => ({ header: { kind: 'IMAGE' } }),
  'Mutation.createTemplate(input.cards.headerMediaId)': ({ ourIds }) => ({ cards: twoCards(ourIds.Media?.[0]) }),
  'Mutation.editTemplate': () => ({ body: TEMPLATE_BODY }),
  'Mutation.editTemplate(input.header.headerMediaId)': () => ({ header: { kind: 'IMAGE' } }),
  'Mutation.editTemplate(input.cards.headerMediaId)': ({ ourIds }) => ({ cards: twoCards(ourIds.Media?.[0]) }),
  'Mutation.updateBusinessProfile': () => ({ about: 'a text' }),
  'Mutation.sendMessage': ({ ourConversation }) => ({ text: 'a text', conversationId: ourConversation }),
  'Mutation.sendMessage(input.whatsappNumberId)': ({ ourPhone }) => ({ text: 'a text', conversationId: undefined, to: ourPhone }),
  'Mutation.sendMessage(input.contactId)': ({ ourIds }) => ({
    text: 'a text',
    conversationId: undefined,
    whatsappNumberId: ourIds.WhatsappNumber?.[0],
  }),
  'Mutation.sendMessage(input.media.mediaId)': () => ({ text: undefined }),
  'Mutation.sendMessage(input.template.templateId)': () => ({ text: undefined }),
  'Mutation.sendMessage(input.template.headerMediaId)': () => ({ text: undefined }),
  'Mutation.sendMessage(input.template.cards.headerMediaId)': () => ({ text: undefined }),
  'Mutation.sendMessage(input.reaction.messageId)': () => ({ text: undefined, reaction: { emoji: '\u{1F44D}' } }),
  'Mutation.sendMessage(input.interactive.headerMediaId)': () => ({
    text: undefined,
    interactive: { type: 'BUTTONS', body: 'a body', buttons: [{ id: 'yes', title: 'Yes' }] },
  }),
};

/** Writes the operation that puts a value into a place, all other inputs being our own and right. */
export function operationFor(schema: GraphQLSchema, world: World, place: Place, value: string): Operation {
  const { on, field, path } = place;
  const [first = '', ...rest] = path;
  const argument = field.args.find((arg) => arg.name === first);
  if (!argument) throw new Error(`${place.name} has no such argument.`);
  const along = { ...ALONG[`${on}.${field.name}`]?.(world), ...ALONG[place.name]?.(world) };
  const given = rest.length ? fill(argument.type, world, along, rest, value) : value;
  const call = `${field.name}(${first}: $value)${selectAll(field.type, on === 'Query' ? 4 : 2)}`;
  const isRoot = on === 'Query' || on === 'Mutation';
  const way = isRoot ? [] : wayTo(schema, on);
  if (!way) throw new Error(`${on} cannot be reached from Query: teach the walk the way.`);
  const body = way.reduceRight((inner, name) => `${name} { ${inner} }`, call);
  return {
    query: `${on === 'Mutation' ? 'mutation' : 'query'}($value: ${String(argument.type)}) { ${body} }`,
    variables: { value: given },
  };
}

/** An input object with its required fields, what goes along, and the value at its place. */
function fill(
  type: GraphQLInputType,
  world: World,
  along: Record<string, unknown>,
  path: readonly string[],
  value: string,
): unknown {
  const named = getNamedType(type);
  const [at, ...rest] = path;
  if (!isInputObjectType(named) || at === undefined) return value;
  const own = Object.values(named.getFields())
    .filter((field) => isRequiredInputField(field) && field.name !== at && !(field.name in along))
    .map((field): [string, unknown] => [field.name, ourValue(world, named.name, field.name)]);
  const inner = named.getFields()[at]?.type as GraphQLInputType;
  // Of a list that goes along, the value stands in the first.
  const [deeper = {}, ...others] = rest.length ? [along[at] ?? {}].flat() : [];
  const filled = fill(inner, world, deeper as Record<string, unknown>, rest, value);
  return { ...Object.fromEntries(own), ...along, [at]: others.length ? [filled, ...others] : filled };
}

/** Required inputs that are words. */
const WORDS: Record<string, string> = { reason: 'a reason', accessToken: 'a-token', pin: '123456' };

function ourValue(world: World, input: string, name: string): unknown {
  if (name === 'idempotencyKey') return randomUUID();
  if (WORDS[name]) return WORDS[name];
  const subject = SUBJECTS[name] ?? name.replace(/^./, (letter) => letter.toUpperCase()).replace(/Ids?$/, '');
  const id = world.ourIds[subject]?.[0];
  if (!id) throw new Error(`${input}.${name} is required: teach the walk what to put there.`);
  return id;
}

/** What stands for a thing in its place: ours, theirs, and one like theirs that does not exist. */
export interface Values {
  ours: string;
  theirs: string;
  none: string;
}

/** Gives the three values for a place. `pages` holds a cursor of each list, ours and theirs. */
export function valuesFor(place: Place, world: World, pages: Record<string, { ours: string; theirs: string }>): Values {
  const { ours, theirs } = ownAndForeign(place, world, pages);
  return { ours, theirs, none: strange(place, theirs) };
}

function ownAndForeign(
  { holds, subject, name, field }: Place,
  world: World,
  pages: Record<string, { ours: string; theirs: string }>,
) {
  if (subject === 'IdempotencyKey')
    return { ours: `${field.name} of ${world.ours.name}`, theirs: `${field.name} of ${world.theirs.name}` };
  const found =
    holds === 'log'
      ? { ours: world.ourCursor, theirs: world.theirCursor }
      : holds === 'page'
        ? pages[subject]
        : { ours: world.ourIds[subject]?.at(-1), theirs: world.theirIds[subject]?.at(-1) };
  if (!found?.ours || !found.theirs) throw new Error(`${name}: the world holds no ${subject} to ask for.`);
  return { ours: found.ours, theirs: found.theirs };
}

/** The same value with another end: equal in form and in time, and nobody's. */
function strange({ holds, subject }: Place, value: string): string {
  if (subject === 'IdempotencyKey') return `no ${value}`;
  const changed = (id: string) => id.slice(0, -6) + (id.endsWith('f00f00') ? '00f00f' : 'f00f00');
  if (holds === 'log') {
    const bytes = Buffer.from(value, 'base64url');
    for (let at = 1; at < 9; at++) bytes[at] = ~(bytes[at] ?? 0) & 0xff;
    return bytes.toString('base64url');
  }
  if (/^[0-9a-f-]{36}$/.test(value)) return changed(value);
  return Buffer.from(changed(Buffer.from(value, 'base64url').toString())).toString('base64url');
}
