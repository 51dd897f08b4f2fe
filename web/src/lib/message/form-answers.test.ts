import { describe, expect, it } from 'vitest';
import { formAnswers } from './form-answers.ts';

describe('the answers of a form', () => {
  it('are names and words, without what WhatsApp put there for itself', () => {
    expect(formAnswers('{"flow_token":"x","screen_0_full_name":"Maha","size":["L","XL"],"age":31}')).toEqual([
      { name: 'full name', value: 'Maha' },
      { name: 'size', value: '["L","XL"]' },
      { name: 'age', value: '31' },
    ]);
  });

  it('are none where there is nothing to read', () => {
    for (const json of [null, '', 'not json', '[1]', 'null', '"x"']) expect(formAnswers(json)).toEqual([]);
  });
});
