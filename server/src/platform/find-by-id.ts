import type { EntityClass, EntityManager } from '@mikro-orm/postgresql';
import { isId } from './ids.ts';
import type { TenantEntity } from './tenant-entity.ts';

/** The row with that id, or null: for an unknown id, another tenant's, and a text that is no id at all. */
export async function findById<T extends TenantEntity>(em: EntityManager, entity: EntityClass<T>, id: string): Promise<T | null> {
  return isId(id) ? ((await em.findOne(entity, { id } as never)) as T | null) : null;
}
