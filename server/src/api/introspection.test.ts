import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { ask, signIn } from '../../test/harness/client.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});

afterAll(() => app.close());

describe('the description of the schema', () => {
  const asked = [
    '{ __schema { types { name } } }',
    '{ __type(name: "Message") { name } }',
    '{ ...on Query { __schema { types { name } } } }',
  ];

  it('is given to whoever may use the API', async () => {
    const { data, errors } = await ask(app.url, { apiKey: app.tenants[0].apiKeys['analyst'] as string }, asked[1] as string);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ __type: { name: 'Message' } });
  });

  it('is kept from strangers, however they ask', async () => {
    for (const query of asked) {
      const { data, errors } = await ask(app.url, {}, query);
      expect(data ?? null).toBeNull();
      expect(errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    }
  });
});

describe('an API key', () => {
  it('cannot be made to end in the past', async () => {
    const { users } = app.tenants[0];
    const cookie = await signIn(app.url, users['owner']?.email as string, users['owner']?.password as string);
    const query = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret userErrors { code field } } }`;
    const input = { name: 'late', scopes: ['inbox:read'], password: users['owner']?.password, expiresAt: '2020-01-01T00:00:00Z' };
    const { data } = await ask(app.url, { cookie }, query, { input });
    expect(data?.createApiKey).toEqual({ secret: null, userErrors: [{ code: 'BAD_INPUT', field: ['expiresAt'] }] });
  });
});
