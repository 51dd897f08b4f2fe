import type { Context } from '../../platform/context.ts';
import type { Parts } from '../../whatsapp/content.ts';
import type { MessageRow } from '../messages-by-id.ts';

const NOTHING: Parts = {};
/** What was opened once of a row is shown by many of its fields. */
const opened = new WeakMap<object, Parts>();

/** What a message holds besides its text. Without waiting when the key is at hand. */
export function partsOf(message: MessageRow, ctx: Context): Parts | Promise<Parts> {
  if (!message.parts) return NOTHING;
  const known = opened.get(message);
  if (known) return known;
  const text = ctx.open('message', 'parts', message.id, message.parts);
  return typeof text === 'string' ? keep(message, text) : text.then((read) => keep(message, read));
}

/** One part of a message, or null. */
export function partOf<Name extends keyof Parts>(
  message: MessageRow,
  ctx: Context,
  name: Name,
): NonNullable<Parts[Name]> | null | Promise<NonNullable<Parts[Name]> | null> {
  const parts = partsOf(message, ctx);
  return parts instanceof Promise ? parts.then((read) => read[name] ?? null) : (parts[name] ?? null);
}

function keep(message: MessageRow, text: string): Parts {
  const parts = JSON.parse(text) as Parts;
  opened.set(message, parts);
  return parts;
}
