import { graphql } from '#lib/gql/index.ts';

/** What the thread shows of one message. */
export const threadMessage = graphql(`
  fragment ThreadMessage on Message {
    ...MessageSummary
    status
    attempt
    sentAt
    createdAt
    editedAt
    isForwarded
    scheduledAt
    timeZone
    holdReason
    isAssessed
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
      ...MessageSummary
      author {
        name
      }
    }
    media {
      ...MediaOnScreen
    }
    location {
      latitude
      longitude
      url
    }
    contactCards {
      company
      jobTitle
      birthday
      phones {
        phone
        type
      }
      emails {
        email
        type
      }
      urls {
        url
      }
      addresses {
        street
        city
        state
        zip
        country
        type
      }
    }
    interactive {
      header
      footer
      button
      buttons {
        id
        title
      }
      sections {
        title
        rows {
          id
          title
          description
        }
      }
      link {
        title
        url
      }
    }
    reply {
      description
      answers
      name
      isPermanent
      expiresAt
    }
    template {
      language
      category
      header
      footer
      headerLocation {
        name
        address
        latitude
        longitude
        url
      }
      buttons {
        type
        text
        url
        phone
        code
      }
      cards {
        text
        media {
          ...MediaOnScreen
        }
        buttons {
          type
          text
          url
          phone
          code
        }
      }
      offer {
        text
        expiresAt
      }
    }
    order {
      items {
        productId
        price
        currency
      }
    }
    referral {
      url
      sourceType
      headline
      body
      mediaType
    }
    reactions {
      direction
      emoji
      messageId
      at
    }
    cost {
      amount
      currency
      category
      priceType
      isEstimate
    }
  }
`);
