/** Every `field` of a webhook that Meta names: what we read, and what we know and leave. */
export const KNOWN_FIELDS: Readonly<Record<string, 'handled' | 'ignored'>> = Object.freeze({
  messages: 'handled',
  smb_message_echoes: 'handled',
  message_template_status_update: 'handled',
  message_template_quality_update: 'handled',
  message_template_components_update: 'handled',
  template_category_update: 'handled',
  phone_number_quality_update: 'handled',
  phone_number_name_update: 'handled',
  business_capability_update: 'handled',
  account_update: 'handled',
  account_alerts: 'handled',
  account_review_update: 'handled',
  security: 'handled',
  user_preferences: 'handled',
  user_id_update: 'handled',
  business_username_update: 'handled',
  account_settings_update: 'ignored',
  automatic_events: 'ignored',
  calls: 'ignored',
  flows: 'ignored',
  group_lifecycle_update: 'ignored',
  group_participants_update: 'ignored',
  group_settings_update: 'ignored',
  group_status_update: 'ignored',
  history: 'ignored',
  message_echoes: 'ignored',
  messaging_handovers: 'ignored',
  partner_solutions: 'ignored',
  payment_configuration_update: 'ignored',
  smb_app_state_sync: 'ignored',
  standby: 'ignored',
});

/** What becomes of a field; `unknown` for one that Meta has not told us of, whatever its name. */
export function fieldKind(field: string): 'handled' | 'ignored' | 'unknown' {
  return Object.hasOwn(KNOWN_FIELDS, field) ? (KNOWN_FIELDS[field] ?? 'unknown') : 'unknown';
}
