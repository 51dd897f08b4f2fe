import { type Check, invalid, isFields, isLongerThan, unknownField } from './shapes.ts';

const TEXT_MAX = 4096;
const FIELDS = new Set(['body', 'preview_url']);

/** By hand rather than by shape: nearly every send is a text. */
export const text: Check = (content) => {
  if (!isFields(content)) return invalid(131008, "'text' is required");
  const unknown = unknownField(content, FIELDS);
  if (unknown) return unknown;
  const { body, preview_url } = content;
  if (typeof body !== 'string' || body.trim() === '') return invalid(131008, 'text.body is required');
  if (isLongerThan(body, TEXT_MAX)) return invalid(131009, `text.body must be at most ${TEXT_MAX} characters`);
  if (preview_url !== undefined && typeof preview_url !== 'boolean') return invalid(131009, 'text.preview_url must be a boolean');
  return undefined;
};
