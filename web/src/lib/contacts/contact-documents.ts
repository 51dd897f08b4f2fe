import { graphql } from '#lib/gql/index.ts';

export const contactRow = graphql(`
  fragment ContactRow on Contact {
    id
    name
    phone
    createdAt
    marketingStoppedAt
    identities {
      id
      kind
      value
      endedAt
    }
  }
`);

export const listContacts = graphql(`
  query ListContacts($first: Int!, $after: String, $search: String) {
    contacts(first: $first, after: $after, search: $search) {
      nodes {
        ...ContactRow
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const mergeOnScreen = graphql(`
  fragment MergeOnScreen on ContactMerge {
    id
    mergedAt
    undoneAt
    from {
      ...ContactRow
    }
    into {
      ...ContactRow
    }
  }
`);

export const readContact = graphql(`
  query ReadContact($id: ID!) {
    contact(id: $id) {
      ...ContactRow
      mergedInto {
        ...ContactRow
      }
      merges {
        ...MergeOnScreen
      }
    }
  }
`);

export const mergeContacts = graphql(`
  mutation MergeContacts($input: MergeContactsInput!) {
    mergeContacts(input: $input) {
      merge {
        id
      }
      userErrors {
        code
      }
    }
  }
`);

export const undoContactMerge = graphql(`
  mutation UndoContactMerge($input: UndoContactMergeInput!) {
    undoContactMerge(input: $input) {
      merge {
        id
      }
      userErrors {
        code
      }
    }
  }
`);
