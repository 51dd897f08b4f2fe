import type { ThreadMessageFragment } from '#lib/gql/graphql.ts';

type Reactions = NonNullable<ThreadMessageFragment['reactions']>;

/** The reactions of a message with ours in place of the one before; an empty emoji takes it back. */
export function withOurReaction(reactions: Reactions, emoji: string, at = new Date().toISOString()): Reactions {
  const theirs = reactions.filter(({ direction }) => direction !== 'OUTBOUND');
  return emoji === '' ? theirs : [...theirs, { direction: 'OUTBOUND', emoji, messageId: null, at }];
}
