import { Client, fetchExchange, type AnyVariables, type CombinedError, type DocumentInput } from '@urql/core';

/** What a request failed by: nothing reached us, nobody is signed in, or the server said no. */
export type Fault = 'unreachable' | 'signed-out' | 'refused';

export class RequestFault extends Error {
  constructor(
    readonly fault: Fault,
    readonly code: string,
  ) {
    super(`${fault}: ${code}`);
  }
}

const client = new Client({
  url: '/graphql',
  exchanges: [fetchExchange],
  preferGetMethod: false,
  requestPolicy: 'network-only',
  fetchOptions: { credentials: 'same-origin', headers: { 'apollo-require-preflight': 'true' } },
});

/** Answers that do not say whether the request took effect: it may be asked again with the same key. */
const undecided = new Set<unknown>(['INTERNAL_SERVER_ERROR', 'TOO_MANY', undefined]);

function faultOf({ graphQLErrors, response }: CombinedError): RequestFault {
  const code = graphQLErrors[0]?.extensions['code'];
  const status: unknown = response?.status;
  if (code === 'UNAUTHENTICATED' || status === 401) return new RequestFault('signed-out', 'UNAUTHENTICATED');
  if (undecided.has(code) || (typeof status === 'number' && status >= 500))
    return new RequestFault('unreachable', String(code ?? status ?? 'NO_ANSWER'));
  return new RequestFault('refused', String(code));
}

async function answered<Data>(
  request: PromiseLike<{ data?: Data | undefined; error?: CombinedError | undefined }>,
): Promise<Data> {
  const { data, error } = await request;
  if (error) throw faultOf(error);
  if (data === undefined) throw new RequestFault('unreachable', 'EMPTY');
  return data;
}

/** Reads. Throws RequestFault when there is no answer, or an answer with errors. */
export function query<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return answered(client.query(document, variables));
}

/** Acts. Throws RequestFault; what the server's rules refuse comes back as `userErrors` in the data. */
export function mutate<Data, Variables extends AnyVariables>(
  document: DocumentInput<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return answered(client.mutation(document, variables));
}
