import { type Check, all, invalid, object, string } from './shapes.ts';

const EMOJI =
  /^(?:\p{RI}\p{RI}|[#*\d]\uFE0F?\u20E3|\p{Emoji}(?:\p{EMod}|\uFE0F)?(?:[\u{E0020}-\u{E007E}]+\u{E007F})?(?:\u200D\p{Emoji}(?:\p{EMod}|\uFE0F)?)*)$/u;

const emoji: Check = (value, path) => {
  if (value === '') return undefined;
  const isOne = typeof value === 'string' && EMOJI.test(value) && !/^[\d#*]$/.test(value);
  return isOne ? undefined : invalid(131009, `${path} must be one emoji`);
};

/** An empty emoji takes the reaction back. */
export const reaction = all(object({ message_id: string(512), emoji }));
