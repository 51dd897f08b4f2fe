import { message, type Payload } from './payload.ts';

const context = { from: '493055501', id: 'wamid.OUT9' };
const replyToWamid = 'wamid.OUT9';
const interactive = (type: string, inner: object) => ({ type: 'interactive', context, interactive: { type, [type]: inner } });
const unsupported = (type?: string) =>
  ({ kind: 'UNSUPPORTED', text: null, parts: type === undefined ? {} : { unsupportedType: type } }) as const;

/** What people tap, order and react with, what they change and take back, and what cannot be shown. */
export const ANSWERS: readonly Payload[] = [
  message('reply by button', interactive('button_reply', { id: 'yes', title: 'Yes' }), {
    content: { kind: 'INTERACTIVE', text: 'Yes', parts: { reply: { type: 'BUTTON', id: 'yes' } } },
    replyToWamid,
  }),
  message('reply from a list', interactive('list_reply', { id: 'صف ١', title: 'Row 1', description: 'One' }), {
    content: { kind: 'INTERACTIVE', text: 'Row 1', parts: { reply: { type: 'LIST', id: 'صف ١', description: 'One' } } },
    replyToWamid,
  }),
  message('form', interactive('nfm_reply', { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t1","a":1}' }), {
    content: {
      kind: 'INTERACTIVE',
      text: 'Sent',
      parts: { reply: { type: 'FORM', name: 'flow', answers: '{"flow_token":"t1","a":1}' } },
    },
    replyToWamid,
  }),
  message(
    'permission to call',
    interactive('call_permission_reply', {
      response: 'accept',
      expiration_timestamp: '1790600000',
      response_source: 'user_action',
    }),
    {
      content: {
        kind: 'INTERACTIVE',
        text: null,
        parts: { reply: { type: 'CALL_PERMISSION', name: 'accept', expiresAt: 1_790_600_000_000, source: 'user_action' } },
      },
      replyToWamid,
    },
  ),
  message('permission to call for good', interactive('call_permission_reply', { response: 'accept', is_permanent: true }), {
    content: {
      kind: 'INTERACTIVE',
      text: null,
      parts: { reply: { type: 'CALL_PERMISSION', name: 'accept', isPermanent: true } },
    },
    replyToWamid,
  }),
  message('interactive of a type to come', interactive('product_reply', { id: 'p', title: 'A shoe' }), {
    content: {
      kind: 'INTERACTIVE',
      text: 'A shoe',
      parts: { reply: { type: 'OTHER', name: 'product_reply', answers: '{"id":"p","title":"A shoe"}' } },
    },
    replyToWamid,
  }),
  message(
    'button of a template',
    { type: 'button', context, button: { payload: 'STOP', text: 'Stop' } },
    {
      content: { kind: 'INTERACTIVE', text: 'Stop', parts: { reply: { type: 'TEMPLATE_BUTTON', id: 'STOP' } } },
      replyToWamid,
    },
  ),
  message(
    'reaction',
    { type: 'reaction', reaction: { message_id: 'wamid.OUT9', emoji: '👍🏽' } },
    { content: { kind: 'REACTION', text: '👍🏽', parts: {} }, reactionTo: 'wamid.OUT9' },
  ),
  message(
    'reaction taken back',
    { type: 'reaction', reaction: { message_id: 'wamid.OUT9' } },
    { content: { kind: 'REACTION', text: null, parts: {} }, reactionTo: 'wamid.OUT9' },
  ),
  message(
    'reaction taken back by an empty emoji',
    { type: 'reaction', reaction: { message_id: 'wamid.OUT9', emoji: '' } },
    { content: { kind: 'REACTION', text: null, parts: {} }, reactionTo: 'wamid.OUT9' },
  ),
  message(
    'order',
    {
      type: 'order',
      order: {
        catalog_id: '31',
        text: 'please',
        product_items: [
          { product_retailer_id: 'sku-7', quantity: 2, item_price: 7.99, currency: 'EUR' },
          { product_retailer_id: 8, quantity: '1', item_price: '3', currency: 'EUR' },
          null,
        ],
      },
    },
    {
      content: {
        kind: 'ORDER',
        text: 'please',
        parts: {
          order: {
            catalogId: '31',
            items: [
              { productId: 'sku-7', quantity: 2, price: 7.99, currency: 'EUR' },
              { productId: '8', quantity: 1, price: 3, currency: 'EUR' },
            ],
          },
        },
      },
    },
  ),
  message(
    'unsupported with its type and why',
    {
      type: 'unsupported',
      unsupported: { type: 'poll_creation' },
      errors: [
        {
          code: 131051,
          title: 'Message type unknown',
          message: 'Message type unknown',
          error_data: { details: 'Message type is currently not supported.' },
        },
      ],
    },
    {
      content: unsupported('poll_creation'),
      errors: [
        { code: 131051, title: 'Message type unknown', details: 'Message type is currently not supported.', transient: false },
      ],
    },
  ),
  message('unsupported without a word', { type: 'unsupported' }, { content: unsupported() }),
  message(
    'a file that WhatsApp could not hand on',
    { type: 'video', errors: [{ code: 131052, title: 'Media download error' }] },
    { content: unsupported('video'), errors: [{ code: 131052, title: 'Media download error', transient: false }] },
  ),
  message('a type to come', { type: 'hologram', hologram: { depth: 3 } }, { content: unsupported('hologram') }),
  message('a type named like a property of every object', { type: 'constructor' }, { content: unsupported('constructor') }),
  message(
    'edit of a text',
    {
      type: 'edit',
      id: 'wamid.EDIT',
      edit: { original_message_id: 'wamid.IN1', message: { context: { id: 'M0' }, type: 'text', text: { body: 'At 5' } } },
    },
    { wamid: 'wamid.EDIT', content: { kind: 'TEXT', text: 'At 5', parts: {} }, edits: 'wamid.IN1' },
  ),
  message(
    'edit of a caption',
    {
      type: 'edit',
      edit: {
        original_message_id: 'wamid.IN0',
        message: { type: 'image', image: { id: '8101', mime_type: 'image/jpeg', caption: 'new' } },
      },
    },
    {
      content: { kind: 'IMAGE', text: 'new', parts: {} },
      media: { metaId: '8101', mimeType: 'image/jpeg' },
      edits: 'wamid.IN0',
    },
  ),
  message(
    'revocation',
    { type: 'revoke', revoke: { original_message_id: 'wamid.IN0' } },
    { content: unsupported('revoke'), revokes: 'wamid.IN0' },
  ),
  message(
    'message in a group',
    { type: 'text', group_id: 'Y2Fw', text: { body: 'all' } },
    { content: { kind: 'TEXT', text: 'all', parts: {} }, groupId: 'Y2Fw' },
  ),
];
