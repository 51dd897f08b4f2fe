import { tenantQuery } from '../platform/tenant-query.ts';
import type { Services } from '../platform/context.ts';
import { isPermission, type Permission } from '../platform/permissions.ts';
import { permissionKey, type Viewer } from '../platform/viewer.ts';
import { uuidBytes } from '../platform/sealed.ts';
import { digestOf, equalDigests, readApiKey } from './secrets.ts';

/** What a request brought along. */
export interface Credentials {
  sessionToken?: string;
  apiKey?: string;
  /** `X-TENANT-ID`: may choose among the credential's own tenants, never beyond them. */
  tenantId?: string;
}

/** Finds out who is asking. Null for a credential that is missing, unknown, expired or revoked: all look alike. */
export async function authenticate(services: Services, given: Credentials): Promise<Viewer | null> {
  const viewer = given.apiKey
    ? await byApiKey(services, given.apiKey)
    : given.sessionToken
      ? await bySession(services, given.sessionToken)
      : null;
  if (viewer && given.tenantId && given.tenantId !== viewer.tenantId) return null;
  return viewer;
}

/** The viewer of a session that signed in, read afresh from its rows. */
export async function bySession({ database }: Services, token: string): Promise<Viewer | null> {
  const { rows } = await database.app.query<{
    id: string;
    user_id: string;
    tenant_id: string;
    member_id: string;
    stale: boolean;
  }>({
    name: 'session_by_digest',
    text: `select id, user_id, tenant_id, member_id, last_used_at < cube_now() - interval '1 minute' as stale from session_by_digest($1)`,
    values: [digestOf(token)],
  });
  const session = rows[0];
  if (!session) return null;
  const member = await tenantQuery(database.app, session.tenant_id, async (query) => {
    if (session.stale) {
      await query(`select set_config('app.user_id', $1, true)`, [session.user_id]);
      await query('update session set last_used_at = cube_now() where id = $1', [session.id]);
    }
    const [row] = await query<{ permissions: string[]; locale: string; is_test: boolean }>(
      `select r.permissions, u.locale, t.is_test from member m join role r on r.id = m.role_id join "user" u on u.id = m.user_id join tenant t on t.id = m.tenant_id
       where m.id = $1 and m.removed_at is null`,
      [session.member_id],
    );
    return row;
  });
  if (!member) return null;
  return {
    tenantId: session.tenant_id,
    kind: 'MEMBER',
    principalId: session.member_id,
    accessIds: [session.member_id, session.id],
    userId: session.user_id,
    memberId: session.member_id,
    sessionId: session.id,
    locale: member.locale,
    isTest: member.is_test,
    ...rights(member.permissions),
  };
}

async function byApiKey({ database }: Services, text: string): Promise<Viewer | null> {
  const key = readApiKey(text);
  if (!key) return null;
  const { rows } = await database.app.query<{ tenant_id: string }>({
    name: 'find_by_digest',
    text: 'select tenant_id from find_by_digest($1, $2)',
    values: ['API_KEY', uuidBytes(key.id)],
  });
  const tenantId = rows[0]?.tenant_id;
  if (!tenantId) return null;
  const found = await tenantQuery(database.app, tenantId, async (query) => {
    const [row] = await query<{ digest: Buffer; scopes: string[]; is_test: boolean; locale: string; stale: boolean }>(
      `select k.digest, k.scopes, k.is_test, t.locale, coalesce(k.last_used_at < cube_now() - interval '1 minute', true) as stale
       from api_key k join tenant t on t.id = k.tenant_id
       where k.id = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > cube_now())`,
      [key.id],
    );
    if (!row || row.is_test !== key.isTest || !equalDigests(row.digest, digestOf(key.secret))) return null;
    if (row.stale) await query('update api_key set last_used_at = cube_now() where id = $1', [key.id]);
    return row;
  });
  if (!found) return null;
  return {
    tenantId,
    kind: 'API_KEY',
    principalId: key.id,
    accessIds: [key.id],
    apiKeyId: key.id,
    locale: found.locale,
    isTest: found.is_test,
    ...rights(found.scopes),
  };
}

function rights(names: string[]): { permissions: ReadonlySet<Permission>; permissionKey: string } {
  const permissions = new Set(names.filter(isPermission));
  return { permissions, permissionKey: permissionKey(permissions) };
}
