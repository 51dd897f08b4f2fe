import { graphql } from '#lib/gql/index.ts';

export const viewerFragment = graphql(`
  fragment ViewerOnScreen on Viewer {
    locale
    permissions
    member {
      id
      name
      email
      role {
        id
        name
      }
    }
    tenant {
      id
      name
    }
  }
`);

export const readViewer = graphql(`
  query ReadViewer {
    viewer {
      ...ViewerOnScreen
    }
  }
`);

export const signIn = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      viewer {
        locale
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const signOut = graphql(`
  mutation SignOut {
    signOut {
      userErrors {
        code
      }
    }
  }
`);
