import type { KeyObject } from 'node:crypto';
import type { Services } from '../../platform/context.ts';
import { place, Sealed } from '../../platform/sealed.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import { openFileKey, unlessKeyGone } from '../../platform/file-key.ts';
import type { MediaKind, MediaStatus } from './media.ts';

/** A received file, with all that it takes to fetch it. */
export interface FileToFetch {
  tenantId: string;
  id: string;
  status: `${MediaStatus}`;
  kind: `${MediaKind}`;
  /** As the message has it. */
  mimeType: string;
  storeKey: string;
  metaId: string;
  sha256: string | null;
  /** Meta no longer keeps it. */
  isExpired: boolean;
  phoneNumberId: string;
  isTest: boolean;
  token: string;
  /** Null once its contact was erased. */
  key: KeyObject | null;
}

interface Row {
  status: `${MediaStatus}`;
  kind: `${MediaKind}`;
  mime_type: string;
  file_key: Buffer | null;
  store_key: string;
  meta_id: string;
  meta_sha256: string | null;
  is_expired: boolean;
  number_id: string;
  phone_number_id: string;
  access_token: Buffer;
  is_test: boolean;
}

const LOAD = `
  select m.status, m.kind, m.mime_type, m.file_key, m.store_key, m.meta_id, m.meta_sha256, m.meta_expires_at < cube_now() as is_expired,
    w.id as number_id, w.phone_number_id, w.access_token, w.is_test
  from media m join whatsapp_number w on w.tenant_id = m.tenant_id and w.id = m.number_id
  where m.tenant_id = $1 and m.id = $2 and m.origin = 'RECEIVED'`;

/** Null when there is no such file any more. */
export async function loadFileToFetch(
  { database, keys }: Pick<Services, 'database' | 'keys'>,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<FileToFetch | null> {
  return tenantsQuery(database.worker, [tenantId], async (query) => {
    await keys.loadTenants(query, [tenantId]);
    const [row] = await query<Row>(LOAD, [tenantId, id]);
    if (!row) return null;
    if (row.file_key) await keys.loadContactKeys(query, tenantId, [new Sealed(row.file_key).keyId]);
    return {
      tenantId,
      id,
      status: row.status,
      kind: row.kind,
      mimeType: row.mime_type,
      storeKey: row.store_key,
      metaId: row.meta_id,
      sha256: row.meta_sha256,
      isExpired: row.is_expired,
      phoneNumberId: row.phone_number_id,
      isTest: row.is_test,
      token: keys.open(tenantId, place(tenantId, 'whatsapp_number', 'access_token', row.number_id), row.access_token),
      key: row.file_key && unlessKeyGone(() => openFileKey(keys, tenantId, id, row.file_key as Buffer)),
    };
  });
}
