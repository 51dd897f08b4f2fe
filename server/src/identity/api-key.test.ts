import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeApiKey, startTestApp, type TestApp, type TestTenant, type TestUser } from '../../test/harness/app.ts';
import { ask, post, signIn } from '../../test/harness/client.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

const WHO = '{ viewer { tenant { id } permissions apiKey { name } } }';
const CREATE =
  'mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id name scopes isTest expiresAt } secret userErrors { code field } } }';
const REVOKE =
  'mutation($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { revokedAt } userErrors { code field } } }';

let app: TestApp;
let tenant: TestTenant;
let other: TestTenant;
let admin: TestUser;
let cookie: string;
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant, other] = app.tenants;
  admin = tenant.users.admin as TestUser;
  cookie = await signIn(app.url, admin.email, admin.password);
});
afterAll(() => app.close());

const who = async (headers: Record<string, string>) =>
  JSON.parse((await post(`${app.url}/graphql`, { query: WHO }, headers)).body);
const create = async (input: object, credential: { cookie?: string; apiKey?: string } = { cookie }) =>
  (await ask(app.url, credential, CREATE, { input })).data?.createApiKey;
const change = (key: string, what: string) =>
  tenantQuery(app.services.database.app, tenant.id, (query) =>
    query(`update api_key set ${what} where replace(id::text, '-', '') = $1`, [key.split('_')[2]]),
  );
const NOBODY = { data: null, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

describe('an API key', () => {
  let key: string;
  beforeAll(async () => void (key = await makeApiKey(app.services, tenant.id, ['inbox:read', 'events:read'])));

  test('says who asks, in either header', async () => {
    const ways: Record<string, string>[] = [
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${key}` },
      { 'x-api-key': key },
    ];
    for (const headers of ways) {
      expect(await who(headers)).toEqual({
        data: { viewer: { tenant: { id: tenant.id }, permissions: ['events:read', 'inbox:read'], apiKey: { name: 'Test' } } },
      });
    }
  });

  test('counts also for a request that another page caused: nothing brings it along by itself', async () => {
    expect((await who({ 'x-api-key': key, origin: 'https://partner.example' })).errors).toBeUndefined();
  });

  test('that is wrong in any part is nobody', async () => {
    const [, , id = '', secret = ''] = key.split('_');
    const [, , otherId = ''] = (tenant.apiKeys.owner ?? '').split('_');
    const wrong = [
      key.slice(0, -1),
      `${key}a`,
      key.replace('cc_test_', 'cc_live_'),
      `cc_test_${otherId}_${secret}`,
      `cc_test_${'0'.repeat(32)}_${secret}`,
      `cc_test_${id.toUpperCase()}_${secret}`,
      'cc_test_',
      '',
      'x'.repeat(5000),
    ];
    for (const text of wrong) expect(await who({ 'x-api-key': text }), text.slice(0, 60)).toMatchObject(NOBODY);
    for (const authorization of [`Basic ${key}`, key, `Bearer  ${key} x`])
      expect(await who({ authorization }), authorization.slice(0, 12)).toMatchObject(NOBODY);
  });

  test('that is wrong is not made good by a cookie', async () => {
    expect(await who({ 'x-api-key': `${key}a`, cookie })).toMatchObject(NOBODY);
  });

  test('names its tenant, or another one and is nobody', async () => {
    expect((await who({ 'x-api-key': key, 'x-tenant-id': tenant.id })).errors).toBeUndefined();
    for (const id of [other.id, tenant.id.toUpperCase(), 'nonsense'])
      expect(await who({ 'x-api-key': key, 'x-tenant-id': id }), id).toMatchObject(NOBODY);
    expect(await who({ cookie, 'x-tenant-id': other.id })).toMatchObject(NOBODY);
    expect((await who({ cookie, 'x-tenant-id': tenant.id })).errors).toBeUndefined();
  });

  test('is nobody once it has expired or was revoked, and not before', async () => {
    await change(key, `expires_at = cube_now() + interval '1 minute'`);
    expect((await who({ 'x-api-key': key })).errors).toBeUndefined();
    await change(key, `expires_at = cube_now() - interval '1 second'`);
    expect(await who({ 'x-api-key': key })).toMatchObject(NOBODY);
    await change(key, 'expires_at = null, revoked_at = cube_now()');
    expect(await who({ 'x-api-key': key })).toMatchObject(NOBODY);
    await change(key, 'revoked_at = null');
    expect((await who({ 'x-api-key': key })).errors).toBeUndefined();
  });

  test('shows when it was last used', async () => {
    const { data } = await ask(app.url, { cookie }, '{ apiKeys { name lastUsedAt } }');
    expect(
      data?.apiKeys.some((known: { lastUsedAt: string | null }) => Date.now() - Date.parse(known.lastUsedAt ?? '') < 60_000),
    ).toBe(true);
  });
});

describe('making one', () => {
  const wanted = () => ({ name: ' Shop ', scopes: ['inbox:read', 'inbox:read', 'events:read'], password: admin.password });

  test('shows the secret once, and it works at once', async () => {
    const made = await create({ ...wanted(), expiresAt: '2099-01-01T00:00:00.000Z' });
    expect(made).toMatchObject({
      apiKey: { name: 'Shop', scopes: ['inbox:read', 'events:read'], isTest: true, expiresAt: '2099-01-01T00:00:00.000Z' },
      userErrors: [],
    });
    expect(await who({ 'x-api-key': made.secret })).toMatchObject({
      data: { viewer: { permissions: ['events:read', 'inbox:read'] } },
    });
    const secret = made.secret.split('_')[3] as string;
    const everything = await tenantQuery(app.services.database.app, tenant.id, (query) =>
      query<{ row: string }>('select k::text as row from api_key k'),
    );
    expect(everything.filter(({ row }) => row.includes(secret))).toEqual([]);
    const { data } = await ask(app.url, { cookie }, '{ apiKeys { id name scopes } }');
    expect(JSON.stringify(data)).not.toContain(secret);
    expect(data?.apiKeys[0]).toMatchObject({ id: made.apiKey.id, name: 'Shop' });
  });

  test.each([
    ['without the right password', { password: 'not the password' }, 'BAD_CREDENTIALS', ['password']],
    ['with a permission that there is not', { scopes: ['inbox:read', 'inbox:admire'] }, 'BAD_INPUT', ['scopes']],
    ['without a name', { name: '   ' }, 'BAD_INPUT', ['name']],
    ['with a name that is too long', { name: 'x'.repeat(81) }, 'BAD_INPUT', ['name']],
  ])('is refused %s', async (_what, wrong, code, field) => {
    expect(await create({ ...wanted(), ...wrong })).toEqual({ apiKey: null, secret: null, userErrors: [{ code, field }] });
  });

  test('is refused for a permission that its maker lacks, and to a program', async () => {
    await tenantQuery(app.services.database.app, tenant.id, (query) =>
      query(`update role set permissions = '{inbox:read,keys:manage}' where name = 'analyst'`),
    );
    const analyst = tenant.users.analyst as TestUser;
    const limited = await signIn(app.url, analyst.email, analyst.password);
    const refused = await create(
      { ...wanted(), password: analyst.password, scopes: ['inbox:read', 'messages:text'] },
      { cookie: limited },
    );
    expect(refused.userErrors).toEqual([{ code: 'FORBIDDEN', field: ['scopes'] }]);
    expect(
      (await create({ ...wanted(), password: analyst.password, scopes: ['inbox:read'] }, { cookie: limited })).userErrors,
    ).toEqual([]);
    expect((await create(wanted(), { apiKey: tenant.apiKeys.owner ?? '' })).userErrors).toEqual([
      { code: 'FORBIDDEN', field: null },
    ]);
  });
});

describe('revoking one', () => {
  test('takes effect at once, is written down, and may be done twice', async () => {
    const made = await create({ name: 'Short-lived', scopes: ['inbox:read'], password: admin.password });
    expect((await who({ 'x-api-key': made.secret })).errors).toBeUndefined();
    const revoke = async () => (await ask(app.url, { cookie }, REVOKE, { input: { id: made.apiKey.id } })).data?.revokeApiKey;
    const first = await revoke();
    expect(first).toEqual({ apiKey: { revokedAt: expect.any(String) }, userErrors: [] });
    expect(await who({ 'x-api-key': made.secret })).toMatchObject(NOBODY);
    expect(await revoke()).toEqual(first);
    const { data } = await ask(app.url, { cookie }, '{ events(kinds: [ACCESS_REVOKED]) { nodes { subjectId } } }');
    expect(data?.events.nodes).toContainEqual({ subjectId: made.apiKey.id });
  });
});
