import { expect, it } from 'vitest';
import { prettyJson } from './pretty-json.ts';

it('indents JSON and leaves everything else alone', () => {
  expect(prettyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(prettyJson('<html>{')).toBe('<html>{');
});
