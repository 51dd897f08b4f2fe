import { graphql } from '#lib/gql/index.ts';

/** What one line says of a message: in the list, in a quote. */
export const messageSummary = graphql(`
  fragment MessageSummary on Message {
    id
    direction
    kind
    text
    revokedAt
    media {
      id
      kind
      isVoice
      durationMs
    }
    location {
      name
      address
    }
    contactCards {
      formattedName
    }
    interactive {
      type
    }
    reply {
      type
    }
    template {
      name
    }
    order {
      items {
        quantity
      }
    }
    system {
      type
    }
    unsupportedType
  }
`);

/** A file as the thread shows it. */
export const mediaOnScreen = graphql(`
  fragment MediaOnScreen on Media {
    id
    kind
    status
    mimeType
    width
    height
    durationMs
    isVoice
    isAnimated
    faultCode
    url
    thumbnailUrl
    fileName
    size
  }
`);

export const cancelMessage = graphql(`
  mutation CancelMessage($input: CancelMessageInput!) {
    cancelMessage(input: $input) {
      message {
        ...ThreadMessage
      }
      userErrors {
        code
      }
    }
  }
`);

export const releaseMessage = graphql(`
  mutation ReleaseMessage($input: ReleaseMessageInput!) {
    releaseMessage(input: $input) {
      message {
        ...ThreadMessage
      }
      userErrors {
        code
      }
    }
  }
`);

export const sendReaction = graphql(`
  mutation SendReaction($input: SendMessageInput!) {
    sendMessage(input: $input) {
      message {
        id
        status
      }
      userErrors {
        code
      }
    }
  }
`);

/** One message anew, where the live line told of something else that changed it. */
export const readMessage = graphql(`
  query ReadMessage($id: ID!) {
    message(id: $id) {
      ...ThreadMessage
    }
  }
`);

export const retryMedia = graphql(`
  mutation RetryMedia($input: RetryMediaInput!) {
    retryMedia(input: $input) {
      media {
        ...MediaOnScreen
      }
      userErrors {
        code
      }
    }
  }
`);
