import { AT, envelope, METADATA, news, type Payload, WABA_ID } from './payload.ts';

const digits = { display_phone_number: '493055501' };

/** News about accounts, numbers and people. */
export const ACCOUNT: readonly Payload[] = [
  news(
    'phone_number_quality_update',
    'upgraded',
    { ...digits, event: 'THROUGHPUT_UPGRADE', max_daily_conversations_per_business: 'TIER_UNLIMITED' },
    { kind: 'number-quality', displayPhone: '493055501', event: 'THROUGHPUT_UPGRADE', limit: null },
  ),
  news(
    'phone_number_quality_update',
    'in words of before',
    { ...digits, event: 'FLAGGED', current_limit: 'TIER_2K', old_limit: 'TIER_10K' },
    { kind: 'number-quality', displayPhone: '493055501', event: 'FLAGGED', limit: 2_000 },
  ),
  news(
    'phone_number_quality_update',
    'without a limit',
    { ...digits, event: 'ONBOARDING' },
    { kind: 'number-quality', displayPhone: '493055501', event: 'ONBOARDING' },
  ),
  news(
    'phone_number_name_update',
    'rejected',
    { ...digits, decision: 'REJECTED', requested_verified_name: 'Shop', rejection_reason: 'NAME_BAD' },
    { kind: 'number-name', displayPhone: '493055501', decision: 'REJECTED', name: 'Shop', reason: 'NAME_BAD' },
  ),
  news(
    'phone_number_name_update',
    'approved',
    { ...digits, decision: 'APPROVED', requested_verified_name: 'Shop', rejection_reason: null },
    { kind: 'number-name', displayPhone: '493055501', decision: 'APPROVED', name: 'Shop' },
  ),
  news(
    'business_capability_update',
    'as a number',
    { max_daily_conversations_per_business: 2000, max_phone_numbers_per_waba: 25 },
    { kind: 'capability', limit: 2_000, maxNumbers: 25 },
  ),
  news(
    'business_capability_update',
    'as a word',
    { max_daily_conversations_per_business: 'TIER_100K', max_phone_numbers_per_business: 2 },
    { kind: 'capability', limit: 100_000, maxNumbers: 2 },
  ),
  news(
    'business_capability_update',
    'unlimited, in a key of before',
    { max_daily_conversation_per_phone: -1, max_phone_numbers_per_business: 20 },
    { kind: 'capability', limit: null, maxNumbers: 20 },
  ),
  news(
    'account_update',
    'to be disabled',
    {
      event: 'DISABLED_UPDATE',
      ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'September 30, 2026' },
      violation_info: { violation_type: 'SCAM' },
    },
    {
      kind: 'account-update',
      event: 'DISABLED_UPDATE',
      violation: 'SCAM',
      banState: 'SCHEDULE_FOR_DISABLE',
      banDate: 'September 30, 2026',
    },
  ),
  news(
    'account_update',
    'no longer ours',
    {
      event: 'PARTNER_REMOVED',
      waba_info: { waba_id: WABA_ID, owner_business_id: 5501 },
      disconnection_info: { reason: 'USER', initiated_by: 'BUSINESS' },
    },
    { kind: 'account-update', event: 'PARTNER_REMOVED', ownerBusinessId: '5501', disconnectionReason: 'USER' },
  ),
  news(
    'account_update',
    'cheaper from here',
    {
      event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
      volume_tier_info: {
        effective_month: '2026-11',
        pricing_category: 'UTILITY',
        region: 'GERMANY',
        tier: '0:1000',
        tier_update_time: 1,
      },
    },
    {
      kind: 'account-update',
      event: 'VOLUME_BASED_PRICING_TIER_UPDATE',
      tier: { category: 'UTILITY', region: 'GERMANY', range: '0:1000', month: '2026-11' },
    },
  ),
  news(
    'account_alerts',
    'a picture is gone',
    {
      entity_type: 'PHONE_NUMBER',
      entity_id: 7001,
      alert_info: {
        alert_severity: 'WARNING',
        alert_status: 'ACTIVE',
        alert_type: 'PROFILE_PICTURE_LOST',
        alert_description: 'Upload it again.',
      },
    },
    {
      kind: 'account-alert',
      entityType: 'PHONE_NUMBER',
      entityId: '7001',
      severity: 'WARNING',
      status: 'ACTIVE',
      type: 'PROFILE_PICTURE_LOST',
      description: 'Upload it again.',
    },
  ),
  news(
    'account_alerts',
    'all at the top',
    { entity_type: 'BUSINESS', entity_id: '1', alert_severity: 'INFORMATIONAL', alert_type: 'OBA_APPROVED' },
    { kind: 'account-alert', entityType: 'BUSINESS', entityId: '1', severity: 'INFORMATIONAL', type: 'OBA_APPROVED' },
  ),
  news('account_review_update', 'approved', { decision: 'APPROVED' }, { kind: 'account-review', decision: 'APPROVED' }),
  news(
    'security',
    'a new PIN',
    { ...digits, event: 'PIN_CHANGED', requester: '77' },
    { kind: 'security', displayPhone: '493055501', event: 'PIN_CHANGED' },
  ),
  news(
    'business_username_update',
    'approved',
    { ...digits, username: 'shop', status: 'approved' },
    { kind: 'number-username', displayPhone: '493055501', username: 'shop', status: 'APPROVED' },
  ),
  news(
    'business_username_update',
    'deleted',
    { ...digits, status: 'deleted' },
    { kind: 'number-username', displayPhone: '493055501', status: 'DELETED' },
  ),
  {
    name: 'user_preferences: two people, in both directions',
    body: envelope('user_preferences', {
      messaging_product: 'whatsapp',
      metadata: METADATA,
      contacts: [{ profile: { name: 'Ada' }, wa_id: '4915550001' }],
      user_preferences: [
        {
          wa_id: '4915550001',
          detail: 'User requested to stop marketing messages',
          category: 'marketing_messages',
          value: 'stop',
          timestamp: 1790000000,
        },
        {
          user_id: 'DE.B',
          parent_user_id: 'DE.ENT.B',
          detail: 'User requested to resume marketing messages',
          category: 'marketing_messages',
          value: 'resume',
          timestamp: '1790000000',
        },
      ],
    }),
    reads: {
      notices: [
        { kind: 'marketing-preference', wants: false, phone: '4915550001', at: AT },
        { kind: 'marketing-preference', wants: true, userId: 'DE.B', parentUserId: 'DE.ENT.B', at: AT },
      ],
    },
  },
  {
    name: 'user_id_update: the way of before',
    body: envelope('user_id_update', {
      messaging_product: 'whatsapp',
      metadata: METADATA,
      user_id_update: [
        {
          wa_id: '4915550001',
          detail: 'changed',
          user_id: { previous: 'DE.4410A', current: 'DE.9NEW' },
          parent_user_id: { previous: 'DE.ENT.77', current: 'DE.ENT.9' },
          timestamp: '1790000000',
        },
      ],
    }),
    reads: {
      notices: [
        {
          kind: 'user-id',
          phone: '4915550001',
          previousUserId: 'DE.4410A',
          userId: 'DE.9NEW',
          previousParentUserId: 'DE.ENT.77',
          parentUserId: 'DE.ENT.9',
          at: AT,
        },
      ],
    },
  },
];
