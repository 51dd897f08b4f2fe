import { graphql, type GraphQLSchema } from 'graphql';
import { authenticate } from '../../src/identity/authenticate.ts';
import { Context } from '../../src/platform/context.ts';
import type { TestApp } from '../harness/app.ts';

/** Runs an operation for the holder of a key on any schema, past HTTP and its limits, and gives the answer's text. */
export async function askInside(
  { services }: TestApp,
  schema: GraphQLSchema,
  apiKey: string,
  source: string,
  variableValues = {},
): Promise<string> {
  const ctx = new Context(services, await authenticate(services, { apiKey }), { id: 'test', address: '' });
  try {
    return JSON.stringify(await graphql({ schema, source, variableValues, contextValue: ctx }));
  } finally {
    await ctx.close();
  }
}
