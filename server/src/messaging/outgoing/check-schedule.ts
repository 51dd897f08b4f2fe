import type { Transaction } from '../../platform/context.ts';
import { RuleBroken } from '../../platform/user-errors.ts';

/** When a message is to go out, and the time zone in which that was chosen: it is shown, and chosen anew, in that one. */
export interface Schedule {
  at: Date;
  timeZone: string;
}

export interface ScheduleAsked {
  scheduledAt?: Date | null;
  timeZone?: string | null;
}

/** Reads when a message is to go out; null for at once. The database's clock decides what is past. Throws BAD_TIME and BAD_INPUT. */
export async function checkSchedule(tx: Transaction, { scheduledAt, timeZone }: ScheduleAsked): Promise<Schedule | null> {
  if (!scheduledAt) {
    if (timeZone) throw new RuleBroken('BAD_INPUT', 'Say when, or leave out the time zone.', ['scheduledAt']);
    return null;
  }
  if (!timeZone) throw new RuleBroken('BAD_INPUT', 'Say in which time zone the time was chosen.', ['timeZone']);
  if (!isTimeZone(timeZone))
    throw new RuleBroken('BAD_INPUT', 'There is no such time zone: use one like Asia/Riyadh.', ['timeZone']);
  const [row] = await tx.query<{ is_past: boolean; is_far: boolean }>(
    `select $1::timestamptz <= cube_now() as is_past, $1::timestamptz > cube_now() + interval '1 year' as is_far`,
    [scheduledAt.toISOString()],
  );
  if (row?.is_past) throw new RuleBroken('BAD_TIME', 'This time is past.', ['scheduledAt']);
  if (row?.is_far) throw new RuleBroken('BAD_TIME', 'A message waits for a year at most.', ['scheduledAt']);
  return { at: scheduledAt, timeZone };
}

function isTimeZone(name: string): boolean {
  // A bare offset is none: it has no summer time.
  if (!/^[A-Za-z]/.test(name) || name.length > 64) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
