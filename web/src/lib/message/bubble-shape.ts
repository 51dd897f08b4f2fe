import type { ThreadMessageFragment } from '#lib/gql/graphql.ts';
import { isEmojiOnly } from './emoji-only.ts';

/**
 * How a bubble is drawn: `plain` with room around its words, `media` with a picture to its edges, `card` in strips divided by hairlines,
 * `bare` without ground, `large` for emojis alone.
 */
export type BubbleShape = 'plain' | 'media' | 'card' | 'bare' | 'large';

type Shaped = Pick<ThreadMessageFragment, 'kind' | 'text'> & {
  revokedAt?: string | null;
  replyTo?: unknown;
  referral?: unknown;
  interactive?: unknown;
  media?: { status?: string | null } | null;
};

/** The shape of a message's bubble. */
export function bubbleShape(message: Shaped): BubbleShape {
  if (message.revokedAt) return 'plain';
  switch (message.kind) {
    case 'IMAGE':
    case 'VIDEO':
    case 'LOCATION':
      return 'media';
    case 'STICKER':
      return message.media?.status === 'STORED' || message.media?.status === 'FETCHING' ? 'bare' : 'plain';
    case 'TEMPLATE':
    case 'CONTACTS':
    case 'ORDER':
      return 'card';
    case 'INTERACTIVE':
      return message.interactive ? 'card' : 'plain';
    case 'TEXT':
      return !message.replyTo && !message.referral && isEmojiOnly(message.text ?? '') ? 'large' : 'plain';
    default:
      return 'plain';
  }
}
