import type { ReceivedMessage } from '../read-envelope.ts';
import { AT, envelope, METADATA, type Payload } from './payload.ts';

const value = { messaging_product: 'whatsapp', metadata: METADATA };
const text = { id: 'wamid.IN1', timestamp: '1790000000', type: 'text', text: { body: 'Hi' } };
const read: ReceivedMessage = {
  wamid: 'wamid.IN1',
  at: AT,
  type: 'text',
  content: { kind: 'TEXT', text: 'Hi', parts: {} },
  errors: [],
};
const messages = (name: string, more: object, reads: Payload['reads']): Payload => ({
  name,
  body: envelope('messages', { ...value, ...more }),
  reads,
});

/** People by phone, user id and username, what changes about them, faults of the number, and what was written on its own phone. */
export const PEOPLE: readonly Payload[] = [
  messages(
    'a person who hides their phone behind a username with an @',
    {
      contacts: [
        {
          profile: { name: 'Ada L', username: '@ada.l' },
          user_id: 'DE.4410A',
          parent_user_id: 'DE.ENT.77',
          identity_key_hash: 'aB3=',
        },
      ],
      messages: [{ ...text, from_user_id: 'DE.4410A', from_parent_user_id: 'DE.ENT.77' }],
    },
    {
      contacts: [{ name: 'Ada L', username: 'ada.l', userId: 'DE.4410A', parentUserId: 'DE.ENT.77', identityKeyHash: 'aB3=' }],
      messages: [{ ...read, fromUserId: 'DE.4410A', fromParentUserId: 'DE.ENT.77' }],
    },
  ),
  messages(
    'a person with both, and a username without an @',
    {
      contacts: [{ profile: { name: 'Ada L', username: 'ada.l' }, wa_id: '4915550001', user_id: 'DE.4410A' }],
      messages: [{ ...text, from: '4915550001', from_user_id: 'DE.4410A' }],
    },
    {
      contacts: [{ name: 'Ada L', username: 'ada.l', waId: '4915550001', userId: 'DE.4410A' }],
      messages: [{ ...read, from: '4915550001', fromUserId: 'DE.4410A' }],
    },
  ),
  messages(
    'a message without contacts',
    { messages: [{ ...text, from: '4915550001' }] },
    { messages: [{ ...read, from: '4915550001' }] },
  ),
  messages(
    'a person who changed their phone',
    {
      messages: [
        {
          from: '4915550001',
          id: 'wamid.SYS1',
          timestamp: '1790000000',
          type: 'system',
          system: {
            type: 'user_changed_number',
            body: 'User A changed from 4915550001 to 4915550009',
            wa_id: '4915550009',
            user_id: 'DE.9NEW',
            parent_user_id: 'DE.ENT.9',
            previous_user_id: 'DE.4410A',
            previous_parent_user_id: 'DE.ENT.77',
          },
        },
      ],
    },
    {
      messages: [
        {
          wamid: 'wamid.SYS1',
          type: 'system',
          at: AT,
          from: '4915550001',
          content: {
            kind: 'SYSTEM',
            text: 'User A changed from 4915550001 to 4915550009',
            parts: {
              system: {
                type: 'NUMBER_CHANGED',
                newPhone: '4915550009',
                newUserId: 'DE.9NEW',
                newParentUserId: 'DE.ENT.9',
                previousUserId: 'DE.4410A',
                previousParentUserId: 'DE.ENT.77',
              },
            },
          },
          errors: [],
        },
      ],
    },
  ),
  messages(
    'a person without a phone whose id changed',
    {
      messages: [
        {
          id: 'wamid.SYS2',
          timestamp: '1790000000',
          type: 'system',
          system: { type: 'user_changed_user_id', body: 'User changed', user_id: 'DE.9NEW', previous_user_id: 'DE.4410A' },
        },
      ],
    },
    {
      messages: [
        {
          wamid: 'wamid.SYS2',
          type: 'system',
          at: AT,
          content: {
            kind: 'SYSTEM',
            text: 'User changed',
            parts: { system: { type: 'USER_ID_CHANGED', newUserId: 'DE.9NEW', previousUserId: 'DE.4410A' } },
          },
          errors: [],
        },
      ],
    },
  ),
  messages(
    'a fault of the number',
    {
      errors: [
        {
          code: 130429,
          title: 'Rate limit hit',
          message: 'Rate limit hit',
          error_data: { details: 'Too many' },
          href: '/documentation',
        },
        { title: 'without a code' },
      ],
    },
    { errors: [{ code: 130429, title: 'Rate limit hit', details: 'Too many', transient: false }] },
  ),
  {
    name: 'smb_message_echoes: written on the phone of the number',
    body: envelope('smb_message_echoes', {
      ...value,
      contacts: [{ profile: { name: 'Bo' }, wa_id: '4915550002' }],
      message_echoes: [
        { ...text, id: 'wamid.E1', from: '493055501', to: '4915550002' },
        { ...text, id: 'wamid.E2', from: '493055501', to_user_id: 'DE.B', to_parent_user_id: 'DE.ENT.B' },
        {
          id: 'wamid.E3',
          timestamp: '1790000000',
          from: '493055501',
          to: '4915550002',
          type: 'revoke',
          revoke: { original_message_id: 'wamid.E1' },
        },
        {
          id: 'wamid.E4',
          timestamp: '1790000000',
          from: '493055501',
          to: '4915550002',
          type: 'template',
          template: { name: 'order_ok', language: { code: 'en-US' } },
        },
        {
          id: 'wamid.E5',
          timestamp: '1790000000',
          from: '493055501',
          to: '4915550002',
          type: 'interactive',
          interactive: { type: 'button', body: { text: 'Come?' }, action: { buttons: [] } },
        },
      ],
    }),
    reads: {
      contacts: [{ name: 'Bo', waId: '4915550002' }],
      messages: [
        { ...read, wamid: 'wamid.E1', from: '493055501', echoTo: { phone: '4915550002' } },
        { ...read, wamid: 'wamid.E2', from: '493055501', echoTo: { userId: 'DE.B', parentUserId: 'DE.ENT.B' } },
        {
          ...read,
          wamid: 'wamid.E3',
          type: 'revoke',
          from: '493055501',
          content: { kind: 'UNSUPPORTED', text: null, parts: { unsupportedType: 'revoke' } },
          revokes: 'wamid.E1',
          echoTo: { phone: '4915550002' },
        },
        {
          ...read,
          wamid: 'wamid.E4',
          type: 'template',
          from: '493055501',
          content: {
            kind: 'TEMPLATE',
            text: null,
            parts: { template: { name: 'order_ok', language: 'en_US', buttons: [], values: {} } },
          },
          echoTo: { phone: '4915550002' },
        },
        {
          ...read,
          wamid: 'wamid.E5',
          type: 'interactive',
          from: '493055501',
          content: { kind: 'INTERACTIVE', text: 'Come?', parts: { interactive: { type: 'OTHER' } } },
          echoTo: { phone: '4915550002' },
        },
      ],
    },
  },
];
