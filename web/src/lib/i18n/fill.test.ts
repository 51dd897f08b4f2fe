import { describe, expect, it } from 'vitest';
import { ar } from './ar.ts';
import { en } from './en.ts';
import { fill, formOf, strongPieces } from './fill.ts';

const plain = (value: number) => String(value);

describe('counted messages', () => {
  it('uses all six Arabic forms', () => {
    const rules = new Intl.PluralRules('ar');
    const texts = [0, 1, 2, 3, 11, 100].map((n) => fill(formOf(ar['thread.new'], rules, n), { n }, plain));
    expect(new Set(texts).size).toBe(6);
  });

  it('has two forms in English', () => {
    const rules = new Intl.PluralRules('en');
    expect(formOf(en['duration.hours'], rules, 1)).not.toBe(formOf(en['duration.days'], rules, 1));
    expect(fill(formOf(en['list.unread'], rules, 2), { n: 2 }, plain)).toBe('2 unread');
  });
});

describe('filling in', () => {
  it('leaves a placeholder that was given no value', () => {
    expect(fill('{a} and {b}', { a: 1 }, plain)).toBe('1 and {b}');
  });

  it('gives numbers the digits of the reader', () => {
    const arabic = new Intl.NumberFormat('ar-u-nu-arab');
    expect(fill('{n}', { n: 1240 }, (value) => arabic.format(value))).toBe('١٬٢٤٠');
  });

  it('never reads a star in a value as a mark', () => {
    const pieces = strongPieces('Hello *{name}*!').map((piece) => fill(piece.text, { name: '*x*' }, plain));
    expect(pieces).toEqual(['Hello ', '*x*', '!']);
  });

  it('names the same placeholders in both languages', () => {
    const names = (text: string | object) =>
      [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].filter((name) => name !== '{n}').sort();
    const keys = Object.keys(en) as (keyof typeof en)[];
    for (const key of keys) expect([key, names(ar[key])]).toEqual([key, names(en[key])]);
  });
});
