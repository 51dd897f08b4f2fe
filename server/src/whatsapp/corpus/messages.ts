import { message, type Payload } from './payload.ts';

const sha256 = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=';
const url = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=8101&hash=x';

/** Everything that holds text, a file, a place or people. */
export const MESSAGES: readonly Payload[] = [
  message(
    'text',
    { type: 'text', text: { body: 'Is it open? 😀' } },
    { content: { kind: 'TEXT', text: 'Is it open? 😀', parts: {} } },
  ),
  message('empty text', { type: 'text', text: { body: '' } }, { content: { kind: 'TEXT', text: '', parts: {} } }),
  message(
    'text with ids and times as numbers',
    { type: 'text', from: 4915550001, timestamp: 1790000000, text: { body: 'Hi' } },
    { content: { kind: 'TEXT', text: 'Hi', parts: {} } },
  ),
  message(
    'text with keys nobody told us of',
    { type: 'text', from_logical_id: '77', text: { body: 'Hi', mood: 'good' } },
    { content: { kind: 'TEXT', text: 'Hi', parts: {} } },
  ),
  message(
    'text that answers',
    { type: 'text', text: { body: 'Yes' }, context: { from: '493055501', id: 'wamid.OUT9' } },
    { content: { kind: 'TEXT', text: 'Yes', parts: {} }, replyToWamid: 'wamid.OUT9' },
  ),
  message(
    'text about a product',
    {
      type: 'text',
      text: { body: 'Is it blue?' },
      context: { from: '493055501', id: 'wamid.OUT9', referred_product: { catalog_id: '31', product_retailer_id: 'sku-7' } },
    },
    {
      content: { kind: 'TEXT', text: 'Is it blue?', parts: { product: { catalogId: '31', productId: 'sku-7' } } },
      replyToWamid: 'wamid.OUT9',
    },
  ),
  message(
    'text that was forwarded',
    { type: 'text', text: { body: 'Look' }, context: { forwarded: true } },
    { content: { kind: 'TEXT', text: 'Look', parts: { forwarded: 'ONCE' } } },
  ),
  message(
    'text that was forwarded often',
    { type: 'text', text: { body: 'Look' }, context: { frequently_forwarded: true } },
    { content: { kind: 'TEXT', text: 'Look', parts: { forwarded: 'OFTEN' } } },
  ),
  message(
    'text from an advertisement',
    {
      type: 'text',
      text: { body: 'Hello' },
      referral: {
        source_url: 'https://fb.me/x',
        source_id: '1202',
        source_type: 'ad',
        body: 'All shoes',
        headline: 'Chat',
        media_type: 'video',
        video_url: 'https://video.example/v',
        thumbnail_url: 'https://video.example/t',
        ctwa_clid: 'Aff1',
        ref: 'r',
        welcome_message: { text: 'Hi there' },
      },
    },
    {
      content: {
        kind: 'TEXT',
        text: 'Hello',
        parts: {
          referral: {
            url: 'https://fb.me/x',
            sourceId: '1202',
            sourceType: 'ad',
            headline: 'Chat',
            body: 'All shoes',
            mediaType: 'video',
            mediaUrl: 'https://video.example/v',
            thumbnailUrl: 'https://video.example/t',
            clickId: 'Aff1',
            welcomeText: 'Hi there',
          },
        },
      },
    },
  ),
  message(
    'image with a caption and an address',
    { type: 'image', image: { id: '8101', mime_type: 'image/jpeg', sha256, url, caption: 'front' } },
    { content: { kind: 'IMAGE', text: 'front', parts: {} }, media: { metaId: '8101', mimeType: 'image/jpeg', sha256 } },
  ),
  message(
    'image from a status advertisement, with its id as a number',
    { type: 'image', image: { id: 8101, mime_type: 'image/png', sha256 }, referral: { source_type: 'ad', source_id: 1202 } },
    {
      content: { kind: 'IMAGE', text: null, parts: { referral: { sourceType: 'ad', sourceId: '1202' } } },
      media: { metaId: '8101', mimeType: 'image/png', sha256 },
    },
  ),
  message(
    'video that was forwarded',
    { type: 'video', video: { id: '8102', mime_type: 'video/mp4', sha256, caption: 'us' }, context: { forwarded: true } },
    {
      content: { kind: 'VIDEO', text: 'us', parts: { forwarded: 'ONCE' } },
      media: { metaId: '8102', mimeType: 'video/mp4', sha256 },
    },
  ),
  message(
    'voice message',
    { type: 'audio', audio: { id: '8103', mime_type: 'audio/ogg; codecs=opus', sha256, voice: true } },
    {
      content: { kind: 'AUDIO', text: null, parts: {} },
      media: { metaId: '8103', mimeType: 'audio/ogg; codecs=opus', sha256, isVoice: true },
    },
  ),
  message(
    'audio file',
    { type: 'audio', audio: { id: '8103', mime_type: 'audio/mpeg', sha256, voice: false } },
    { content: { kind: 'AUDIO', text: null, parts: {} }, media: { metaId: '8103', mimeType: 'audio/mpeg', sha256 } },
  ),
  message(
    'document',
    { type: 'document', document: { id: '8104', mime_type: 'application/pdf', sha256, filename: 'فاتورة.pdf', caption: 'bill' } },
    {
      content: { kind: 'DOCUMENT', text: 'bill', parts: {} },
      media: { metaId: '8104', mimeType: 'application/pdf', sha256, fileName: 'فاتورة.pdf' },
    },
  ),
  message(
    'document without a type',
    { type: 'document', document: { id: '8104', filename: 7 } },
    { content: { kind: 'DOCUMENT', text: null, parts: {} }, media: { metaId: '8104', mimeType: 'application/octet-stream' } },
  ),
  message(
    'sticker',
    { type: 'sticker', sticker: { id: '8105', mime_type: 'image/webp', sha256, animated: false } },
    { content: { kind: 'STICKER', text: null, parts: {} }, media: { metaId: '8105', mimeType: 'image/webp', sha256 } },
  ),
  message(
    'sticker that moves',
    { type: 'sticker', sticker: { id: '8105', mime_type: 'image/webp', sha256, animated: true } },
    {
      content: { kind: 'STICKER', text: null, parts: {} },
      media: { metaId: '8105', mimeType: 'image/webp', sha256, isAnimated: true },
    },
  ),
  message(
    'location with a name',
    {
      type: 'location',
      location: { latitude: 52.52, longitude: 13.4, name: 'Shop', address: 'Street 1', url: 'https://shop.example' },
    },
    {
      content: {
        kind: 'LOCATION',
        text: null,
        parts: {
          location: { latitude: 52.52, longitude: 13.4, name: 'Shop', address: 'Street 1', url: 'https://shop.example' },
        },
      },
    },
  ),
  message(
    'location in strings',
    { type: 'location', location: { latitude: '-33.9', longitude: '18.42' } },
    { content: { kind: 'LOCATION', text: null, parts: { location: { latitude: -33.9, longitude: 18.42 } } } },
  ),
  message(
    'contacts in full and at their least',
    {
      type: 'contacts',
      origin: 'other',
      contacts: [
        {
          name: { formatted_name: 'B J', first_name: 'B', last_name: 'J', middle_name: 'M', prefix: 'Dr', suffix: 'II' },
          phones: [{ phone: '+49 155', wa_id: '49155', type: 'CELL' }, { wa_id: '49156' }, 'none'],
          emails: [{ email: 'b@j.example', type: 'WORK' }],
          addresses: [
            { street: 'S 1', city: 'B', state: 'BE', zip: '10115', country: 'Germany', country_code: 'de', type: 'HOME' },
          ],
          org: { company: 'Shop', department: 'Sales', title: 'Lead' },
          urls: [{ url: 'https://b.example', type: 'WORK' }],
          birthday: '1999-01-23',
          vcard: 'BEGIN:VCARD',
          origin: 'contact_request',
        },
        { name: { first_name: 'Only', last_name: 'Name' }, birthday: 'soon', org: {} },
      ],
    },
    {
      content: {
        kind: 'CONTACTS',
        text: null,
        parts: {
          cards: [
            {
              name: { formatted: 'B J', first: 'B', last: 'J', middle: 'M', prefix: 'Dr', suffix: 'II' },
              phones: [
                { phone: '+49 155', waId: '49155', type: 'CELL' },
                { phone: '49156', waId: '49156' },
              ],
              emails: [{ email: 'b@j.example', type: 'WORK' }],
              addresses: [
                { street: 'S 1', city: 'B', state: 'BE', zip: '10115', country: 'Germany', countryCode: 'de', type: 'HOME' },
              ],
              urls: [{ url: 'https://b.example', type: 'WORK' }],
              organization: { company: 'Shop', department: 'Sales', title: 'Lead' },
              birthday: '1999-01-23',
              origin: 'CONTACT_REQUEST',
            },
            {
              name: { formatted: 'Only Name', first: 'Only', last: 'Name' },
              phones: [],
              emails: [],
              addresses: [],
              urls: [],
              origin: 'OTHER',
            },
          ],
        },
      },
    },
  ),
];
