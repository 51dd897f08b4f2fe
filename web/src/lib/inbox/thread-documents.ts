import { graphql } from '#lib/gql/index.ts';

/** One page of a thread, newest last; `before` walks towards the beginning. */
export const openThread = graphql(`
  query OpenThread($id: ID!, $last: Int!, $before: String) {
    conversation(id: $id) {
      ...ConversationRow
      messages(last: $last, before: $before) {
        nodes {
          ...ThreadMessage
        }
        pageInfo {
          startCursor
          hasPreviousPage
        }
      }
    }
  }
`);

export const sendMessage = graphql(`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        ...ThreadMessage
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const retryMessage = graphql(`
  mutation RetryMessage($input: RetryMessageInput!) {
    retryMessage(input: $input) {
      message {
        ...ThreadMessage
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const markConversationRead = graphql(`
  mutation MarkConversationRead($input: MarkConversationReadInput!) {
    markConversationRead(input: $input) {
      conversation {
        ...ConversationRow
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const assignConversation = graphql(`
  mutation AssignConversation($input: AssignConversationInput!) {
    assignConversation(input: $input) {
      conversation {
        ...ConversationRow
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const resolveConversation = graphql(`
  mutation ResolveConversation($input: ResolveConversationInput!) {
    resolveConversation(input: $input) {
      conversation {
        ...ConversationRow
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const reopenConversation = graphql(`
  mutation ReopenConversation($input: ReopenConversationInput!) {
    reopenConversation(input: $input) {
      conversation {
        ...ConversationRow
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const listMembers = graphql(`
  query ListMembers {
    members {
      id
      name
    }
  }
`);
