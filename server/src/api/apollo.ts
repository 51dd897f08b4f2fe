import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLSchema, Kind } from 'graphql';
import { authenticate } from '../identity/authenticate.ts';
import { Context, type OperationServices } from '../platform/context.ts';
import { fault } from '../platform/faults.ts';
import { newId } from '../platform/ids.ts';
import { credentialsOf, sessionCookie } from './credentials.ts';
import { describeError } from './describe-error.ts';
import { LIMIT_RULES, LIMITS } from './limits.ts';

/** Queries and mutations by POST to /graphql. */
export async function serveQueries(
  server: FastifyInstance,
  services: OperationServices,
  schema: GraphQLSchema,
  isSecure: boolean,
): Promise<void> {
  const apollo = createApollo(server, services, schema);
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const viewer = await authenticate(services, credentialsOf(request.raw, isSecure));
      const setSession = (token: string | null) => void reply.header('set-cookie', sessionCookie(token, isSecure));
      return new Context(services, viewer, { id: request.id, address: request.ip, setSession });
    },
  });
  server.route({ url: '/graphql', method: 'POST', handler });
}

function createApollo(server: FastifyInstance, services: OperationServices, schema: GraphQLSchema): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    validationRules: LIMIT_RULES,
    parseOptions: { maxTokens: LIMITS.tokens },
    plugins: [
      fastifyApolloDrainPlugin(server),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      refuseSubscriptions,
      refuseStrangersIntrospection,
      endContext,
    ],
    formatError: (formatted, error) => {
      const known =
        error instanceof GraphQLError ? error : new GraphQLError(formatted.message, { extensions: formatted.extensions ?? null });
      return describeError(known, newId(), services.log);
    },
  });
}

/** Left alone, a subscription sent by POST would be answered 200 and null. */
const refuseSubscriptions: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation }) => {
      if (operation?.operation === 'subscription') {
        throw fault(
          'USE_SUBSCRIPTION_TRANSPORT',
          'Subscribe over WebSocket at /graphql or over server-sent events at /graphql/stream.',
          400,
        );
      }
    },
  }),
};

/** The schema is described to whoever may use it. */
const refuseStrangersIntrospection: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ operation, contextValue }) => {
      const asksSchema = operation?.selectionSet.selections.some(
        (selection) => selection.kind !== Kind.FIELD || ['__schema', '__type'].includes(selection.name.value),
      );
      const isOnlySchema = operation?.operation === 'query' && asksSchema;
      if (isOnlySchema && !contextValue.viewer) throw fault('UNAUTHENTICATED', 'Sign in, or send an API key.', 401);
    },
  }),
};

/** The operation's read transaction ends with its answer, whatever became of it. */
const endContext: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue }) => contextValue.close(),
  }),
};
