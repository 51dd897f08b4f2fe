import { METADATA, news, type Payload } from './payload.ts';

const value = { messaging_product: 'whatsapp', metadata: METADATA };
const change = (field: string, content: object): Payload => news(field, 'left alone', { ...value, ...content });

/** Fields that we know and leave, and one that nobody knows. */
export const IGNORED: readonly Payload[] = [
  change('smb_app_state_sync', {
    state_sync: [
      {
        type: 'contact',
        contact: { full_name: 'Bo', first_name: 'Bo', phone_number: '49155' },
        action: 'add',
        metadata: { timestamp: '1790000000' },
      },
    ],
  }),
  change('history', {
    history: [
      {
        metadata: { phase: 0, chunk_order: 1, progress: 40 },
        threads: [
          {
            id: '4915550001',
            messages: [
              {
                from: '493055501',
                to: '4915550001',
                id: 'wamid.H1',
                timestamp: '1780000000',
                type: 'text',
                text: { body: 'Hi' },
                history_context: { status: 'READ' },
              },
            ],
          },
        ],
      },
    ],
  }),
  change('calls', { calls: [{ id: 'wacid.1', from: '4915550001', event: 'connect', timestamp: '1790000000' }] }),
  change('flows', { event: 'FLOW_STATUS_CHANGE', flow_id: '5', new_status: 'PUBLISHED' }),
  change('account_settings_update', {}),
  change('automatic_events', { automatic_events: [] }),
  change('group_lifecycle_update', { groups: [{ group_id: 'Y2Fw' }] }),
  change('group_participants_update', { groups: [] }),
  change('group_settings_update', { groups: [] }),
  change('group_status_update', { groups: [] }),
  change('message_echoes', { message_echoes: [] }),
  change('messaging_handovers', {}),
  change('partner_solutions', { event: 'SOLUTION_CREATED' }),
  change('payment_configuration_update', { configuration_name: 'x' }),
  change('standby', {}),
  change('holograms', { depth: 3 }),
  change('__proto__', { depth: 3 }),
];
