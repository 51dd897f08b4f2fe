import { graphql } from '#lib/gql/index.ts';

export const listQuarantine = graphql(`
  query ListQuarantine($first: Int!, $after: String) {
    quarantinedWebhooks(first: $first, after: $after) {
      nodes {
        id
        reason
        receivedAt
        resolvedAt
        isShared
        body
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const replayWebhook = graphql(`
  mutation ReplayWebhook($input: ReplayWebhookInput!) {
    answer: replayWebhook(input: $input) {
      webhook {
        id
        resolvedAt
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const dismissWebhook = graphql(`
  mutation DismissWebhook($input: DismissWebhookInput!) {
    answer: dismissWebhook(input: $input) {
      webhook {
        id
        resolvedAt
      }
      userErrors {
        code
        message
      }
    }
  }
`);
