import type { Services } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { tenantQuery } from '../platform/tenant-query.ts';
import { SYSTEM_ROLES } from './role.ts';

export interface NewTenant {
  name: string;
  /** ar or en. */
  locale: string;
  timeZone: string;
  /** A test tenant never reaches Meta. */
  isTest: boolean;
}

/** Makes a tenant with its keys, its log and the roles every tenant begins with. Gives its id. */
export async function createTenant({ database, keys }: Pick<Services, 'database' | 'keys'>, tenant: NewTenant): Promise<string> {
  const id = newId();
  await tenantQuery(database.app, id, async (query) => {
    await query('insert into tenant (id, name, locale, time_zone, is_test) values ($1, $2, $3, $4, $5)', [
      id,
      tenant.name,
      tenant.locale,
      tenant.timeZone,
      tenant.isTest,
    ]);
    await query('insert into event_counter (tenant_id) values ($1)', [id]);
    await keys.createTenant(query, id);
    for (const [name, permissions] of Object.entries(SYSTEM_ROLES)) {
      await query('insert into role (id, name, permissions, is_system) values ($1, $2, $3, true)', [newId(), name, permissions]);
    }
  });
  return id;
}
