import type { AccountNotice, AccountUpdateNotice } from '../whatsapp/account-notice.ts';
import type { WhatsappNumber } from './whatsapp-number.ts';
import { PER_SECOND } from './apply-facts.ts';

/** What of a number follows from news. */
export type NumberChange = Partial<Pick<WhatsappNumber, 'name' | 'nameStatus'>> & { quality?: string; throughput?: string };

/** One thing that follows from a notice; `thing` names what it is about, so that older news of the same cannot undo it. */
export type Consequence = { thing: string } & (
  | { kind: 'limit'; limit: number | null }
  | { kind: 'number'; phone: string | undefined; change: NumberChange }
  | { kind: 'review'; status: string }
  | { kind: 'stop'; reason: string; code: number; alert: string }
  | { kind: 'start'; reason: string }
  | { kind: 'alert'; alert: string; phone?: string; phoneNumberId?: string }
  /** The number shows something new at Meta. */
  | { kind: 'told'; phoneNumberId: string }
  | { kind: 'nothing' }
);

/** The code with which Meta refuses what such an account sends. */
const LOCKED = 131031;
const NOT_PERMITTED = 10;
const BANNED =
  'WhatsApp has disabled this account. An administrator finds the reason in WhatsApp Manager; waiting messages are kept.';
const LEFT = 'The account does not let this app in any more. Connect the number again; waiting messages are kept.';

/** What follows from a notice about an account or its numbers; templates and people are others' business. */
export function consequencesOf(notice: AccountNotice): Consequence[] {
  switch (notice.kind) {
    case 'number-quality':
      return [...limitOf(notice.limit), ...ofQuality(notice.event, notice.displayPhone)];
    case 'number-name': {
      const change = { nameStatus: notice.decision, ...(notice.decision === 'APPROVED' && notice.name && { name: notice.name }) };
      return [{ thing: `name ${notice.displayPhone}`, kind: 'number', phone: notice.displayPhone, change }];
    }
    case 'capability':
      return limitOf(notice.limit);
    case 'account-review':
      return [{ thing: 'review', kind: 'review', status: word(notice.decision) }];
    case 'account-update':
      return ofUpdate(notice);
    case 'account-alert':
      return ofAlert(notice);
    case 'security':
      return [
        {
          thing: `security ${notice.displayPhone} ${notice.event}`,
          kind: 'alert',
          alert: word(notice.event),
          phone: notice.displayPhone,
        },
      ];
    default:
      return [];
  }
}

function limitOf(limit: number | null | undefined): Consequence[] {
  return limit === undefined ? [] : [{ thing: 'limit', kind: 'limit', limit }];
}

// Formerly Meta told of bad quality here; how good it is since it is no longer bad, it did not.
function ofQuality(event: string, phone: string | undefined): Consequence[] {
  if (event === 'THROUGHPUT_UPGRADE')
    return [{ thing: `throughput ${phone}`, kind: 'number', phone, change: { throughput: 'HIGH' } }];
  if (event === 'FLAGGED') return [{ thing: `quality ${phone}`, kind: 'number', phone, change: { quality: 'RED' } }];
  if (event === 'UNFLAGGED') return [{ thing: `quality ${phone}`, kind: 'number', phone, change: { quality: 'UNKNOWN' } }];
  return [];
}

function ofUpdate({ event, banState, violation }: AccountUpdateNotice): Consequence[] {
  if (banState === 'DISABLE') return [{ thing: 'ban', kind: 'stop', reason: BANNED, code: LOCKED, alert: 'ACCOUNT_DISABLED' }];
  if (banState === 'REINSTATE') return [{ thing: 'ban', kind: 'start', reason: BANNED }];
  if (banState !== undefined) return [{ thing: 'ban', kind: 'alert', alert: word(banState) }];
  switch (event) {
    case 'ACCOUNT_DELETED':
    case 'PARTNER_REMOVED':
    case 'PARTNER_APP_UNINSTALLED':
      return [{ thing: 'access', kind: 'stop', reason: LEFT, code: NOT_PERMITTED, alert: event }];
    case 'PARTNER_ADDED':
    case 'PARTNER_APP_INSTALLED':
      return [{ thing: 'access', kind: 'nothing' }];
    case 'ACCOUNT_VIOLATION':
      return [{ thing: `violation ${violation}`, kind: 'alert', alert: event }];
    default:
      return [];
  }
}

function ofAlert(notice: Extract<AccountNotice, { kind: 'account-alert' }>): Consequence[] {
  const { type, entityType, entityId, severity } = notice;
  const thing = `alert ${type} ${entityId}`;
  const phoneNumberId = entityType === 'PHONE_NUMBER' ? entityId : undefined;
  if (severity === 'WARNING' || severity === 'CRITICAL') return [{ thing, kind: 'alert', alert: word(type), phoneNumberId }];
  return phoneNumberId === undefined ? [] : [{ thing, kind: 'told', phoneNumberId }];
}

/** Events hold words of Meta's and nothing that could be anybody's. */
function word(text: string): string {
  return /^[A-Z][A-Z_]{0,59}$/.test(text) ? text : 'OTHER';
}

/** What Meta takes from a number in a second. */
export function paceOf({ isCoexistence, throughput }: { isCoexistence: boolean; throughput: string }): number {
  return isCoexistence ? PER_SECOND.COEXISTENCE : throughput === 'HIGH' ? PER_SECOND.HIGH : PER_SECOND.STANDARD;
}
