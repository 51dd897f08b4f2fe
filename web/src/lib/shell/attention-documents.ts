import { graphql } from '#lib/gql/index.ts';

/** Up to a hundred of each: the badge says no more than 99+. */
export const readAttention = graphql(`
  query ReadAttention {
    failedMessages(first: 100) {
      nodes {
        id
      }
    }
    waitingMessages(kind: HELD, first: 100) {
      nodes {
        id
      }
    }
  }
`);
