import { MessageStatus } from '../message-enums.ts';

const SECOND = 1_000;
const DAY_S = 86_400;
export const HOUR_S = 3_600;
/** How long WhatsApp tries to deliver what says nothing else. */
export const TTL_S = 30 * DAY_S;
/** How late a status may be: of codes, which are tried for minutes, and of everything else. */
export const LATE_S = { code: 300, other: DAY_S };

export interface Sent {
  status: string;
  sentAt: Date;
  ttlSeconds: number | null;
  isEcho: boolean;
}

/** A message's status as far as is known now. */
export function statusNow(message: Sent & { status: MessageStatus }, now: Date): MessageStatus {
  return expiredAt(message, now) ? MessageStatus.EXPIRED : message.status;
}

/**
 * When WhatsApp gave up on a message without a word: it was taken, not one device took it, and its time is over by more than a status could be late.
 * Null where it may still arrive, and for what was written on the phone: of that nobody tells us all. Nobody says so, so no status is stored: a late one simply shows.
 */
export function expiredAt({ status, sentAt, ttlSeconds, isEcho }: Sent, now: Date): Date | null {
  if (isEcho || (status !== MessageStatus.ACCEPTED && status !== MessageStatus.SENT)) return null;
  const ttl = ttlSeconds ?? TTL_S;
  const margin = ttl < HOUR_S ? LATE_S.code : LATE_S.other;
  const at = new Date(sentAt.getTime() + (ttl + margin) * SECOND);
  return at <= now ? at : null;
}
