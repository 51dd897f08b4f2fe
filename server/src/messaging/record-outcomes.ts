import type { Services } from '../platform/context.ts';
import type { EventRecord } from '../platform/event-record.ts';
import type { Query } from '../platform/query.ts';
import { place, seal, type SealingKey } from '../platform/sealed.ts';
import { tenantsQuery } from '../platform/tenant-query.ts';
import { addAnsweredPhones } from './add-answered-phones.ts';
import { joinReplies } from './join-replies.ts';
import { lockParking, takeParked } from './parking.ts';
import { pauseNumbers } from './pause-numbers.ts';
import type { QueuedSend } from './queued-send.ts';
import {
  PRICE_COLUMNS,
  type PriceRow,
  type Progress,
  recordProgress,
  type Report,
  type TrackedMessage,
  trackedPrice,
} from './record-progress.ts';
import { waitForFiles } from './outgoing/wait-for-files.ts';
import { leaveQueue } from './send-queue.ts';
import { wamidIndex, wamidName } from './wamid.ts';
import type { Window } from './window.ts';

/** What is to be recorded of a send, at a time in ms. */
export interface Outcome {
  send: QueuedSend;
  at: number;
  end:
    | { kind: 'accepted'; wamid: string; waId?: string; to?: string; isAssessed?: boolean }
    | { kind: 'unconfirmed' }
    | { kind: 'failed'; code: number }
    /** The message needs no sending any more. */
    | { kind: 'gone' }
    /** Meta has no valid id of its file: the send waits until a job has brought it there. */
    | { kind: 'without-file' }
    /** The number cannot send: the send goes back into the queue. */
    | { kind: 'paused'; reason: string; code?: number };
}

/** After these the send is still in the queue. */
const STAYS = new Set<Outcome['end']['kind']>(['paused', 'without-file']);

type Parts = Pick<Services, 'database' | 'keys' | 'appendEvents'>;

interface LockedMessage extends TrackedMessage {
  key: SealingKey | undefined;
}

/**
 * Records outcomes of all tenants in one transaction: what is shown of the messages and their timelines, WhatsApp's ids with what was parked
 * for them, paused numbers, the rows that leave the queue, and the events. Gives the events.
 */
export async function recordOutcomes(
  parts: Parts,
  outcomes: readonly Outcome[],
  lockTimeoutMs: number,
): Promise<readonly EventRecord[]> {
  const tenantIds = [...new Set(outcomes.map(({ send }) => send.tenantId))].sort();
  const record = async (query: Query) => {
    const window: Window = { query, keys: parts.keys, events: [] };
    await parts.keys.loadTenants(query, tenantIds);
    const [, messages] = await Promise.all([lockParking(query, tenantIds, 'shared'), lockMessages(window, outcomes)]);
    const progress = await progressOf(window, outcomes, messages);
    if (progress.length) await recordProgress(window, progress);
    await joinReplies(
      window,
      progress.flatMap(({ message: { tenantId }, wamid }) => (wamid ? [{ tenantId, index: wamid.index }] : [])),
    );
    await addAnsweredPhones(window, outcomes, (send) => messages.get(send.messageId)?.key);
    await pauseNumbers(window, outcomes);
    await waitForFiles(window, outcomes);
    const done = outcomes.filter(({ end }) => !STAYS.has(end.kind)).map(({ send }) => send);
    if (done.length) await leaveQueue(query, done);
    if (window.events.length) await parts.appendEvents(query, window.events);
    return window.events;
  };
  return tenantsQuery(parts.database.worker, tenantIds, record, lockTimeoutMs);
}

interface LockedRow extends PriceRow {
  tenant_id: string;
  id: string;
  conversation_id: string;
  status: string;
  attempt: number;
  key_id: string;
}

/** Locks the messages in one order for all processes, those of an older attempt left out. */
async function lockMessages({ query, keys }: Window, outcomes: readonly Outcome[]): Promise<Map<string, LockedMessage>> {
  const sends = outcomes.filter(({ end }) => end.kind !== 'gone' && !STAYS.has(end.kind)).map(({ send }) => send);
  if (!sends.length) return new Map();
  const rows = await query<LockedRow>(
    `select m.tenant_id, m.id, m.conversation_id, m.status, m.attempt, ${PRICE_COLUMNS},
       (select c.key_id from contact c where c.tenant_id = m.tenant_id and c.id = sent.contact_id) as key_id
     from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[]) as sent(tenant_id, id, attempt, contact_id)
     join message m on m.tenant_id = sent.tenant_id and m.id = sent.id and m.attempt = sent.attempt
     order by m.tenant_id, m.id for no key update of m`,
    [
      sends.map((send) => send.tenantId),
      sends.map((send) => send.messageId),
      sends.map((send) => send.attempt),
      sends.map((send) => send.contactId),
    ],
  );
  for (const [tenantId, mine] of Map.groupBy(rows, (row) => row.tenant_id)) {
    await keys.loadContactKeys(
      query,
      tenantId,
      mine.map((row) => row.key_id),
    );
  }
  return new Map(
    rows.map(({ tenant_id: tenantId, id, conversation_id: conversationId, status, attempt, key_id, ...row }) => [
      id,
      { tenantId, id, conversationId, status, attempt, key: keys.contactKey(tenantId, key_id), price: trackedPrice(row) },
    ]),
  );
}

async function progressOf(
  window: Window,
  outcomes: readonly Outcome[],
  messages: ReadonlyMap<string, LockedMessage>,
): Promise<Progress[]> {
  const accepted = new Map<Outcome, { tenantId: string; index: Buffer }>();
  for (const outcome of outcomes) {
    const { tenantId, messageId } = outcome.send;
    if (outcome.end.kind !== 'accepted' || !messages.get(messageId)?.key) continue;
    accepted.set(outcome, { tenantId, index: wamidIndex(window.keys, tenantId, outcome.end.wamid) });
  }
  const parked = accepted.size ? await takeParked(window, [...accepted.values()]) : new Map<string, Report[]>();
  return outcomes.flatMap((outcome): Progress[] => {
    const { send, end, at } = outcome;
    const message = messages.get(send.messageId);
    if (!message) return [];
    if (end.kind === 'unconfirmed') return [{ message, reports: [{ status: 'UNCONFIRMED', at }] }];
    if (end.kind === 'failed') return [{ message, reports: [{ status: 'FAILED', at, code: end.code }] }];
    if (end.kind !== 'accepted') return [];
    const index = accepted.get(outcome)?.index;
    const reports: Report[] = [{ status: 'ACCEPTED', at }];
    // Without a key the contact is being erased: that it was accepted is all that may be kept.
    if (!index || !message.key) return [{ message, reports }];
    const waiting = parked.get(wamidName(send.tenantId, index)) ?? [];
    const wamid = { sealed: seal(message.key, place(send.tenantId, 'message', 'wamid', message.id), end.wamid), index };
    return [{ message, reports: [...reports, ...waiting], wamid, isAssessed: end.isAssessed ?? false }];
  });
}
