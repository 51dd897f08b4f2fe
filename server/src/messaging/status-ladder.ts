/** The steps of a message we send, lowest first. What is shown only ever climbs. */
export const LADDER = ['SCHEDULED', 'HELD', 'QUEUED', 'UNCONFIRMED', 'ACCEPTED', 'SENT', 'DELIVERED', 'READ', 'PLAYED'] as const;

export type LadderStatus = (typeof LADDER)[number];

/** What can be learnt about a message on its way: a step of the ladder, or that it failed. */
export type ReportableStatus = Exclude<LadderStatus, 'SCHEDULED' | 'HELD' | 'QUEUED'> | 'FAILED';

/** Whether a report says that the message is on the customer's device. */
export function isArrival(status: string): boolean {
  return ARRIVED.has(status);
}

const ARRIVED = new Set(['DELIVERED', 'READ', 'PLAYED']);
const RANK = new Map<string, number>(LADDER.map((status, rank) => [status, rank]));
const DELIVERED = LADDER.indexOf('DELIVERED');
/** A failure is told after the steps that can stand beside it and before those that refute it. */
const FAILED = DELIVERED - 0.5;

/**
 * Says which statuses become visible, in order, when these reports come in while `shown` is what people see; the last one is what they see
 * from then on, and an empty list means that nothing changes. FAILED shows only while nothing from DELIVERED up is known, since one
 * of the customer's devices may still take what another refused. Any order and repetition of the same reports ends in the same status.
 */
export function climb(shown: string, reports: Iterable<ReportableStatus>): ReportableStatus[] {
  const advances: ReportableStatus[] = [];
  let now = shown;
  for (const report of [...new Set(reports)].sort((a, b) => heightOf(a) - heightOf(b))) {
    if (!isAbove(report, now)) continue;
    advances.push(report);
    now = report;
  }
  const last = advances.at(-1);
  // Reports of one moment: a failure that a later one of them refutes was never shown.
  return last !== undefined && last !== 'FAILED' ? advances.filter((status) => status !== 'FAILED') : advances;
}

function isAbove(report: ReportableStatus, shown: string): boolean {
  // What was cancelled never went out: a failure on its way there is nobody's matter.
  if (shown === 'RECEIVED' || (shown === 'CANCELLED' && report === 'FAILED')) return false;
  return heightOf(report) > heightOf(shown);
}

/** Statuses outside the ladder (CANCELLED) lie below it: what WhatsApp reports did happen. */
function heightOf(status: string): number {
  return status === 'FAILED' ? FAILED : (RANK.get(status) ?? -1);
}
