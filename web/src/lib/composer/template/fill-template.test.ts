import { describe, expect, it } from 'vitest';
import { plainText } from '#lib/message/rich-text.ts';
import { cleanValue, filledText, firstName, nameVariable, withHoles, type Variable } from './fill-template.ts';

const body = (name: string): Variable => ({ place: 'BODY', name, kind: 'TEXT', label: null, example: null });
const values: Record<string, string> = { '1': 'Huda', day: 'Tuesday' };

describe('a template that is filled in', () => {
  it('shows its values, and what is missing by its name', () => {
    const text = 'Hello {{1}}, we come on {{ day }} at {{3}}.';
    expect(
      filledText(
        text,
        (name) => values[name] ?? '',
        (name) => `[${name}]`,
      ),
    ).toBe('Hello Huda, we come on Tuesday at [3].');
  });

  it('keeps its holes apart from the marks of bold and italic', () => {
    expect(plainText(withHoles('Hello *{{first_name}}*!'))).toBe('Hello \uE000first_name\uE001!');
  });

  it('knows the variable that is the name of the customer', () => {
    const find = (text: string, ...names: string[]) => nameVariable({ body: text, variables: names.map(body) })?.name ?? null;
    expect(find('Your order {{order}}, {{first_name}}', 'order', 'first_name')).toBe('first_name');
    expect(find('Hello {{1}}, order {{2}}', '1', '2')).toBe('1');
    expect(find('مرحبًا {{1}}، طلبك {{2}}', '1', '2')).toBe('1');
    expect(find('Order {{1}} is ready', '1')).toBeNull();
  });

  it('takes the first name, and values as WhatsApp takes them', () => {
    expect(firstName('  Huda Mansour')).toBe('Huda');
    expect(cleanValue('a\nb\tc       d')).toBe('a b c    d');
  });
});
