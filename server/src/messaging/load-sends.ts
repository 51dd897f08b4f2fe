import type { Services } from '../platform/context.ts';
import type { Query } from '../platform/query.ts';
import { Sealed } from '../platform/sealed.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import type { MessageToSend } from '../whatsapp/message-to-send.ts';
import { ADDRESS } from './outgoing/address.ts';
import { buildRequest, type SendRow, type Tokens } from './outgoing/build-request.ts';
import type { QueuedSend } from './queued-send.ts';
import { faultOf } from './window-faults.ts';

/** What a leased send turned out to be. */
export type LoadedSend =
  | { kind: 'ready'; send: QueuedSend; request: MessageToSend; perSecond: number }
  /** Its number does not send for now. */
  | { kind: 'paused'; send: QueuedSend }
  /** Meta has no valid id of its file for this number (any more). */
  | { kind: 'without-file'; send: QueuedSend }
  /** There is nothing to send any more: the message was erased, or is on its way already. */
  | { kind: 'gone'; send: QueuedSend }
  /** It cannot be read or opened, or nobody knows where to. */
  | { kind: 'broken'; send: QueuedSend; cause: unknown };

interface Row extends SendRow {
  n: number;
  status: string;
  /** Null once the contact was erased. */
  key_id: string | null;
  number_status: string;
  messages_per_second: number;
  is_test: boolean;
}

// Whom a merged contact became in the end.
const MERGED = `
  with recursive became as (
    select p.merged_into_id as id
    union all select n.merged_into_id from became b join contact n on n.tenant_id = p.tenant_id and n.id = b.id where n.merged_into_id is not null
  )
  select b.id from became b join contact n on n.tenant_id = p.tenant_id and n.id = b.id where n.merged_into_id is null`;

// By their keys, and for carousels alone.
const CARD_FILES = `
  select jsonb_agg(jsonb_build_object(
    'mime_type', (select mime_type from media where tenant_id = wanted.tenant_id and id = card.media_id),
    'upload_id', (select meta_id from media_upload
      where tenant_id = wanted.tenant_id and media_id = card.media_id and number_id = wanted.number_id and expires_at > cube_now())
  ) order by card.n) from unnest(m.card_media_ids) with ordinality as card(media_id, n)`;

// Each part is looked up by its key (`limit 1` keeps the planner from beginning elsewhere).
const LOAD = `
  select wanted.n::int, m.status, m.kind, m.body, m.parts, m.media_id, f.mime_type, u.meta_id as upload_id, r.id as reply_id, r.wamid as reply_wamid,
    case when m.card_media_ids is not null then (${CARD_FILES}) end as card_files,
    w.phone_number_id, w.access_token, w.status as number_status, w.messages_per_second, w.is_test,
    a.id as identity_id, a.kind as identity_kind, a.value as identity_value, c.key_id
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[])
    with ordinality as wanted(tenant_id, message_id, number_id, contact_id, attempt, n)
  cross join lateral (
    select status, kind, body, parts, media_id, card_media_ids, reply_to_id from message
    where tenant_id = wanted.tenant_id and id = wanted.message_id and attempt = wanted.attempt limit 1
  ) m
  cross join lateral (
    select tenant_id, id, account_id, phone_number_id, access_token, status, messages_per_second, is_test from whatsapp_number
    where tenant_id = wanted.tenant_id and id = wanted.number_id limit 1
  ) w
  left join lateral (
    select p.tenant_id, p.key_id, case when p.merged_into_id is null then p.id else (${MERGED}) end as id
    from contact p where p.tenant_id = wanted.tenant_id and p.id = wanted.contact_id limit 1
  ) c on true
  left join lateral (
    select q.id, coalesce(q.wamid, (select o.wamid from attempt_wamid o where o.tenant_id = q.tenant_id and o.message_id = q.id order by o.attempt desc limit 1))
      as wamid
    from message q where q.tenant_id = wanted.tenant_id and q.id = m.reply_to_id limit 1
  ) r on true
  left join lateral (select mime_type from media where tenant_id = wanted.tenant_id and id = m.media_id limit 1) f on true
  left join lateral (
    select meta_id from media_upload
    where tenant_id = wanted.tenant_id and media_id = m.media_id and number_id = wanted.number_id and expires_at > cube_now() limit 1
  ) u on true
  left join lateral (${ADDRESS}) a on true`;

type Parts = Pick<Services, 'database' | 'keys'> & { isMeta?: boolean };

/**
 * Reads and opens what leased sends need, of all their tenants at once; one that cannot be read or opened harms none of the others. Throws when the
 * database is away.
 */
export async function loadSends(parts: Parts, sends: readonly QueuedSend[]): Promise<LoadedSend[]> {
  try {
    return await loadTogether(parts, sends);
  } catch (cause) {
    if (faultOf(cause) !== 'culprit') throw cause;
    const [send] = sends;
    if (sends.length === 1 && send) return [{ kind: 'broken', send, cause }];
    const middle = sends.length >> 1;
    return [...(await loadSends(parts, sends.slice(0, middle))), ...(await loadSends(parts, sends.slice(middle)))];
  }
}

async function loadTogether({ database, keys, isMeta = false }: Parts, sends: readonly QueuedSend[]): Promise<LoadedSend[]> {
  const tenantIds = [...new Set(sends.map((send) => send.tenantId))];
  return tenantsQuery(database.worker, tenantIds, async (query) => {
    const rows = await query<Row>(LOAD, [
      sends.map((send) => send.tenantId),
      sends.map((send) => send.messageId),
      sends.map((send) => send.numberId),
      sends.map((send) => send.contactId),
      sends.map((send) => send.attempt),
    ]);
    const byPlace = new Map(rows.map((row) => [row.n, row]));
    await loadKeys(query, keys, sends, byPlace);
    const tokens: Tokens = new Map();
    return sends.map((send, index) => loaded(keys, send, byPlace.get(index + 1), { isMeta, tokens }));
  });
}

type Keys = Services['keys'];

async function loadKeys(query: Query, keys: Keys, sends: readonly QueuedSend[], rows: ReadonlyMap<number, Row>): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const [index, { tenantId }] of sends.entries()) {
    const row = rows.get(index + 1);
    if (!row?.key_id) continue;
    const ids = wanted.get(tenantId) ?? new Set();
    wanted.set(tenantId, ids);
    // What a contact brought along when it was merged is sealed under its own key.
    for (const sealed of [row.body, row.parts, row.identity_value, row.reply_wamid])
      if (sealed) ids.add(new Sealed(sealed).keyId);
  }
  await keys.loadTenants(query, [...wanted.keys()]);
  for (const [tenantId, keyIds] of wanted) await keys.loadContactKeys(query, tenantId, keyIds);
}

function loaded(
  keys: Keys,
  send: QueuedSend,
  row: Row | undefined,
  { isMeta, tokens }: { isMeta: boolean; tokens: Tokens },
): LoadedSend {
  if (!row || row.status !== 'QUEUED') return { kind: 'gone', send };
  // What a test number should send is kept, and never reaches Meta.
  if (row.number_status !== 'CONNECTED' || (row.is_test && isMeta)) return { kind: 'paused', send };
  if (isWithoutFile(row)) return { kind: 'without-file', send };
  try {
    return { kind: 'ready', send, request: buildRequest(keys, send, row, tokens), perSecond: row.messages_per_second };
  } catch (cause) {
    return { kind: 'broken', send, cause };
  }
}

function isWithoutFile({ media_id: mediaId, upload_id: uploadId, card_files: cards }: Row): boolean {
  if (mediaId !== null && uploadId === null) return true;
  return cards?.some((file) => file.upload_id === null) ?? false;
}
