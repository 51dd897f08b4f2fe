import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types of the web client's documents. A component's documents stand in a `.ts` file beside it: codegen does not read `.svelte`. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['web/src/**/*.ts', '!web/src/lib/gql/**'],
  generates: {
    'web/src/lib/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: { DateTime: 'string', Cursor: 'string', PhoneNumber: 'string' },
      },
    },
  },
};
export default config;
