import { LockMode } from '@mikro-orm/core';
import { Contact } from '../contacts/contact.ts';
import type { Context, Transaction } from '../platform/context.ts';
import { isId } from '../platform/ids.ts';
import { RuleBroken } from '../platform/user-errors.ts';
import { ContactMerge } from './contact-merge.ts';

const MOVE_IDENTITIES = 'update contact_identity set contact_id = $1 where contact_id = $2 returning id';
const MOVE_KEYS = 'update contact_key set contact_id = $1 where contact_id = $2 returning id';
const MOVE_CONVERSATIONS = 'update conversation set contact_id = $1 where contact_id = $2 returning id';
// One person has one live conversation with a number: of two, the one in which less has happened lately is resolved.
const RESOLVE = `
  update conversation c set status = 'RESOLVED', resolved_at = cube_now()
  from conversation a join conversation b on b.number_id = a.number_id and b.contact_id = $2 and b.status <> 'RESOLVED'
  where a.contact_id = $1 and a.status <> 'RESOLVED'
    and c.id = case when (a.last_activity_at, a.id) < (b.last_activity_at, b.id) then a.id else b.id end
  returning c.id`;
const JOIN_WINDOWS = `
  insert into service_window as w (contact_id, number_id, last_inbound_at, referral_at, free_until)
  select $1, number_id, last_inbound_at, referral_at, free_until from service_window where contact_id = $2
  on conflict (tenant_id, contact_id, number_id) do update set last_inbound_at = greatest(w.last_inbound_at, excluded.last_inbound_at),
    referral_at = greatest(w.referral_at, excluded.referral_at), free_until = greatest(w.free_until, excluded.free_until)`;

/**
 * Joins two contacts because a person says that they are one: identities, conversations and keys of `fromId` become `intoId`'s. Nothing is
 * merged by itself. Throws NOT_FOUND, and MERGE_CONFLICT for a contact with itself or one that was merged already.
 */
export async function mergeContacts(
  ctx: Context,
  input: { intoContactId: string; fromContactId: string },
): Promise<{ merge: ContactMerge }> {
  return ctx.command(async (tx) => {
    const { into, from } = await lockBoth(tx, input);
    const pair = [into.id, from.id];
    const idsOf = async (sql: string) => (await tx.query<{ id: string }>(sql, pair)).map((row) => row.id);
    const resolved = await idsOf(RESOLVE);
    const identities = await idsOf(MOVE_IDENTITIES);
    const keys = await idsOf(MOVE_KEYS);
    const conversations = await idsOf(MOVE_CONVERSATIONS);
    await tx.query(JOIN_WINDOWS, pair);
    // Those that had become `from` before are now behind the same contact.
    await tx.query('update contact set merged_into_id = $1 where merged_into_id = $2', pair);
    from.mergedIntoId = into.id;
    into.marketingStoppedAt ??= from.marketingStoppedAt;
    await tx.query(
      `update contact i set marketing_changed_at = greatest(i.marketing_changed_at, f.marketing_changed_at) from contact f where i.id = $1 and f.id = $2`,
      pair,
    );
    const merge = tx.em.create(ContactMerge, {
      intoId: into.id,
      fromId: from.id,
      movedIdentities: identities,
      movedKeys: keys,
      movedConversations: conversations,
      resolvedConversations: resolved,
      mergedById: ctx.me.memberId ?? null,
    });
    await tx.em.flush();
    tell(tx, merge, 'CONTACT_MERGED');
    return { merge };
  });
}

/**
 * Parts two contacts again: what was moved goes back, as far as it still belongs to the contact it was moved to. Texts that were written in between stay
 * readable by the key of the contact they were written to. Throws NOT_FOUND, and MERGE_CONFLICT when it was undone before.
 */
export async function undoContactMerge(ctx: Context, input: { contactMergeId: string }): Promise<{ merge: ContactMerge }> {
  return ctx.command(async (tx) => {
    const merge = isId(input.contactMergeId)
      ? await tx.em.findOne(ContactMerge, { id: input.contactMergeId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
      : null;
    if (!merge) throw new RuleBroken('NOT_FOUND', 'No such merge.', ['contactMergeId']);
    if (merge.undoneAt) throw new RuleBroken('MERGE_CONFLICT', 'These contacts have been parted already.', ['contactMergeId']);
    const from = await tx.em.findOneOrFail(Contact, { id: merge.fromId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const owner = from.mergedIntoId ?? merge.intoId;
    await backTo(tx, merge, owner);
    await reopen(tx, merge);
    from.mergedIntoId = null;
    // Who had become `from` first is behind `from` again.
    await tx.query(
      `update contact set merged_into_id = $1 where id in (select from_id from contact_merge where into_id = $1 and undone_at is null)`,
      [from.id],
    );
    merge.undoneAt = ctx.services.clock.now();
    await tx.em.flush();
    tell(tx, merge, 'CONTACT_MERGED');
    return { merge };
  });
}

async function lockBoth(tx: Transaction, { intoContactId, fromContactId }: { intoContactId: string; fromContactId: string }) {
  if (intoContactId === fromContactId)
    throw new RuleBroken('MERGE_CONFLICT', 'A contact cannot be joined with itself.', ['fromContactId']);
  const ids = [intoContactId, fromContactId].filter(isId);
  const found = await tx.em.find(Contact, { id: { $in: ids } }, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } });
  const byId = (id: string, field: string): Contact => {
    const contact = found.find((each) => each.id === id);
    if (!contact) throw new RuleBroken('NOT_FOUND', 'No such contact.', [field]);
    return contact;
  };
  const both = { into: byId(intoContactId, 'intoContactId'), from: byId(fromContactId, 'fromContactId') };
  for (const [role, contact] of Object.entries(both)) {
    if (contact.mergedIntoId)
      throw new RuleBroken('MERGE_CONFLICT', 'This contact is part of another one already.', [`${role}ContactId`]);
  }
  return both;
}

async function backTo(tx: Transaction, merge: ContactMerge, owner: string): Promise<void> {
  const moved: [table: string, ids: string[]][] = [
    ['contact_identity', merge.movedIdentities],
    ['contact_key', merge.movedKeys],
    ['conversation', merge.movedConversations],
  ];
  for (const [table, ids] of moved)
    await tx.query(`update ${table} set contact_id = $1 where id = any($2::uuid[]) and contact_id = $3`, [
      merge.fromId,
      ids,
      owner,
    ]);
}

/** Conversations that the merge resolved and that nobody touched since are open again. */
async function reopen(tx: Transaction, merge: ContactMerge): Promise<void> {
  await tx.query(
    `update conversation c set status = 'OPEN', resolved_at = null
     where c.id = any($1::uuid[]) and c.status = 'RESOLVED' and c.resolved_at = $2::timestamptz and not exists (
       select from conversation l where l.contact_id = c.contact_id and l.number_id = c.number_id and l.status <> 'RESOLVED'
     )`,
    [merge.resolvedConversations, merge.mergedAt.toISOString()],
  );
}

/** Conversations beyond this many are found again by whoever reads the contact. */
const MOST_TOLD = 50;

function tell(tx: Transaction, merge: ContactMerge, kind: 'CONTACT_MERGED'): void {
  tx.record({ kind, subjectId: merge.intoId });
  tx.record({ kind, subjectId: merge.fromId });
  const touched = new Set([...merge.movedConversations, ...merge.resolvedConversations]);
  for (const id of [...touched].slice(0, MOST_TOLD))
    tx.record({ kind: 'CONVERSATION_CHANGED', subjectId: id, conversationId: id });
}
