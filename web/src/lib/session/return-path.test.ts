import { describe, expect, it } from 'vitest';
import { returnPath, signInPath } from './return-path.ts';

const back = (path: string) => returnPath(new URL(signInPath(path), 'http://localhost').searchParams);

describe('the way back after signing in', () => {
  it('leads to the page that was asked for', () => {
    expect(back('/c/0190')).toBe('/c/0190');
    expect(back('/')).toBe('/');
  });

  it('never leaves the client', () => {
    for (const to of ['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', 'javascript:alert(1)']) {
      expect(returnPath(new URLSearchParams({ to }))).toBe('/');
    }
  });
});
