import { type Payload, status } from './payload.ts';

const opaque = '01990000-0000-7000-8000-000000000001';
const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };

/** What becomes of messages that were sent. */
export const STATUSES: readonly Payload[] = [
  status(
    'sent, with all that may stand there',
    {
      status: 'sent',
      recipient_user_id: 'DE.4410A',
      recipient_parent_user_id: 'DE.ENT.77',
      recipient_identity_key_hash: 'aB3=',
      biz_opaque_callback_data: opaque,
      conversation: { id: '8f84', expiration_timestamp: '1790086400', origin: { type: 'referral_conversion' } },
      pricing,
    },
    {
      status: 'sent',
      recipientUserId: 'DE.4410A',
      recipientParentUserId: 'DE.ENT.77',
      opaque,
      conversation: { id: '8f84', origin: 'referral_conversion', expiresAt: 1_790_086_400_000 },
      pricing: { billable: true, model: 'PMP', type: 'regular', category: 'utility' },
    },
  ),
  status(
    'delivered, as to a person without a phone',
    { status: 'delivered', recipient_id: undefined, recipient_user_id: 'DE.4410A', pricing: { ...pricing, billable: undefined } },
    {
      status: 'delivered',
      recipientId: undefined,
      recipientUserId: 'DE.4410A',
      pricing: { model: 'PMP', type: 'regular', category: 'utility' },
    },
  ),
  status('read', { status: 'read', timestamp: 1790000000 }, { status: 'read' }),
  status(
    'read for nothing, in a free entry point',
    {
      status: 'read',
      pricing: { ...pricing, billable: false, type: 'free_entry_point', category: 'authentication-international' },
    },
    {
      status: 'read',
      pricing: { billable: false, model: 'PMP', type: 'free_entry_point', category: 'authentication-international' },
    },
  ),
  status('played', { status: 'played' }, { status: 'played' }),
  status(
    'failed with a reason',
    {
      status: 'failed',
      biz_opaque_callback_data: opaque,
      errors: [
        {
          code: 131049,
          title: 'This message was not delivered',
          message: 'This message was not delivered',
          error_data: { details: 'To maintain a healthy ecosystem' },
          href: '/documentation',
        },
      ],
    },
    {
      status: 'failed',
      opaque,
      errors: [
        {
          code: 131049,
          title: 'This message was not delivered',
          details: 'To maintain a healthy ecosystem',
          transient: false,
        },
      ],
    },
  ),
  status(
    'failed for a while',
    { status: 'failed', errors: [{ code: 131000, message: 'Something went wrong', is_transient: true }] },
    { status: 'failed', errors: [{ code: 131000, title: 'Something went wrong', transient: true }] },
  ),
  status('failed without a reason', { status: 'failed' }, { status: 'failed' }),
  status(
    'delivered to a group',
    { status: 'delivered', recipient_id: 'Y2Fw', recipient_type: 'group' },
    { status: 'delivered', recipientId: 'Y2Fw', isGroup: true },
  ),
  status(
    'read by one of a group',
    {
      status: 'read',
      recipient_id: 'Y2Fw',
      recipient_type: 'group',
      recipient_participant_id: '4915550003',
      recipient_participant_user_id: 'DE.C',
      recipient_participant_parent_user_id: 'DE.ENT.C',
    },
    {
      status: 'read',
      recipientId: 'Y2Fw',
      isGroup: true,
      participant: { id: '4915550003', userId: 'DE.C', parentUserId: 'DE.ENT.C' },
    },
  ),
  status(
    'in the spellings of before',
    { status: 'delivered', parent_recipient_user_id: 'DE.ENT.77', participant_recipient_id: '4915550003' },
    { status: 'delivered', recipientParentUserId: 'DE.ENT.77', isGroup: true, participant: { id: '4915550003' } },
  ),
];
