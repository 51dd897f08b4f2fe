import { graphql } from '#lib/gql/index.ts';

/** A template as the picker shows it and fills it in. */
export const pickedTemplate = graphql(`
  fragment PickedTemplate on Template {
    id
    name
    language
    category
    isSendable
    notSendableReason
    body
    footer
    header {
      kind
      text
    }
    headerMedia {
      ...MediaOnScreen
    }
    buttons {
      type
      text
      url
      phone
    }
    variables {
      place
      name
      kind
      label
      example
    }
    cards {
      headerKind
      headerMedia {
        ...MediaOnScreen
      }
      body
      buttons {
        type
        text
        url
        phone
      }
      variables {
        place
        name
        kind
        label
        example
      }
    }
    offer {
      text
      hasExpiration
    }
  }
`);

export const listTemplates = graphql(`
  query ListTemplates($search: String, $whatsappNumberId: ID!, $conversationId: ID!, $first: Int!, $after: String) {
    templates(search: $search, whatsappNumberId: $whatsappNumberId, first: $first, after: $after) {
      nodes {
        ...PickedTemplate
        obstacle: notSendableReason(conversationId: $conversationId)
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

/** What besides the template decides whether it may be sent to somebody. */
export const readReach = graphql(`
  query ReadReach($id: ID!) {
    conversation(id: $id) {
      id
      contact {
        id
        marketingStoppedAt
      }
      whatsappNumber {
        id
        messagingLimit {
          limit
          used
          remaining
        }
      }
    }
  }
`);
