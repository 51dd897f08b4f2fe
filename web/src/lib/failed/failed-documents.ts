import { graphql } from '#lib/gql/index.ts';

/** What says whether a message can be sent again. */
export const retryable = graphql(`
  fragment Retryable on Message {
    id
    kind
    status
    failure {
      retryable
    }
    template {
      category
    }
    conversation {
      id
      window {
        isOpen
      }
    }
  }
`);

export const attentionRow = graphql(`
  fragment AttentionRow on Message {
    ...MessageSummary
    ...Retryable
    attempt
    sentAt
    createdAt
    scheduledAt
    timeZone
    holdReason
    author {
      kind
      name
    }
    failure {
      code
      metaCode
    }
    conversation {
      contact {
        id
        name
        phone
        identities {
          kind
          value
        }
      }
      whatsappNumber {
        id
        name
      }
    }
  }
`);

export const listFailed = graphql(`
  query ListFailed($first: Int!, $after: String) {
    eventCursor
    list: failedMessages(first: $first, after: $after) {
      nodes {
        ...AttentionRow
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const listWaiting = graphql(`
  query ListWaiting($kind: WaitingKind!, $first: Int!, $after: String) {
    eventCursor
    list: waitingMessages(for: $kind, first: $first, after: $after) {
      nodes {
        ...AttentionRow
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

/** All that failed, only as far as sending again needs it. */
export const failedIds = graphql(`
  query FailedIds($after: String) {
    failedMessages(first: 100, after: $after) {
      nodes {
        ...Retryable
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const messageStatusChanged = graphql(`
  subscription MessageStatusChanged($after: Cursor) {
    messageChanged(after: $after) {
      cursor
      status
      message {
        id
      }
    }
  }
`);

export const retryMany = graphql(`
  mutation RetryMany($input: RetryMessagesInput!) {
    retryMessages(input: $input) {
      messages {
        id
      }
      userErrors {
        code
      }
    }
  }
`);

export const reschedule = graphql(`
  mutation Reschedule($input: RescheduleMessageInput!) {
    rescheduleMessage(input: $input) {
      message {
        id
      }
      userErrors {
        code
      }
    }
  }
`);
