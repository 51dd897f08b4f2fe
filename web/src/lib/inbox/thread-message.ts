import { graphql } from '#lib/gql/index.ts';

/** What the thread shows of one message. */
export const threadMessage = graphql(`
  fragment ThreadMessage on Message {
    id
    direction
    kind
    text
    status
    attempt
    sentAt
    createdAt
    author {
      id
      kind
      name
    }
    failure {
      code
      metaCode
      retryable
    }
    replyTo {
      id
      direction
      kind
      text
      author {
        name
      }
    }
  }
`);
