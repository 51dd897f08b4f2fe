import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { assembleSchema, createSchema } from '../src/api/schema.ts';
import { guardSchema, policyOf } from '../src/platform/guard.ts';
import { PERMISSIONS } from '../src/platform/permissions.ts';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type));
const objects = types.filter(isObjectType);
const inputs = types.filter(isInputObjectType);
const [query, mutation, subscription] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
const roots = new Set<GraphQLNamedType | null | undefined>([query, mutation, subscription]);

type Part = readonly [name: string, part: GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField];
const fields = objects.flatMap((type) =>
  Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const),
);
const args: Part[] = fields.flatMap(([name, field]) => field.args.map((arg): Part => [`${name}(${arg.name})`, arg]));
const inputFields: Part[] = inputs.flatMap((type) =>
  Object.values(type.getFields()).map((field): Part => [`${type.name}.${field.name}`, field]),
);
const all: Part[] = [...fields, ...args, ...inputFields];

/** Names of those for which something does not hold. */
const not = <T>(list: readonly (readonly [string, T])[], holds: (item: T, name: string) => boolean): string[] =>
  list.filter(([name, item]) => !holds(item, name)).map(([name]) => name);

const bare = (type: GraphQLType): GraphQLType => (isNonNullType(type) ? type.ofType : type);

describe('policies', () => {
  test('every field has one, of its own or of its type', () => {
    const missing = objects.flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => !policyOf(type, field))
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(fields.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  test('a schema without them is not built, and every single field is named', () => {
    const built = assembleSchema();
    for (const type of Object.values(built.getTypeMap())) {
      if (!isObjectType(type)) continue;
      type.extensions = {};
      for (const field of Object.values(type.getFields())) field.extensions = {};
    }
    let message = '';
    try {
      guardSchema(built);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(
      message
        .replace(/^.*?: /, '')
        .split(', ')
        .sort(),
    ).toEqual(fields.map(([name]) => name).sort());
  });

  test.each([
    ['that is missing', undefined],
    ['that nobody can hold', 'inbox:admire'],
  ])('one policy %s stops the build', (_what, policy) => {
    const built = assembleSchema();
    const type = built.getType('Contact');
    if (!isObjectType(type)) throw new Error('Contact is gone: take another type.');
    type.extensions = { can: policy };
    expect(() => guardSchema(built)).toThrow(/^Fields without a policy \(@Can\): (Contact\.\w+(, )?){6}$/);
  });

  test('every permission guards something', () => {
    const used = new Set(objects.flatMap((type) => Object.values(type.getFields()).map((field) => policyOf(type, field))));
    // Phones are masked instead of left out: the resolver asks for this one.
    expect(PERMISSIONS.filter((permission) => !used.has(permission))).toEqual(['contacts:phone']);
  });

  test('only what a stranger needs is open to strangers', () => {
    const open = objects.flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => policyOf(type, field) === 'anyone')
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(open.sort()).toEqual([
      'Mutation.signIn',
      'Mutation.signOut',
      'SignInPayload.userErrors',
      'SignInPayload.viewer',
      'SignOutPayload.userErrors',
      'UserError.code',
      'UserError.field',
      'UserError.message',
      'UserError.metaCode',
    ]);
  });

  test('a field stricter than its type may be null: one refusal must not take the object with it', () => {
    const strict = objects
      .filter((type) => !roots.has(type) && type.extensions['can'])
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field, own: field.extensions['can'] })))
      .filter(({ type, own }) => own !== undefined && own !== type.extensions['can'])
      .map(({ type, field }) => [`${type.name}.${field.name}`, field] as const);
    expect(strict.length).toBeGreaterThan(1);
    expect(not(strict, (field) => !isNonNullType(field.type))).toEqual([]);
  });
});

describe('descriptions', () => {
  const isSentence = (text: string | null | undefined) => Boolean(text && /^[\p{Lu}`0-9]/u.test(text) && /[.?]$/.test(text));

  test('every type, field, argument and enum value says in a sentence what it is', () => {
    const named = types.filter((type) => !roots.has(type)).map((type): [string, GraphQLNamedType] => [type.name, type]);
    const values = types
      .filter(isEnumType)
      .flatMap((type) => type.getValues().map((value) => [`${type.name}.${value.name}`, value] as const));
    const described: (readonly [string, { description?: string | null }])[] = [...named, ...all, ...values];
    expect(not(described, (part) => isSentence(part.description))).toEqual([]);
  });
});

describe('names', () => {
  test('types are nouns, fields and arguments camelCase, enum values UPPER_CASE', () => {
    expect(
      types
        .map((type) => type.name)
        .filter((name) => !/^[A-Z][A-Za-z]*$/.test(name) || /(Dto|Type|Model|Entity|Data)$/.test(name)),
    ).toEqual([]);
    expect(not(all, ({ name }) => /^[a-z][A-Za-z0-9]*$/.test(name) && !/^(tenantId|get[A-Z])/.test(name))).toEqual([]);
    const values = types.filter(isEnumType).flatMap((type) => type.getValues().map((value) => value.name));
    expect(values.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  });

  test('a time ends in At and is a DateTime, a yes or no says is, has or may', () => {
    const named = (part: { type: GraphQLType }) => getNamedType(part.type).name;
    const times = all.filter(([name, part]) => part.name.endsWith('At') || named(part) === 'DateTime' || name.endsWith('.at'));
    expect(times.length).toBeGreaterThan(10);
    expect(not(times, (part) => named(part) === 'DateTime' && /^at$|At$/.test(part.name))).toEqual([]);
    // These two names are promised to programs outside; a filter asks for a state by its name.
    const promised = ['MessageFailure.retryable', 'ConversationFilter.unread'];
    const yesNo = all.filter(([name, part]) => named(part) === 'Boolean' && !promised.includes(name));
    expect(not(yesNo, ({ name }) => /^(is|has|may|viewerCan)[A-Z]/.test(name))).toEqual([]);
  });

  test('an id is an ID, whatever it identifies', () => {
    // Three of Meta's own ids are numbers that people copy from its pages.
    const metas = ['phoneNumberId', 'wabaId', 'appId'];
    const ids = all.filter(([, { name }]) => /^id$|[a-z]Id$/.test(name) && !metas.includes(name));
    expect(ids.length).toBeGreaterThan(15);
    expect(not(ids, (part) => getNamedType(part.type).name === 'ID')).toEqual([]);
  });

  test('only scalars that say what they hold', () => {
    expect(
      types
        .filter(isScalarType)
        .map((type) => type.name)
        .sort(),
    ).toEqual(['Cursor', 'DateTime', 'PhoneNumber']);
  });
});

describe('shapes', () => {
  test('a list never holds null', () => {
    const lists = all.filter(([, part]) => isListType(bare(part.type)));
    const items = (part: { type: GraphQLType }) => (bare(part.type) as { ofType: GraphQLType }).ofType;
    expect(lists.length).toBeGreaterThan(15);
    expect(not(lists, (part) => isNonNullType(items(part)))).toEqual([]);
  });

  test('a mutation takes one input of its name, or nothing, and gives a payload of its name with userErrors', () => {
    const mutations = Object.values(mutation?.getFields() ?? {}).map((field): [string, typeof field] => [field.name, field]);
    expect(mutations.length).toBeGreaterThan(5);
    const titled = (name: string) => name.replace(/^./, (letter) => letter.toUpperCase());
    expect(
      not(mutations, (field) => {
        const [input, ...more] = field.args;
        const takes = !input || (input.name === 'input' && !more.length && String(input.type) === `${titled(field.name)}Input!`);
        const payload = getNamedType(field.type);
        const errors = isObjectType(payload) ? payload.getFields()['userErrors'] : undefined;
        return takes && String(field.type) === `${titled(field.name)}Payload!` && String(errors?.type) === '[UserError!]!';
      }),
    ).toEqual([]);
  });

  test('what a payload carries may be null, since a refusal carries nothing', () => {
    const carried = fields.filter(([name]) => /Payload\./.test(name) && !name.endsWith('.userErrors'));
    expect(not(carried, (field) => !isNonNullType(field.type))).toEqual([]);
  });

  test('a subscription is a noun and a participle, takes after, and its payload carries the cursor', () => {
    const subscriptions = Object.values(subscription?.getFields() ?? {}).map((field): [string, typeof field] => [
      field.name,
      field,
    ]);
    expect(subscriptions.length).toBeGreaterThan(2);
    expect(
      not(subscriptions, (field) => {
        const payload = getNamedType(field.type);
        const cursor = isObjectType(payload) ? payload.getFields()['cursor'] : undefined;
        return (
          /^[a-z][A-Za-z]*ed$/.test(field.name) &&
          String(field.args.find((arg) => arg.name === 'after')?.type) === 'Cursor' &&
          String(cursor?.type) === 'Cursor!'
        );
      }),
    ).toEqual([]);
  });

  test('a connection has edges, nodes and pageInfo, and is paged by first and after, never by an offset', () => {
    const connections = objects.filter((type) => type.name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(3);
    for (const type of connections) {
      const parts = Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
      const noun = type.name.replace('Connection', '');
      expect(parts, type.name).toMatchObject({ edges: `[${noun}Edge!]!`, nodes: `[${noun}!]!`, pageInfo: 'PageInfo!' });
    }
    const lists = fields.filter(([, field]) => getNamedType(field.type).name.endsWith('Connection'));
    expect(not(lists, (field) => ['first', 'after'].every((name) => field.args.some((arg) => arg.name === name)))).toEqual([]);
    expect(not(args, (arg) => !/^(offset|skip|page|limit)$/.test(arg.name))).toEqual([]);
  });

  test('no input contains itself: the compiled executor would never end', () => {
    const reaches = (from: GraphQLNamedType, target: GraphQLNamedType, seen: Set<GraphQLNamedType>): boolean => {
      if (!isInputObjectType(from) || seen.has(from)) return false;
      seen.add(from);
      return Object.values(from.getFields()).some((field) => {
        const next = getNamedType(field.type);
        return next === target || reaches(next, target, seen);
      });
    };
    expect(inputs.filter((type) => reaches(type, type, new Set())).map((type) => type.name)).toEqual([]);
  });

  test('a tenant is never an argument, nor is success a field', () => {
    expect(not([...args, ...inputFields], ({ name }) => !/tenant/i.test(name))).toEqual([]);
    expect(not(fields, ({ name }) => name !== 'success')).toEqual([]);
  });
});

test('schema.graphql is what the code says', () => {
  const file = fileURLToPath(new URL('../../schema.graphql', import.meta.url));
  expect(readFileSync(file, 'utf8')).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
});
