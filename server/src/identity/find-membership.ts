import type { Services } from '../platform/context.ts';
import { uuidBytes } from '../platform/sealed.ts';
import { tenantQuery } from '../platform/tenant-query.ts';

export interface Membership {
  tenantId: string;
  memberId: string;
}

/** The oldest of a person's memberships that was not ended; undefined when there is none. */
export async function findMembership({ database }: Pick<Services, 'database'>, userId: string): Promise<Membership | undefined> {
  const { rows } = await database.app.query<{ tenant_id: string; id: string }>(
    'select tenant_id, id from find_by_digest($1, $2) order by id',
    ['MEMBER', uuidBytes(userId)],
  );
  for (const { tenant_id: tenantId, id: memberId } of rows) {
    const [live] = await tenantQuery(database.app, tenantId, (query) =>
      query('select 1 from member where id = $1 and removed_at is null', [memberId]),
    );
    if (live) return { tenantId, memberId };
  }
  return undefined;
}
