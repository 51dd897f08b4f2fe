import { describe, expect, it } from 'vitest';
import { hueOf, initialsOf } from './face.ts';

describe('faces', () => {
  it('takes first and last initial in Latin, one letter without the article in Arabic', () => {
    expect([initialsOf('Maha Al-Otaibi'), initialsOf('Nakheel Towers Co.'), initialsOf('dana')]).toEqual(['MA', 'NC', 'D']);
    expect([initialsOf('العتيبي مها'), initialsOf('مها العتيبي')]).toEqual(['ع', 'م']);
  });

  it('has none for a number', () => {
    expect(initialsOf('+966 50 314 2208')).toBeNull();
  });

  it('gives an id the same hue always, and different ids all eight', () => {
    expect(hueOf('0190-a')).toBe(hueOf('0190-a'));
    expect(new Set(Array.from({ length: 200 }, (_, n) => hueOf(`id-${n}`))).size).toBe(8);
  });
});
