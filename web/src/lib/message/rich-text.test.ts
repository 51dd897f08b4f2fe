import { describe, expect, it } from 'vitest';
import { plainText, richBlocks, webHref, type Inline } from './rich-text.ts';

/** The nodes of one line, written short: `b(…)`, `i(…)`, `s(…)`, `c(…)`, `a(…)`. */
function short(text: string): string {
  const letters = { strong: 'b', em: 'i', strike: 's', code: 'c', link: 'a' } as const;
  const of = (nodes: Inline[]): string =>
    nodes
      .map((node) => {
        if (node.kind === 'text') return node.text;
        return `${letters[node.kind]}(${'children' in node ? of(node.children) : node.text})`;
      })
      .join('');
  const [block] = richBlocks(text);
  return block && block.kind !== 'mono' ? of(block.children) : '';
}

describe('the marks of a text', () => {
  it('are bold, italic, struck and code, one within the other', () => {
    expect(short('a *b* _c_ ~d~ `e` ```f```')).toBe('a b(b) i(c) s(d) c(e) c(f)');
    expect(short('*so _very_ big*')).toBe('b(so i(very) big)');
    expect(short('(*x*), *y*!')).toBe('(b(x)), b(y)!');
    expect(short('*مهم* جدًا')).toBe('b(مهم) جدًا');
  });

  it('are none within words, around spaces, or left open', () => {
    for (const text of ['2*3*4 = 24', 'snake_case_name', 'x * not bold *', '*open', '**', 'a ~ b ~ c'])
      expect(short(text)).toBe(text);
  });

  it('keep to their line, but one width spans lines', () => {
    expect(richBlocks('*a\nb*').map((block) => block.kind)).toEqual(['line', 'line']);
    expect(richBlocks('see\n```x\ny```\nend')).toEqual([
      { kind: 'line', children: [{ kind: 'text', text: 'see' }] },
      { kind: 'mono', text: 'x\ny' },
      { kind: 'line', children: [{ kind: 'text', text: 'end' }] },
    ]);
  });

  it('lead quotes and points of a list', () => {
    expect(richBlocks('> said\n- one\n* two\n-3').map((block) => block.kind)).toEqual(['quote', 'point', 'point', 'line']);
  });

  it('never run away on a long text full of marks', () => {
    expect(richBlocks('*a '.repeat(1_300)).length).toBe(1);
  });

  it('go in a preview of one line', () => {
    expect(plainText('*Order* 12\n> is `ready`')).toBe('Order 12 is ready');
  });
});

describe('links', () => {
  it('are addresses of the web and of mail, without the end of the sentence', () => {
    expect(short('See https://nakheel.example/a_b_c?x=1, or (www.acme.example/x).')).toBe(
      'See a(https://nakheel.example/a_b_c?x=1), or (a(www.acme.example/x)).',
    );
    expect(short('write to maha@nakheel.example!')).toBe('write to a(maha@nakheel.example)!');
    expect(short('https://en.wikipedia.example/wiki/Cube_(unit)')).toBe('a(https://en.wikipedia.example/wiki/Cube_(unit))');
  });

  it('lead nowhere but to the web', () => {
    expect(short('javascript:alert(1) data:text/html,x')).toBe('javascript:alert(1) data:text/html,x');
    expect(webHref('javascript:alert(1)')).toBeNull();
    expect(webHref('nakheel.example')).toBeNull();
    expect(webHref('https://nakheel.example')).toBe('https://nakheel.example/');
  });
});
