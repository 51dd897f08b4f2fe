import { metadataOf } from './change-identity.ts';
import type { SimulatedNumber } from './options.ts';

type Example = (number: SimulatedNumber, phone: string, seconds: number) => Record<string, unknown>;

const display = (number: SimulatedNumber) => metadataOf(number).metadata.display_phone_number;
const template = {
  message_template_id: 5501,
  message_template_name: 'order_ok',
  message_template_language: 'en-US',
};

/** A value of each field a webhook can have beside `messages`, as Meta documents it; the last ones are only stored and ignored. */
export const FIELD_EXAMPLES: Record<string, Example> = {
  message_template_status_update: () => ({ event: 'APPROVED', ...template, reason: 'NONE' }),
  message_template_quality_update: () => ({ previous_quality_score: 'GREEN', new_quality_score: 'YELLOW', ...template }),
  message_template_components_update: () => ({ ...template, message_template_element: 'Your order {{1}} is ready.' }),
  template_category_update: () => ({ ...template, previous_category: 'UTILITY', new_category: 'MARKETING' }),
  phone_number_quality_update: (number) => ({
    display_phone_number: display(number),
    event: 'THROUGHPUT_UPGRADE',
    max_daily_conversations_per_business: 'TIER_UNLIMITED',
  }),
  phone_number_name_update: (number) => ({
    display_phone_number: display(number),
    decision: 'APPROVED',
    requested_verified_name: number.name,
    rejection_reason: null,
  }),
  business_capability_update: () => ({ max_daily_conversations_per_business: 2000, max_phone_numbers_per_waba: 25 }),
  account_alerts: (number) => ({
    entity_type: 'PHONE_NUMBER',
    entity_id: number.phoneNumberId,
    alert_info: {
      alert_severity: 'WARNING',
      alert_status: 'ACTIVE',
      alert_type: 'INCREASED_CAPABILITIES_ELIGIBILITY_NEED_MORE_INFO',
      alert_description: 'More information is needed to raise the messaging limit.',
    },
  }),
  account_review_update: () => ({ decision: 'APPROVED' }),
  account_update: (number, _phone, seconds) => ({
    event: 'DISABLED_UPDATE',
    ban_info: {
      waba_ban_state: 'SCHEDULE_FOR_DISABLE',
      waba_ban_date: new Date((seconds + 86_400) * 1000).toISOString().slice(0, 10),
    },
    waba_info: { waba_id: number.wabaId, owner_business_id: number.businessId ?? '3001' },
  }),
  security: (number) => ({ display_phone_number: display(number), event: 'PIN_CHANGED', requester: '900100200' }),
  user_preferences: (number, phone, seconds) => ({
    ...metadataOf(number),
    contacts: [{ profile: { name: 'Ada L' }, wa_id: phone }],
    user_preferences: [
      {
        wa_id: phone,
        detail: 'User requested to stop marketing messages',
        category: 'marketing_messages',
        value: 'stop',
        timestamp: seconds,
      },
    ],
  }),
  user_id_update: (number, phone, seconds) => ({
    ...metadataOf(number),
    contacts: [{ profile: { name: 'Ada L' }, wa_id: phone, user_id: 'DE.9NEW' }],
    user_id_update: [
      {
        wa_id: phone,
        detail: 'User id changed',
        user_id: { previous: 'DE.4410A', current: 'DE.9NEW' },
        timestamp: String(seconds),
      },
    ],
  }),
  business_username_update: (number) => ({ display_phone_number: display(number), username: 'shop', status: 'approved' }),
  smb_message_echoes: (number, phone, seconds) => ({
    ...metadataOf(number),
    message_echoes: [
      {
        from: display(number),
        to: phone,
        id: 'wamid.ECHO1',
        timestamp: String(seconds),
        type: 'text',
        text: { body: 'From the phone' },
      },
    ],
  }),
  smb_app_state_sync: (number, phone, seconds) => ({
    ...metadataOf(number),
    state_sync: [
      {
        type: 'contact',
        contact: { full_name: 'Ada L', first_name: 'Ada', phone_number: phone },
        action: 'add',
        metadata: { timestamp: String(seconds) },
      },
    ],
  }),
  history: (number, phone, seconds) => ({
    ...metadataOf(number),
    history: [
      {
        metadata: { phase: 0, chunk_order: 1, progress: 100 },
        threads: [
          {
            id: phone,
            messages: [
              {
                from: phone,
                id: 'wamid.HISTORY1',
                timestamp: String(seconds - 86_400),
                type: 'text',
                text: { body: 'Written before the number was connected' },
                history_context: { status: 'READ' },
              },
            ],
          },
        ],
      },
    ],
  }),
  automatic_events: (number) => ({ ...metadataOf(number), automatic_events: [{ event_name: 'LeadSubmitted' }] }),
  partner_solutions: () => ({ event: 'SOLUTION_CREATED', solution_id: '77', solution_status: 'INITIATED' }),
  payment_configuration_update: () => ({ configuration_name: 'main', provider_name: 'example', status: 'Needs Testing' }),
  flows: () => ({
    event: 'FLOW_STATUS_CHANGE',
    flow_id: '6001',
    old_status: 'DRAFT',
    new_status: 'PUBLISHED',
    message: 'Published',
  }),
  calls: (number, phone, seconds) => ({
    ...metadataOf(number),
    calls: [
      {
        id: 'wacid.C1',
        from: phone,
        to: display(number),
        event: 'connect',
        direction: 'USER_INITIATED',
        timestamp: String(seconds),
      },
    ],
  }),
  account_settings_update: (number) => ({ ...metadataOf(number), type: 'phone_number_settings', phone_number_settings: {} }),
  group_lifecycle_update: (number) => ({ ...metadataOf(number), groups: [{ group_id: 'Y2Fw', type: 'group_create' }] }),
  group_participants_update: (number) => ({
    ...metadataOf(number),
    groups: [{ group_id: 'Y2Fw', type: 'group_participants_add' }],
  }),
  group_settings_update: (number) => ({ ...metadataOf(number), groups: [{ group_id: 'Y2Fw', type: 'group_settings_update' }] }),
  group_status_update: (number) => ({ ...metadataOf(number), groups: [{ group_id: 'Y2Fw', type: 'group_suspend' }] }),
  standby: (number) => ({ ...metadataOf(number) }),
  messaging_handovers: (number) => ({ ...metadataOf(number) }),
  message_echoes: (number) => ({ ...metadataOf(number), message_echoes: [] }),
  from_the_future: () => ({ anything: [{ at: 'all' }] }),
};
