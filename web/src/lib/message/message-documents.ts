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
    fault
  }
`);
