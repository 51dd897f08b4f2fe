import { describe, expect, it } from 'vitest';
import { Recent } from './recent.ts';

describe('a map of what was asked for recently', () => {
  it('makes each value once and forgets the one not asked for the longest', () => {
    const made: string[] = [];
    const recent = new Recent<string, string>(2);
    const get = (key: string) => recent.getOrMake(key, () => (made.push(key), key.toUpperCase()));
    expect(['a', 'b', 'a', 'c', 'a', 'b'].map(get)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
    expect(recent.size).toBe(2);
  });
});
