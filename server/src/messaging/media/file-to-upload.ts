import type { KeyObject } from 'node:crypto';
import type { Services } from '../../platform/context.ts';
import { place, Sealed } from '../../platform/sealed.ts';
import { tenantsQuery } from '../../platform/tenant-query.ts';
import { openFileKey, unlessKeyGone } from '../../platform/file-key.ts';

/** A message that waits until Meta has its files. */
export interface WaitingForFile {
  tenantId: string;
  messageId: string;
  contactId: string;
  attempt: number;
  numberId: string;
  phoneNumberId: string;
  token: string;
  /** The number sends. */
  isConnected: boolean;
  isTest: boolean;
  /** One that Meta has not got, or any when Meta has all; null when one is gone. */
  file: FileToUpload | null;
  /** How many Meta has not got. */
  missing: number;
}

export interface FileToUpload {
  mediaId: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  storeKey: string;
  fileName: string | null;
  key: KeyObject;
  /** Meta has it already. */
  isKnown: boolean;
}

interface Row {
  attempt: number;
  contact_id: string;
  number_id: string;
  phone_number_id: string;
  access_token: Buffer;
  is_connected: boolean;
  is_test: boolean;
  media_id: string | null;
  mime_type: string;
  size: string;
  store_key: string;
  file_name: Buffer | null;
  file_key: Buffer;
  is_known: boolean;
  missing: number;
}

const LOAD = `
  select q.attempt, q.contact_id, w.id as number_id, w.phone_number_id, w.access_token, w.status = 'CONNECTED' as is_connected, w.is_test,
    f.id as media_id, f.mime_type, f.size::text, f.store_key, f.file_name, f.file_key, f.is_known, f.missing
  from send_queue q join message m on m.tenant_id = q.tenant_id and m.id = q.message_id
  join whatsapp_number w on w.tenant_id = q.tenant_id and w.id = q.number_id
  cross join lateral (
    select o.*, k.is_known, count(*) filter (where not k.is_known) over ()::int as missing
    from unnest(array_append(m.card_media_ids, m.media_id)) with ordinality as file(id, n)
    left join media o on o.tenant_id = m.tenant_id and o.id = file.id and o.status = 'STORED' and o.file_key is not null
    cross join lateral (select exists (
      select from media_upload u where u.tenant_id = m.tenant_id and u.media_id = file.id and u.number_id = w.id and u.expires_at > cube_now() + interval '1 hour'
    ) as is_known) k
    where file.id is not null or m.card_media_ids is null
    order by o.id is not null, k.is_known, file.n limit 1
  ) f
  where q.tenant_id = $1 and q.message_id = $2 and q.waiting = 'MEDIA'`;

type Parts = Pick<Services, 'database' | 'keys'>;

/** Null when the message does not wait for its files any more. */
export async function loadWaitingForFile(
  { database, keys }: Parts,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<WaitingForFile | null> {
  return tenantsQuery(database.worker, [tenantId], async (query) => {
    await keys.loadTenants(query, [tenantId]);
    const [row] = await query<Row>(LOAD, [tenantId, id], 'anew');
    if (!row) return null;
    if (row.media_id) await keys.loadContactKeys(query, tenantId, [new Sealed(row.file_key).keyId]);
    const token = place(tenantId, 'whatsapp_number', 'access_token', row.number_id);
    return {
      tenantId,
      messageId: id,
      contactId: row.contact_id,
      attempt: row.attempt,
      numberId: row.number_id,
      phoneNumberId: row.phone_number_id,
      token: keys.open(tenantId, token, row.access_token),
      isConnected: row.is_connected,
      isTest: row.is_test,
      missing: row.missing,
      file: row.media_id === null ? null : unlessKeyGone(() => fileOf(keys, tenantId, row.media_id as string, row)),
    };
  });
}

function fileOf(keys: Parts['keys'], tenantId: string, mediaId: string, row: Row): FileToUpload {
  const name = row.file_name;
  return {
    mediaId,
    mimeType: row.mime_type,
    size: Number(row.size),
    storeKey: row.store_key,
    fileName: name && keys.open(tenantId, place(tenantId, 'media', 'file_name', mediaId), name),
    key: openFileKey(keys, tenantId, mediaId, row.file_key),
    isKnown: row.is_known,
  };
}
