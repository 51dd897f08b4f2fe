/** What a customer can send without a file of their own; files by the simulator's names. */
export const sampleFiles = [
  { key: 'image', fields: { media: { sample: 'jpeg' } } },
  { key: 'video', fields: { media: { sample: 'mp4' } } },
  { key: 'audio', fields: { media: { sample: 'ogg' } } },
  { key: 'document', fields: { media: { sample: 'pdf' } } },
  { key: 'sticker', fields: { type: 'sticker', media: { sample: 'webp' } } },
  {
    key: 'location',
    fields: {
      type: 'location',
      content: { latitude: 24.7136, longitude: 46.6753, name: 'Kingdom Centre', address: 'King Fahd Road, Riyadh' },
    },
  },
  {
    key: 'contacts',
    fields: {
      type: 'contacts',
      content: [
        {
          name: { formatted_name: 'Layla Hassan', first_name: 'Layla', last_name: 'Hassan' },
          phones: [{ phone: '+966501112233', type: 'CELL', wa_id: '966501112233' }],
        },
      ],
    },
  },
  {
    key: 'order',
    fields: {
      type: 'order',
      content: {
        catalog_id: '4410',
        text: '',
        product_items: [
          { product_retailer_id: 'LAMP-3', quantity: 2, item_price: 79, currency: 'SAR' },
          { product_retailer_id: 'RUG-1', quantity: 1, item_price: 240, currency: 'SAR' },
        ],
      },
    },
  },
  { key: 'unsupported', fields: { type: 'unsupported', content: { type: 'poll' } } },
] as const;
