import type { AccountNotice, TemplateRef } from './account-notice.ts';
import { readPreferences, readUserIds } from './read-people-notices.ts';
import { idOf, type Json, numberOf, objectOf, unixMs, wordsOf } from './read-json.ts';

type Reader = (value: Json) => AccountNotice | undefined;

const READERS = new Map<string, Reader>([
  ['message_template_status_update', readTemplateStatus],
  ['message_template_quality_update', readTemplateQuality],
  ['message_template_components_update', readTemplateComponents],
  ['template_category_update', readTemplateCategory],
  ['phone_number_quality_update', readNumberQuality],
  ['phone_number_name_update', readNumberName],
  ['business_capability_update', readCapability],
  ['account_update', readAccountUpdate],
  ['account_alerts', readAlert],
  ['account_review_update', readReview],
  ['security', readSecurity],
  ['business_username_update', readUsername],
]);

/**
 * What a field other than messages says, in one notice or, about people, in one for each; null for a field without notices. An empty list means that
 * nothing in it could be read. Never throws.
 */
export function readNotices(field: string, value: Json): AccountNotice[] | null {
  if (field === 'user_preferences') return readPreferences(value);
  if (field === 'user_id_update') return readUserIds(value);
  const notice = READERS.get(field);
  if (!notice) return null;
  const read = notice(value);
  return read ? [read] : [];
}

/** A tier as text (`TIER_2K`) or number: null for unlimited, undefined for none. */
export function tierOf(value: unknown): number | null | undefined {
  if (typeof value === 'string') {
    if (value === 'TIER_UNLIMITED') return null;
    const tier = /^TIER_(\d{1,6})(K?)$/.exec(value);
    if (tier) return Number(tier[1]) * (tier[2] ? 1000 : 1);
  }
  const number = numberOf(value);
  if (number === undefined || !Number.isSafeInteger(number)) return undefined;
  return number === -1 ? null : number >= 0 ? number : undefined;
}

/** A word of Meta's, in capitals. */
export function wordOf(value: unknown): string | undefined {
  return idOf(value)?.toUpperCase();
}

/** A language as the API writes it: webhooks have `en-US` for `en_US`. */
export function languageOf(value: unknown): string | undefined {
  return idOf(value)?.replaceAll('-', '_');
}

function templateOf(value: Json): TemplateRef | undefined {
  const templateId = idOf(value.message_template_id);
  if (templateId === undefined) return undefined;
  return { templateId, name: idOf(value.message_template_name), language: languageOf(value.message_template_language) };
}

// Meta itself shows a quality update under the field of status updates: only its keys tell them apart.
function readTemplateStatus(value: Json): AccountNotice | undefined {
  if (value.event === undefined && value.new_quality_score !== undefined) return readTemplateQuality(value);
  const template = templateOf(value);
  const event = wordOf(value.event);
  if (!template || event === undefined) return undefined;
  const reason = wordOf(value.reason);
  const other = objectOf(value.other_info);
  const rejection = objectOf(value.rejection_info);
  return {
    kind: 'template-status',
    ...template,
    event,
    category: wordOf(value.message_template_category),
    reason: reason === 'NONE' ? undefined : reason,
    detail: wordOf(other.title),
    description: wordsOf(other.description) ?? wordsOf(rejection.reason),
    recommendation: wordsOf(rejection.recommendation),
    disabledAt: unixMs(objectOf(value.disable_info).disable_date),
  };
}

function readTemplateQuality(value: Json): AccountNotice | undefined {
  if (value.new_quality_score === undefined && value.event !== undefined) return readTemplateStatus(value);
  const template = templateOf(value);
  const quality = wordOf(value.new_quality_score);
  if (!template || quality === undefined) return undefined;
  return { kind: 'template-quality', ...template, quality, previous: wordOf(value.previous_quality_score) };
}

function readTemplateComponents(value: Json): AccountNotice | undefined {
  const template = templateOf(value);
  return template && { kind: 'template-components', ...template };
}

function readTemplateCategory(value: Json): AccountNotice | undefined {
  const template = templateOf(value);
  const category = wordOf(value.new_category);
  if (!template || category === undefined) return undefined;
  const previous = wordOf(value.previous_category);
  const coming = wordOf(value.correct_category);
  return {
    kind: 'template-category',
    ...template,
    category,
    previous,
    coming,
    comingAt: unixMs(value.category_update_timestamp),
  };
}

function readNumberQuality(value: Json): AccountNotice | undefined {
  const event = wordOf(value.event);
  if (event === undefined) return undefined;
  const limit = tierOf(value.max_daily_conversations_per_business ?? value.current_limit);
  return { kind: 'number-quality', displayPhone: idOf(value.display_phone_number), event, limit };
}

function readNumberName(value: Json): AccountNotice | undefined {
  const decision = wordOf(value.decision);
  if (decision === undefined) return undefined;
  return {
    kind: 'number-name',
    displayPhone: idOf(value.display_phone_number),
    decision,
    name: wordsOf(value.requested_verified_name),
    reason: wordsOf(value.rejection_reason),
  };
}

function readCapability(value: Json): AccountNotice | undefined {
  const limit = tierOf(value.max_daily_conversations_per_business ?? value.max_daily_conversation_per_phone);
  const maxNumbers = numberOf(value.max_phone_numbers_per_waba) ?? numberOf(value.max_phone_numbers_per_business);
  return limit === undefined && maxNumbers === undefined ? undefined : { kind: 'capability', limit, maxNumbers };
}

function readAccountUpdate(value: Json): AccountNotice | undefined {
  const event = wordOf(value.event);
  if (event === undefined) return undefined;
  const ban = objectOf(value.ban_info);
  const notice: AccountNotice = {
    kind: 'account-update',
    event,
    violation: wordOf(objectOf(value.violation_info).violation_type),
    // Formerly a list.
    banState: wordOf(Array.isArray(ban.waba_ban_state) ? ban.waba_ban_state[0] : ban.waba_ban_state),
    banDate: wordsOf(ban.waba_ban_date),
    ownerBusinessId: idOf(objectOf(value.waba_info).owner_business_id),
    disconnectionReason: wordsOf(objectOf(value.disconnection_info).reason),
  };
  const tier = objectOf(value.volume_tier_info);
  if (tier.tier === undefined) return notice;
  const range = wordsOf(tier.tier);
  notice.tier = {
    category: wordOf(tier.pricing_category),
    region: wordsOf(tier.region),
    range,
    month: wordsOf(tier.effective_month),
  };
  return notice;
}

function readAlert(value: Json): AccountNotice | undefined {
  // Older examples have what is under `alert_info` at the top.
  const info = { ...value, ...objectOf(value.alert_info) };
  const type = wordOf(info.alert_type);
  if (type === undefined) return undefined;
  return {
    kind: 'account-alert',
    entityType: wordOf(value.entity_type),
    entityId: idOf(value.entity_id),
    severity: wordOf(info.alert_severity),
    status: wordOf(info.alert_status),
    type,
    description: wordsOf(info.alert_description),
  };
}

function readReview(value: Json): AccountNotice | undefined {
  const decision = wordOf(value.decision);
  return decision === undefined ? undefined : { kind: 'account-review', decision };
}

function readSecurity(value: Json): AccountNotice | undefined {
  const event = wordOf(value.event);
  return event === undefined ? undefined : { kind: 'security', displayPhone: idOf(value.display_phone_number), event };
}

function readUsername(value: Json): AccountNotice | undefined {
  const status = wordOf(value.status);
  if (status === undefined) return undefined;
  const username = wordsOf(value.username)?.replace(/^@/, '');
  return { kind: 'number-username', displayPhone: idOf(value.display_phone_number), username, status };
}
