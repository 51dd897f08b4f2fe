import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp, type TestTenant, type TestUser } from '../../test/harness/app.ts';
import { ask, post, signIn } from '../../test/harness/client.ts';
import { sessionCookie } from '../api/credentials.ts';
import { newId } from '../platform/ids.ts';
import { uuidBytes } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { createUser } from './create-user.ts';

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>();
  return { ...real, verify: vi.fn(real.verify) };
});

const SIGN_IN =
  'mutation($input: SignInInput!) { signIn(input: $input) { viewer { tenant { name } member { email } } userErrors { code message field } } }';
const WHO = '{ viewer { tenant { id } permissions } }';

let app: TestApp;
let tenant: TestTenant;
let owner: TestUser;
beforeAll(async () => {
  app = await startTestApp({ role: 'api' });
  [tenant] = app.tenants;
  owner = tenant.users.owner as TestUser;
});
afterAll(() => app.close());
beforeEach(() => void vi.mocked(verify).mockClear());

const trySignIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  post(`${app.url}/graphql`, { query: SIGN_IN, variables: { input: { email, password } } }, headers);
const isSignedIn = async (cookie: string) => !(await ask(app.url, { cookie }, WHO)).errors;
const makeUser = (name: string) =>
  createUser(app.services, {
    tenantId: tenant.id,
    email: `${name}@alpha.example`,
    name,
    password: 'a long enough one',
    role: 'agent',
    locale: 'en',
  });

describe('signing in', () => {
  test('gives who one is, and a cookie that only this host gets back and no script can read', async () => {
    const { headers, body } = await trySignIn(` ${owner.email.toUpperCase()} `, owner.password);
    expect(JSON.parse(body).data.signIn).toEqual({
      viewer: { tenant: { name: 'Alpha' }, member: { email: owner.email } },
      userErrors: [],
    });
    expect(headers.get('set-cookie')).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
    expect(sessionCookie('token', true)).toBe('__Host-session=token; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure');
    expect(sessionCookie(null, true)).toBe('__Host-session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure');
  });

  test('answers a wrong password and an unknown e-mail alike, to the byte, after as much work', async () => {
    const wrong = await trySignIn(owner.email, 'not the password at all');
    expect(verify).toHaveBeenCalledTimes(1);
    const unknown = await trySignIn('nobody@alpha.example', 'not the password at all');
    expect(verify).toHaveBeenCalledTimes(2);
    expect(unknown.body).toBe(wrong.body);
    expect(JSON.parse(wrong.body).data.signIn).toMatchObject({ viewer: null, userErrors: [{ code: 'BAD_CREDENTIALS' }] });
    for (const answer of [wrong, unknown]) expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
    // Both hashes cost the same: it is the same function with the same parameters.
    const costs = vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
    expect(costs).toEqual(['$argon2id$v=19$m=19456,t=2,p=1', '$argon2id$v=19$m=19456,t=2,p=1']);
  });

  test('does not look at a password that is too long, for anyone', async () => {
    const [known, unknown] = [
      await trySignIn(owner.email, 'x'.repeat(129)),
      await trySignIn('nobody@alpha.example', 'x'.repeat(129)),
    ];
    expect(verify).not.toHaveBeenCalled();
    expect(known.body).toBe(unknown.body);
  });

  test('ends the session that the browser already had', async () => {
    const first = await signIn(app.url, owner.email, owner.password);
    const { headers } = await trySignIn(owner.email, owner.password, { cookie: first });
    const second = headers.get('set-cookie')?.split(';')[0] ?? '';
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([false, true]);
  });

  test('leads into a company where one still is, not into one that one left', async () => {
    const [here, there] = app.tenants;
    const { userId, memberId } = await makeUser('mover');
    const second = newId();
    await tenantQuery(app.services.database.app, there.id, async (query) => {
      await query(`insert into member (id, user_id, role_id) select $1, $2, id from role where name = 'agent'`, [second, userId]);
      await query('select enter_digest($1, $2, $3)', ['MEMBER', uuidBytes(userId), second]);
    });
    const nameOf = async () =>
      JSON.parse((await trySignIn('mover@alpha.example', 'a long enough one')).body).data.signIn.viewer?.tenant.name;
    expect(await nameOf()).toBe(here.name);
    await tenantQuery(app.services.database.app, here.id, (query) =>
      query('update member set removed_at = cube_now() where id = $1', [memberId]),
    );
    expect(await nameOf()).toBe(there.name);
    await tenantQuery(app.services.database.app, there.id, (query) =>
      query('update member set removed_at = cube_now() where id = $1', [second]),
    );
    expect(await nameOf()).toBeUndefined();
  });

  test('is refused for ten minutes after ten wrong passwords, also with the right one, and for others it is not', async () => {
    await makeUser('target');
    await makeUser('bystander');
    for (let tries = 0; tries < 10; tries++)
      expect((await trySignIn('target@alpha.example', 'wrong wrong wrong')).body).toContain('BAD_CREDENTIALS');
    expect((await trySignIn('target@alpha.example', 'a long enough one')).body).toContain('RATE_LIMITED');
    expect(await isSignedIn(await signIn(app.url, 'bystander@alpha.example', 'a long enough one'))).toBe(true);
  });
});

describe('a session', () => {
  const age = (userId: string, change: string) =>
    tenantQuery(app.services.database.app, tenant.id, async (query) => {
      await query(`select set_config('app.user_id', $1, true)`, [userId]);
      await query(`update session set ${change} where user_id = $1`, [userId]);
    });

  test('is over at once when its person signs out; signing out without one does nothing', async () => {
    const [cookie, other] = [
      await signIn(app.url, owner.email, owner.password),
      await signIn(app.url, owner.email, owner.password),
    ];
    const { headers, body } = await post(
      `${app.url}/graphql`,
      { query: 'mutation { signOut { userErrors { code } } }' },
      { cookie },
    );
    expect(JSON.parse(body)).toEqual({ data: { signOut: { userErrors: [] } } });
    expect(headers.get('set-cookie')).toBe('session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
    expect([await isSignedIn(cookie), await isSignedIn(other)]).toEqual([false, true]);
    expect((await post(`${app.url}/graphql`, { query: 'mutation { signOut { userErrors { code } } }' })).body).toBe(body);
  });

  test.each([
    [
      'seven days without use',
      `last_used_at = cube_now() - interval '6 days 23 hours'`,
      `last_used_at = cube_now() - interval '7 days 1 hour'`,
    ],
    [
      'thirty days',
      `created_at = cube_now() - interval '29 days 23 hours'`,
      `created_at = cube_now() - interval '30 days 1 hour', last_used_at = cube_now()`,
    ],
  ])('is over after %s', async (_what, before, after) => {
    const { userId } = await makeUser(`late${after.length}`);
    const cookie = await signIn(app.url, `late${after.length}@alpha.example`, 'a long enough one');
    await age(userId, before);
    expect(await isSignedIn(cookie)).toBe(true);
    await age(userId, after);
    expect(await isSignedIn(cookie)).toBe(false);
  });

  test('is kept in the database as a digest only', async () => {
    const cookie = await signIn(app.url, owner.email, owner.password);
    const rows = await tenantQuery(app.services.database.app, tenant.id, async (query) => {
      await query(`select set_config('app.user_id', $1, true)`, [owner.userId]);
      return query<{ row: string }>('select s::text as row from session s');
    });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes(cookie.split('=')[1] ?? '-'))).toEqual([]);
  });

  test('counts for our own pages only', async () => {
    const cookie = await signIn(app.url, owner.email, owner.password);
    const asked = async (headers: Record<string, string>) =>
      JSON.parse((await post(`${app.url}/graphql`, { query: WHO }, { cookie, ...headers })).body);
    const own: Record<string, string>[] = [
      {},
      { origin: app.url },
      { origin: app.url, 'sec-fetch-site': 'same-origin' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of own) {
      expect((await asked(headers)).errors, JSON.stringify(headers)).toBeUndefined();
    }
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${app.url}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      expect(await asked(headers), JSON.stringify(headers)).toMatchObject({
        data: null,
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    }
  });
});
