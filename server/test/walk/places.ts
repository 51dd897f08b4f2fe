import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

export interface Place {
  /** `Mutation.sendMessage(input.replyToId)`. */
  name: string;
  /** The type the field stands on: a root type, or one that is reached from Query. */
  on: string;
  field: GraphQLField<unknown, unknown>;
  /** From the argument down to the input field. */
  path: string[];
  /** An id of `subject`, a place in the event log, or a place in a list of `subject`. */
  holds: 'id' | 'log' | 'page';
  subject: string;
}

/** Input leaves that say nothing about any row. A scalar that is in neither list is one the walk does not know. */
const HARMLESS = new Set(['String', 'Int', 'Float', 'Boolean', 'DateTime', 'PhoneNumber']);
/** Names that do not say by themselves what they identify. */
export const SUBJECTS: Record<string, string> = {
  replyToId: 'Message',
  intoContactId: 'Contact',
  fromContactId: 'Contact',
  messageIds: 'Message',
  headerMediaId: 'Media',
  pictureMediaId: 'Media',
  templateId: 'Template',
  accountId: 'WhatsappAccount',
  idempotencyKey: 'IdempotencyKey',
};
/** Ids that the caller makes up for the customer's answer, or has from Meta: they identify no row. */
const MADE_UP = new Set(['ReplyButtonInput.id', 'ListRowInput.id', 'NewTemplateButtonInput.flowId']);

/** Every argument and input field of the schema, at any depth, that takes an id or a cursor. Throws for what it cannot make out. */
export function placesOf(schema: GraphQLSchema): Place[] {
  const places: Place[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      for (const arg of field.args) find(places, schema, type, field, arg, [arg.name], []);
    }
  }
  // What ends a number comes last: everything else may need it.
  return places.sort((a, b) => Number(a.field.name === 'disconnectNumber') - Number(b.field.name === 'disconnectNumber'));
}

function find(
  places: Place[],
  schema: GraphQLSchema,
  on: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  input: GraphQLArgument | GraphQLInputField,
  path: string[],
  inside: string[],
): void {
  const type = getNamedType(input.type);
  const name = `${on.name}.${field.name}(${path.join('.')})`;
  const add = (holds: Place['holds'], subject: string) => places.push({ name, on: on.name, field, path, holds, subject });
  if (isInputObjectType(type)) {
    if (inside.includes(type.name)) throw new Error(`${type.name} contains itself.`);
    for (const part of Object.values(type.getFields()))
      find(places, schema, on, field, part, [...path, part.name], [...inside, type.name]);
    return;
  }
  if (isEnumType(type) || MADE_UP.has(`${inside.at(-1)}.${input.name}`)) return;
  // A single id stands for a list of one.
  if (type.name === 'ID') add('id', subjectOf(schema, field, input.name, name));
  else if (type.name === 'Cursor') add('log', 'Event');
  else if (type.name === 'String' && /^(after|before)$/.test(input.name))
    add('page', getNamedType(field.type).name.replace(/Connection$/, ''));
  else if (!HARMLESS.has(type.name))
    throw new Error(`${name} is of type ${type.name}, which the walk does not know: does it identify something?`);
}

/** What an id identifies: `memberId` a Member; a bare `id` whatever the field, or its payload, gives. */
function subjectOf(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, argument: string, name: string): string {
  const known = SUBJECTS[argument];
  if (known) return known;
  const named = argument.replace(/^./, (letter) => letter.toUpperCase()).replace(/Id$/, '');
  if (argument !== 'id' && isObjectType(schema.getType(named))) return named;
  const given = getNamedType(field.type);
  if (argument === 'id' && isObjectType(given)) {
    if (given.getFields()['id']) return given.name;
    const inside = Object.values(given.getFields())
      .map((part) => getNamedType(part.type))
      .filter(isObjectType);
    const subject = inside.find((part) => part.getFields()['id']);
    if (subject) return subject.name;
  }
  throw new Error(`${name}: the walk cannot make out what this identifies.`);
}
