import { graphql } from '#lib/gql/index.ts';

/** Up to a hundred of each: the badges say no more than 99+. */
export const readAttention = graphql(`
  query ReadAttention($withWebhooks: Boolean!) {
    failedMessages(first: 100) {
      nodes {
        id
      }
    }
    waitingMessages(for: HELD, first: 100) {
      nodes {
        id
      }
    }
    quarantinedWebhooks(first: 100) @include(if: $withWebhooks) {
      nodes {
        id
      }
    }
  }
`);
