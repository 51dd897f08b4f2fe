import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { LIMIT_RULES } from './limits.ts';

const schema = buildSchema('type Query { a: Query  b: String }');
const faultsOf = (source: string) => validate(schema, parse(source), LIMIT_RULES).map((fault) => fault.message);
const nested = (depth: number) => `{ ${'a { '.repeat(depth - 1)}b${' }'.repeat(depth - 1)} }`;

describe('the bounds of a document', () => {
  it('let ten fields be nested and refuse eleven, by way of fragments too', () => {
    expect(faultsOf(nested(10))).toEqual([]);
    expect(faultsOf(nested(11))).toEqual(['This document is 11 fields deep; 10 are allowed.']);
    expect(faultsOf(`{ a { ...F } } fragment F on Query ${nested(10)}`)).toHaveLength(1);
  });

  it('are found at once however often fragments spread one another', () => {
    const chain = Array.from({ length: 150 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(' ');
    expect(faultsOf(`{ ...F0 } ${chain} fragment F150 on Query { b }`)).toEqual([]);
  });

  it('hold for fragments that go in a circle', () => {
    expect(faultsOf('{ ...F } fragment F on Query { a { ...F } }')).toEqual([]);
  });

  it('let through up to 15 aliases and 20 directives', () => {
    expect(faultsOf(`{ ${Array.from({ length: 15 }, (_, n) => `x${n}: b`).join(' ')} }`)).toEqual([]);
    expect(faultsOf(`{ ${Array.from({ length: 16 }, (_, n) => `x${n}: b`).join(' ')} }`)).toEqual([
      'Up to 15 aliases are allowed.',
    ]);
    expect(faultsOf(`{ ${'b @skip(if: false) '.repeat(21)} }`)).toEqual(['Up to 20 directives are allowed.']);
  });
});
