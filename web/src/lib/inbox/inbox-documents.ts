import { graphql } from '#lib/gql/index.ts';

/** The inbox's first reading. `eventCursor` is where the live line starts, so nothing falls between the two. */
export const openInbox = graphql(`
  query OpenInbox($filter: ConversationFilter!, $first: Int!) {
    eventCursor
    inboxCounts {
      ...Counts
    }
    conversations(filter: $filter, first: $first) {
      ...ConversationPage
    }
  }
`);

export const conversationPage = graphql(`
  fragment ConversationPage on ConversationConnection {
    nodes {
      ...ConversationRow
    }
    pageInfo {
      endCursor
      hasNextPage
    }
  }
`);

export const countsFragment = graphql(`
  fragment Counts on InboxCounts {
    mine
    unassigned
    open
    unread
  }
`);

export const listConversations = graphql(`
  query ListConversations($filter: ConversationFilter!, $first: Int!, $after: String) {
    conversations(filter: $filter, first: $first, after: $after) {
      ...ConversationPage
    }
  }
`);

export const readCounts = graphql(`
  query ReadCounts {
    inboxCounts {
      ...Counts
    }
  }
`);

export const readCursor = graphql(`
  query ReadCursor {
    eventCursor
  }
`);

export const conversationChanged = graphql(`
  subscription ConversationChanged($after: Cursor) {
    conversationChanged(after: $after) {
      cursor
      conversation {
        ...ConversationRow
      }
      message {
        ...ThreadMessage
      }
    }
  }
`);
