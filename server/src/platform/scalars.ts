import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A moment, as ISO 8601 in UTC.',
  // Ours are always dates: looking at the text again with patterns would cost more than the rest of a small payload.
  serialize: (value) => (value instanceof Date ? value.toISOString() : GraphQLDateTimeISO.serialize(value)),
  specifiedByURL: null,
});

/** Reads a phone as people write it, Arabic digits included, and gives E.164; null when it is none. */
export function readPhone(text: string): string | null {
  const phone = parsePhoneNumberFromString(text.trim().replace(/^00/, '+'));
  return phone?.isPossible() ? phone.number : null;
}

function parsePhone(value: unknown): string {
  const phone = typeof value === 'string' ? readPhone(value) : null;
  if (!phone)
    throw new GraphQLError('A phone number is written with its country code, like +966501234567.', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  return phone;
}

export const PhoneNumber = new GraphQLScalarType({
  name: 'PhoneNumber',
  description: 'A phone number in E.164, like +966501234567; with dots in its middle for those who may not see it whole.',
  serialize: String,
  parseValue: parsePhone,
  parseLiteral: (node) => parsePhone(node.kind === Kind.STRING ? node.value : null),
});

export const Cursor = new GraphQLScalarType({
  name: 'Cursor',
  description: "A place in a tenant's event log. Opaque: keep it and give it back.",
  serialize: String,
  parseValue: (value) => String(value),
  parseLiteral: (node) => (node.kind === Kind.STRING ? node.value : ''),
});
