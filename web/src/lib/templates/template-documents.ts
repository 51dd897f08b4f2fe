import { graphql } from '#lib/gql/index.ts';

export const templateOnScreen = graphql(`
  fragment TemplateOnScreen on Template {
    ...PickedTemplate
    status
    quality
    rejectedReason
    statusNote
    mayBeUnpaused
    parameterFormat
    upcomingCategory
    upcomingAt
    updatedAt
    account {
      id
      name
      wabaId
    }
  }
`);

export const listAllTemplates = graphql(`
  query ListAllTemplates($first: Int!, $after: String, $search: String, $status: TemplateStatus, $category: TemplateCategory) {
    eventCursor
    templates(first: $first, after: $after, search: $search, status: $status, category: $category) {
      nodes {
        ...TemplateOnScreen
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const templateChanged = graphql(`
  subscription TemplateChangedOnScreen($after: Cursor) {
    templateChanged(after: $after) {
      cursor
      template {
        ...TemplateOnScreen
      }
    }
  }
`);

/** The accounts whose templates can be read and made, by one number of each. */
export const listSenders = graphql(`
  query ListSenders {
    whatsappNumbers {
      id
      name
      status
      account {
        id
        name
        wabaId
        templatesSyncedAt
      }
    }
  }
`);

export const syncTemplates = graphql(`
  mutation SyncTemplates($input: SyncTemplatesInput!) {
    syncTemplates(input: $input) {
      account {
        id
        templatesSyncedAt
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

export const createTemplate = graphql(`
  mutation CreateTemplate($input: CreateTemplateInput!) {
    answer: createTemplate(input: $input) {
      template {
        ...TemplateOnScreen
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

export const editTemplate = graphql(`
  mutation EditTemplate($input: EditTemplateInput!) {
    answer: editTemplate(input: $input) {
      template {
        ...TemplateOnScreen
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

export const submitTemplate = graphql(`
  mutation SubmitTemplate($input: SubmitTemplateInput!) {
    answer: submitTemplate(input: $input) {
      template {
        ...TemplateOnScreen
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

export const unpauseTemplate = graphql(`
  mutation UnpauseTemplate($input: UnpauseTemplateInput!) {
    answer: unpauseTemplate(input: $input) {
      template {
        ...TemplateOnScreen
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

export const deleteTemplate = graphql(`
  mutation DeleteTemplate($input: DeleteTemplateInput!) {
    answer: deleteTemplate(input: $input) {
      deletedId
      userErrors {
        code
        metaCode
        message
        field
      }
    }
  }
`);
