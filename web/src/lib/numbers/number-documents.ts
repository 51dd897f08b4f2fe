import { graphql } from '#lib/gql/index.ts';

export const numberOnScreen = graphql(`
  fragment NumberOnScreen on WhatsappNumber {
    id
    name
    displayPhone
    phoneNumberId
    status
    quality
    nameStatus
    pausedBy
    pausedReason
    isUnregistered
    pausedCode
    campaignsStoppedAt
    isCoexistence
    throughput
    messagesPerSecond
    syncedAt
    webhookUrl
    messagingLimit {
      limit
      used
      remaining
      resetsAt
    }
    account {
      id
      wabaId
      name
      currency
      reviewStatus
    }
    app {
      id
      appId
    }
    profile {
      about
      address
      description
      email
      websites
      vertical
      pictureUrl
    }
  }
`);

export const listNumbers = graphql(`
  query ListNumbers {
    eventCursor
    whatsappNumbers {
      ...NumberOnScreen
    }
  }
`);

export const numberChanged = graphql(`
  subscription NumberChanged($after: Cursor) {
    eventRecorded(after: $after, kinds: [NUMBER_CHANGED]) {
      cursor
      subjectId
    }
  }
`);

export const connectNumber = graphql(`
  mutation ConnectNumber($input: ConnectNumberInput!) {
    answer: connectNumber(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const registerNumber = graphql(`
  mutation RegisterNumber($input: RegisterNumberInput!) {
    answer: registerNumber(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const disconnectNumber = graphql(`
  mutation DisconnectNumber($input: DisconnectNumberInput!) {
    answer: disconnectNumber(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const pauseNumber = graphql(`
  mutation PauseNumber($input: PauseNumberInput!) {
    answer: pauseNumber(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const resumeNumber = graphql(`
  mutation ResumeNumber($input: ResumeNumberInput!) {
    answer: resumeNumber(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const syncNumber = graphql(`
  mutation SyncNumber($input: SyncNumberInput!) {
    answer: syncNumber(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const replaceNumberToken = graphql(`
  mutation ReplaceNumberToken($input: ReplaceNumberTokenInput!) {
    answer: replaceNumberToken(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);

export const updateBusinessProfile = graphql(`
  mutation UpdateBusinessProfile($input: UpdateBusinessProfileInput!) {
    answer: updateBusinessProfile(input: $input) {
      whatsappNumber {
        ...NumberOnScreen
      }
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);
