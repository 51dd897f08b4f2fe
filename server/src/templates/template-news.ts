import type { AccountNotice, TemplateStatusNotice } from '../whatsapp/account-notice.ts';
import { NumberQuality } from '../conversations/whatsapp-number.ts';
import { TemplateCategory, TemplateStatus } from './template-enums.ts';

/** News about one of an account's templates. Notices of other kinds are left alone. */
export interface TemplateNews {
  tenantId: string;
  accountId: string;
  notice: AccountNotice;
  /** The time of its entry by Meta's clock, in ms; without one it counts as new. */
  at?: number;
}

/** All that is said about one template, each part with the time of its newest word. */
export interface TemplateChange {
  tenant_id: string;
  account_id: string;
  meta_id: string;
  name?: string;
  language?: string;
  /** It has to be read anew: its text was changed at Meta. */
  isStale?: boolean;
  status?: string;
  status_ms?: number;
  status_rank?: number;
  reason?: string | null;
  note?: string | null;
  pause?: string | null;
  quality?: string;
  quality_ms?: number;
  category?: string;
  category_ms?: number;
  coming?: string | null;
  coming_ms?: number | null;
}

/** Of two words of the same second, which is as fine as Meta's clock goes, the later one here holds: in whatever order they come. */
export const STATUS_RANKS: readonly string[] = [
  'DRAFT',
  'PENDING',
  'IN_APPEAL',
  'APPROVED',
  'REJECTED',
  'PAUSED',
  'LIMIT_EXCEEDED',
  'DISABLED',
  'ARCHIVED',
  'PENDING_DELETION',
  'DELETED',
];

/** Gathers news by template. Words that this version does not know are left out; what has no time is the newest (and no time in JSON). */
export function gatherNews(news: Iterable<TemplateNews>): TemplateChange[] {
  const changes = new Map<string, TemplateChange>();
  for (const { tenantId, accountId, notice, at = Infinity } of news) {
    if (!('templateId' in notice)) continue;
    const key = `${tenantId}${accountId}${notice.templateId}`;
    let change = changes.get(key);
    if (!change) changes.set(key, (change = { tenant_id: tenantId, account_id: accountId, meta_id: notice.templateId }));
    change.name ??= notice.name;
    change.language ??= notice.language;
    switch (notice.kind) {
      case 'template-status':
        noteStatus(change, notice, at);
        break;
      case 'template-quality':
        if (notice.quality in NumberQuality && at >= (change.quality_ms ?? 0))
          Object.assign(change, { quality: notice.quality, quality_ms: at });
        break;
      case 'template-category':
        if (notice.category in TemplateCategory && at >= (change.category_ms ?? 0)) {
          const coming = notice.coming && notice.coming in TemplateCategory ? notice.coming : null;
          Object.assign(change, { category: notice.category, category_ms: at, coming, coming_ms: coming && notice.comingAt });
        }
        break;
      case 'template-components':
        change.isStale = true;
    }
  }
  return [...changes.values()];
}

function noteStatus(change: TemplateChange, notice: TemplateStatusNotice, at: number): void {
  // FLAGGED and LOCKED are warnings: the template stays what it was.
  const status = notice.event === 'REINSTATED' ? 'APPROVED' : notice.event;
  if (!(status in TemplateStatus)) return;
  const rank = STATUS_RANKS.indexOf(status);
  const isNewer = at > (change.status_ms ?? 0) || (at === change.status_ms && rank > (change.status_rank ?? 0));
  if (!isNewer) return;
  const words = [notice.description, notice.recommendation].filter(Boolean).join(' ');
  Object.assign(change, {
    status,
    status_ms: at,
    status_rank: rank,
    reason: status === 'REJECTED' ? (notice.reason ?? null) : null,
    note: words || notice.detail || null,
    pause: status === 'PAUSED' ? (notice.detail ?? null) : null,
  });
}
