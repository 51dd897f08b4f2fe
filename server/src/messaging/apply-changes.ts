import { newId } from '../platform/ids.ts';
import { place, seal } from '../platform/sealed.ts';
import type { Parts } from '../whatsapp/content.ts';
import type { PlacedMessage } from './insert-messages.ts';
import { dropMedia } from './media/drop-media.ts';
import type { MessageChange } from './updates.ts';
import { wamidIndex, wamidName } from './wamid.ts';
import type { Window } from './window.ts';

// Until its message is here, what was changed lies under the tenant's own key.
const KEEP = `
  insert into message_change (tenant_id, id, wamid_index, original_index, kind, body, parts, at, is_echo)
  select tenant_id, id, wamid_index, original_index, kind, body, parts, to_timestamp(at / 1000), is_echo
  from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[], $5::text[], $6::bytea[], $7::bytea[], $8::float8[], $9::boolean[])
    as u(tenant_id, id, wamid_index, original_index, kind, body, parts, at, is_echo)
  order by tenant_id, wamid_index
  on conflict (tenant_id, wamid_index) do nothing
  returning id`;

/** Writes down edits and revocations, each once however often it comes, and applies those whose message is here. */
export async function applyChanges(window: Window, changes: readonly MessageChange[]): Promise<void> {
  const { keys, query } = window;
  const rows = changes.map((change) => {
    const { tenantId } = change;
    const id = newId();
    const own = (column: string, text: string | null | undefined) =>
      text == null ? null : seal(keys.tenant(tenantId), place(tenantId, 'message_change', column, id), text);
    const originalIndex = wamidIndex(keys, tenantId, change.originalWamid);
    return {
      id,
      change,
      index: wamidIndex(keys, tenantId, change.wamid),
      originalIndex,
      body: own('body', change.content?.text),
      parts: own('parts', change.content && JSON.stringify(change.content.parts)),
    };
  });
  const kept = await query<{ id: string }>(KEEP, [
    rows.map(({ change }) => change.tenantId),
    rows.map(({ id }) => id),
    rows.map(({ index }) => index),
    rows.map(({ originalIndex }) => originalIndex),
    rows.map(({ change }) => change.kind),
    rows.map(({ body }) => body),
    rows.map(({ parts }) => parts),
    rows.map(({ change }) => change.at),
    rows.map(({ change }) => change.isEcho),
  ]);
  if (kept.length)
    await applyTo(
      window,
      rows.map(({ change, originalIndex }) => ({ tenantId: change.tenantId, index: originalIndex })),
    );
}

/** Applies what waited for these messages, which are stored. */
export async function applyWaitingChanges(window: Window, placed: readonly PlacedMessage[]): Promise<void> {
  await applyTo(
    window,
    placed.map(({ message, index }) => ({ tenantId: message.tenantId, index })),
  );
}

interface Waiting {
  tenant_id: string;
  change_id: string;
  kind: 'EDIT' | 'REVOKE';
  body: Buffer | null;
  parts: Buffer | null;
  at: number;
  id: string;
  wamid_index: Buffer;
  conversation_id: string;
  media_id: string | null;
  message_parts: Buffer | null;
  key_id: string;
  /** The message was taken back, or edited later, before this came. */
  is_overtaken: boolean;
}

/** Which message `m` a change `c` is about: a customer changes what customers wrote, the number's phone what was written there, and a reply is to either. */
export const CHANGES_IT = `m.tenant_id = c.tenant_id and m.wamid_index = c.original_index
  and case when c.kind = 'REPLY' then true when c.is_echo then m.is_echo else m.direction = 'INBOUND' end`;

// What was taken back stays so.
const FIND = `
  select c.tenant_id, c.id as change_id, c.kind, c.body, c.parts, (extract(epoch from c.at) * 1000)::float8 as at, m.id, m.wamid_index, m.conversation_id, m.media_id,
    m.parts as message_parts,
    m.revoked_at is not null or (c.kind = 'EDIT' and m.edited_at > c.at) as is_overtaken,
    (select p.key_id from conversation v join contact p on p.tenant_id = v.tenant_id and p.id = v.contact_id
      where v.tenant_id = m.tenant_id and v.id = m.conversation_id) as key_id
  from unnest($1::uuid[], $2::bytea[]) as wanted(tenant_id, index)
  join message_change c on c.tenant_id = wanted.tenant_id and c.original_index = wanted.index and c.kind <> 'REPLY' and c.applied_at is null
  join message m on ${CHANGES_IT}
  order by m.tenant_id, m.id, c.at, c.id for no key update of m`;

const EDIT = `
  update message m set body = e.body, parts = e.parts, edited_at = to_timestamp(e.at / 1000)
  from unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[], $5::float8[]) as e(tenant_id, id, body, parts, at)
  where m.tenant_id = e.tenant_id and m.id = e.id`;

const REVOKE = `
  update message m set body = null, parts = null, media_id = null, revoked_at = to_timestamp(r.at / 1000)
  from unnest($1::uuid[], $2::uuid[], $3::float8[]) as r(tenant_id, id, at) where m.tenant_id = r.tenant_id and m.id = r.id`;

const DONE = `
  update message_change c set applied_at = cube_now(), body = null, parts = null
  from unnest($1::uuid[], $2::uuid[]) as done(tenant_id, id) where c.tenant_id = done.tenant_id and c.id = done.id`;

/** Applies what waits for these messages, as far as they are stored. */
export async function applyTo(window: Window, originals: readonly { tenantId: string; index: Buffer }[]): Promise<void> {
  const { query, keys, events } = window;
  const rows = await query<Waiting>(FIND, [originals.map(({ tenantId }) => tenantId), originals.map(({ index }) => index)]);
  if (!rows.length) return;
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenant_id))
    await keys.loadContactKeys(
      query,
      tenantId,
      mine.map((row) => row.key_id),
    );
  const byMessage = [...Map.groupBy(rows, (row) => wamidName(row.tenant_id, row.wamid_index)).values()];
  // Of several the last counts; one that takes the message back ends them all.
  const lasts = byMessage
    .map((of) => of.find((row) => row.kind === 'REVOKE') ?? (of.at(-1) as Waiting))
    .filter((row) => !row.is_overtaken);
  const edits = lasts.filter((row) => row.kind === 'EDIT');
  const revokes = lasts.filter((row) => row.kind === 'REVOKE');
  if (edits.length) {
    await query(EDIT, [
      edits.map((row) => row.tenant_id),
      edits.map((row) => row.id),
      edits.map((row) => movedBody(window, row)),
      edits.map((row) => movedParts(window, row)),
      edits.map((row) => row.at),
    ]);
  }
  if (revokes.length) {
    await query(REVOKE, [revokes.map((row) => row.tenant_id), revokes.map((row) => row.id), revokes.map((row) => row.at)]);
    // The file's key goes with the message: what lies in the store opens no more.
    await dropMedia(
      query,
      revokes.flatMap((row) => (row.media_id === null ? [] : [{ tenantId: row.tenant_id, id: row.media_id }])),
    );
  }
  await query(DONE, [rows.map((row) => row.tenant_id), rows.map((row) => row.change_id)]);
  for (const { tenant_id: tenantId, id: subjectId, conversation_id: conversationId } of lasts)
    events.push({ tenantId, kind: 'MESSAGE_UPDATED', subjectId, conversationId });
}

/** What an edit does not speak of: how the message came about. */
const KEPT = ['referral', 'forwarded', 'product'] as const satisfies readonly (keyof Parts)[];

/** The text that the change holds, sealed anew under the contact's key at the message's own place. */
function movedBody(window: Window, row: Waiting): Buffer | null {
  return sealedFor(window, row, 'body', opened(window, row, 'body'));
}

/** Likewise what else it holds, with what stays of the message as it was. */
function movedParts(window: Window, row: Waiting): Buffer | null {
  const { tenant_id: tenantId, id, message_parts: before } = row;
  const parts = JSON.parse(opened(window, row, 'parts') ?? '{}') as Parts;
  if (!window.keys.contactKey(tenantId, row.key_id)) return null;
  const old = before && (JSON.parse(window.keys.open(tenantId, place(tenantId, 'message', 'parts', id), before)) as Parts);
  const kept = Object.fromEntries(KEPT.flatMap((name) => (old?.[name] === undefined ? [] : [[name, old[name]]])));
  const all: Parts = { ...parts, ...kept };
  return sealedFor(window, row, 'parts', Object.keys(all).length ? JSON.stringify(all) : null);
}

function opened({ keys }: Window, row: Waiting, column: 'body' | 'parts'): string | null {
  const sealed = row[column];
  return sealed && keys.open(row.tenant_id, place(row.tenant_id, 'message_change', column, row.change_id), sealed);
}

/** Null also where the contact's key is gone: they were erased. */
function sealedFor({ keys }: Window, row: Waiting, column: 'body' | 'parts', text: string | null): Buffer | null {
  const key = keys.contactKey(row.tenant_id, row.key_id);
  return text === null || !key ? null : seal(key, place(row.tenant_id, 'message', column, row.id), text);
}
