import { describe, expect, it } from 'vitest';
import { nameBeginnings, searchWords } from './name-words.ts';

describe('the words of a name', () => {
  it('are the same however their Arabic is written', () => {
    const forms = ['أحمد', 'احمد', 'أَحْمَد', 'أحـــمد', 'آحمد'];
    expect(new Set(forms.flatMap(searchWords))).toEqual(new Set(['احمد']));
    expect(searchWords('فاطمة')).toEqual(searchWords('فاطمه'));
    expect(searchWords('ليلى')).toEqual(searchWords('ليلي'));
    // Presentation forms, as old systems export them, and Persian letters.
    expect(searchWords('ﻣﺤﻤﺪ')).toEqual(['محمد']);
    expect(searchWords('کریم')).toEqual(searchWords('كريم'));
  });

  it('are the same in capitals and in full width', () => {
    expect(searchWords('ADA Ｌovelace')).toEqual(['ada', 'lovelace']);
  });

  it('are found by every beginning from two to twelve letters', () => {
    expect(nameBeginnings('Ada Lo')).toEqual(['ad', 'ada', 'lo']);
    expect(nameBeginnings('Konstantinopolous').at(-1)).toBe('konstantinop');
    expect(searchWords('Konstantinopolous')).toEqual(['konstantinop']);
  });

  it('leave out signs, emoji and single letters, and repeat nothing', () => {
    expect(searchWords("  O'Neil 🌙 – neil, Neil! x ")).toEqual(['neil']);
    expect(nameBeginnings('🌙 !')).toEqual([]);
  });

  it('of a very long name stay few', () => {
    expect(nameBeginnings(Array.from({ length: 500 }, (_, n) => `word${n}`).join(' ')).length).toBeLessThanOrEqual(8 * 11);
  });
});
