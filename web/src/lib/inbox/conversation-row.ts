import { graphql } from '#lib/gql/index.ts';

/** What a row of the list, the thread's bar and the contact panel show of a conversation. */
export const conversationRow = graphql(`
  fragment ConversationRow on Conversation {
    id
    status
    createdAt
    lastActivityAt
    unreadCount
    window {
      isOpen
      closesAt
    }
    contact {
      id
      name
      phone
      createdAt
      identities {
        id
        kind
        value
        undeliverableAt
      }
    }
    assignee {
      id
      name
    }
    whatsappNumber {
      id
      name
      displayPhone
      status
    }
    lastMessage {
      ...MessageSummary
      status
      attempt
      sentAt
      failure {
        code
        metaCode
      }
    }
  }
`);
