import { describe, expect, it } from 'vitest';
import { withOurReaction } from './our-reaction.ts';

const theirs = { direction: 'INBOUND' as const, emoji: '🙏', messageId: 'r', at: '2026-11-24T10:00:00Z' };
const emojis = (reactions: ReturnType<typeof withOurReaction>) =>
  reactions.map(({ direction, emoji }) => `${direction} ${emoji}`);

describe('our reaction', () => {
  it('stands beside that of the customer, one at a time', () => {
    const once = withOurReaction([theirs], '👍');
    expect(emojis(once)).toEqual(['INBOUND 🙏', 'OUTBOUND 👍']);
    expect(emojis(withOurReaction(once, '❤️'))).toEqual(['INBOUND 🙏', 'OUTBOUND ❤️']);
  });

  it('is taken back by an empty one', () => {
    expect(emojis(withOurReaction(withOurReaction([theirs], '👍'), ''))).toEqual(['INBOUND 🙏']);
  });
});
