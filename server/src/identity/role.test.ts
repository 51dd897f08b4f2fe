import {
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp, type TestTenant } from '../../test/harness/app.ts';
import { ask, headersFor, post, signIn } from '../../test/harness/client.ts';
import { customersWrite } from '../../test/harness/customers.ts';
import { createSchema } from '../api/schema.ts';
import { policyOf } from '../platform/guard.ts';
import { newId } from '../platform/ids.ts';
import { SYSTEM_ROLES } from './role.ts';

const schema = createSchema();
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
  type ? [type] : [],
);
const fields = roots.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
// Signing out would end the session that the next question needs.
const matrix = fields
  .filter(({ field }) => field.name !== 'signOut')
  .map(({ type, field }) => [`${type.name}.${field.name}`, type, field] as const);

let app: TestApp;
let tenant: TestTenant;
const cookies: Record<string, string> = {};
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant] = app.tenants;
  for (const [role, user] of Object.entries(tenant.users)) cookies[role] = await signIn(app.url, user.email, user.password);
  await customersWrite(app, tenant, [{ name: 'Ada', phone: '+4915110001234', texts: ['a secret'] }]);
});
afterAll(() => app.close());

/** Anything that is right in form. */
function anything(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    return Object.fromEntries(
      Object.values(named.getFields())
        .filter(isRequiredInputField)
        .map((field) => [field.name, anything(field.type)]),
    );
  }
  if (isEnumType(named)) return named.getValues()[0]?.name;
  const plain: Record<string, unknown> = { ID: newId(), String: 'x', Int: 1, Boolean: true };
  if (!(named.name in plain)) throw new Error(`Say what a ${named.name} looks like.`);
  return String(type).includes('[') ? [plain[named.name]] : plain[named.name];
}

describe.each(matrix)('%s', (_name, type, field) => {
  const policy = policyOf(type, field);
  const required = field.args.filter(isRequiredArgument);
  const variables = Object.fromEntries(required.map((arg) => [arg.name, anything(arg.type)]));
  const head = required.length ? `(${required.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})` : '';
  const call = required.length ? `(${required.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})` : '';
  const isLeaf = !('getFields' in getNamedType(field.type));
  const kind = type.name.toLowerCase();
  const query = `${kind}${head} { ${field.name}${call}${isLeaf ? '' : ' { __typename }'} }`;

  test.each(Object.entries(SYSTEM_ROLES))('%s', async (role, permissions) => {
    const may = policy === 'anyone' || policy === 'credential' || permissions.some((permission) => permission === policy);
    for (const credential of [{ apiKey: tenant.apiKeys[role] ?? '' }, { cookie: cookies[role] ?? '' }]) {
      const codes = kind === 'subscription' ? await subscribe(query, credential) : await run(query, variables, credential);
      expect(codes.includes('FORBIDDEN'), JSON.stringify(codes)).toBe(!may);
      expect(codes).not.toContain('GRAPHQL_VALIDATION_FAILED');
      expect(codes).not.toContain('UNAUTHENTICATED');
    }
  });
});

async function run(query: string, variables: object, credential: object): Promise<unknown[]> {
  const { errors = [] } = await ask(app.url, credential, query, variables);
  return errors.map((error) => error.extensions?.code);
}

/** A stream is open once it answers 200: it is then given up. */
async function subscribe(query: string, credential: object): Promise<unknown[]> {
  const giveUp = new AbortController();
  const response = await fetch(`${app.url}/graphql/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersFor(credential) },
    body: JSON.stringify({ query }),
    signal: giveUp.signal,
  });
  if (response.status !== 200)
    return ((await response.json()) as { errors: { extensions: { code: unknown } }[] }).errors.map(
      (error) => error.extensions.code,
    );
  giveUp.abort();
  return [];
}

describe('what a role is shown', () => {
  const INBOX =
    '{ conversations { nodes { contact { name phone identities { value } } lastMessage { text direction } assignee { name } } } members { name email } }';
  const shown = (role: string) => ask(app.url, { cookie: cookies[role] ?? '' }, INBOX);

  test.each(['owner', 'admin'])('%s: everything', async (role) => {
    const { data, errors } = await shown(role);
    expect(errors).toBeUndefined();
    expect(data?.conversations.nodes[0]).toMatchObject({
      contact: { phone: '+4915110001234', identities: [{ value: '+4915110001234' }] },
      lastMessage: { text: 'a secret' },
    });
    expect(data?.members).toContainEqual({ name: 'Alpha agent', email: 'agent@alpha.example' });
  });

  test.each(['agent', 'automation'])('%s: texts and phones, but not the e-mails of colleagues', async (role) => {
    const { data, errors } = await shown(role);
    expect(errors).toBeUndefined();
    expect(data?.conversations.nodes[0]).toMatchObject({
      contact: { phone: '+4915110001234' },
      lastMessage: { text: 'a secret' },
    });
    expect(data?.members).toContainEqual({ name: 'Alpha owner', email: null });
  });

  test('analyst: who wrote and when, with phones masked, and no text at all', async () => {
    const { status, body } = await post(`${app.url}/graphql`, { query: INBOX }, { cookie: cookies.analyst ?? '' });
    const { data, errors } = JSON.parse(body);
    expect([status, errors]).toEqual([200, undefined]);
    expect(data.conversations.nodes[0]).toEqual({
      contact: { name: 'Ada', phone: '+491••••1234', identities: [{ value: '+491••••1234' }] },
      lastMessage: { text: null, direction: 'INBOUND' },
      assignee: null,
    });
    expect(body).not.toMatch(/a secret|15110001234|@alpha/);
  });
});
