import type { DemoTemplate } from './demo-company.ts';

/** What the office supplier in San Francisco may begin a conversation with. */
export const acmeTemplates: readonly DemoTemplate[] = [
  {
    name: 'order_on_its_way',
    language: 'en_US',
    category: 'UTILITY',
    quality: 'GREEN',
    components: [
      {
        type: 'BODY',
        text: 'Hi {{1}}, order {{2}} left our warehouse and reaches you {{3}}. The driver texts you an hour before.',
        example: { body_text: [['Maya', '20418', 'tomorrow before noon']] },
      },
      { type: 'FOOTER', text: 'Acme Office' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'Track it', url: 'https://acme.example/t/{{1}}', example: ['https://acme.example/t/20418'] },
          { type: 'PHONE_NUMBER', text: 'Call us', phone_number: '+14155550100' },
        ],
      },
    ],
  },
  {
    name: 'order_on_its_way',
    language: 'ar',
    category: 'UTILITY',
    components: [
      {
        type: 'BODY',
        text: 'مرحباً {{1}}، طلبك رقم {{2}} غادر مستودعنا ويصلك {{3}}. يراسلك السائق قبل ساعة.',
        example: { body_text: [['مها', '20418', 'غداً قبل الظهر']] },
      },
    ],
  },
  {
    name: 'is_everything_fine',
    language: 'en_US',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Thank you for your order with Acme Office. Is everything as it should be?' }],
  },
  {
    name: 'new_arrivals',
    language: 'en_US',
    category: 'MARKETING',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
      {
        type: 'BODY',
        text: 'Good news, {{1}}: the walnut tops are back, and {{2}} off until Sunday.',
        example: { body_text: [['Liam', '15%']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'See them', url: 'https://acme.example/new' },
          { type: 'QUICK_REPLY', text: 'Stop these messages' },
        ],
      },
    ],
  },
  {
    name: 'three_desks',
    language: 'en_US',
    category: 'MARKETING',
    components: [
      { type: 'BODY', text: 'Three desks that fit your room, {{1}}. Push them along.', example: { body_text: [['Maya']] } },
      {
        type: 'CAROUSEL',
        cards: [
          {
            components: [
              { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
              { type: 'BODY', text: 'Walnut, 160 cm, from {{1}}.', example: { body_text: [['$489']] } },
              {
                type: 'BUTTONS',
                buttons: [
                  { type: 'URL', text: 'See it', url: 'https://acme.example/walnut' },
                  { type: 'QUICK_REPLY', text: 'Ask about it' },
                ],
              },
            ],
          },
          {
            components: [
              { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
              { type: 'BODY', text: 'Oak, 140 cm, from {{1}}.', example: { body_text: [['$399']] } },
              {
                type: 'BUTTONS',
                buttons: [
                  { type: 'URL', text: 'See it', url: 'https://acme.example/oak' },
                  { type: 'QUICK_REPLY', text: 'Ask about it' },
                ],
              },
            ],
          },
          {
            components: [
              { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
              { type: 'BODY', text: 'White, 120 cm, from {{1}}.', example: { body_text: [['$259']] } },
              {
                type: 'BUTTONS',
                buttons: [
                  { type: 'URL', text: 'See it', url: 'https://acme.example/white' },
                  { type: 'QUICK_REPLY', text: 'Ask about it' },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    name: 'weekend_offer',
    language: 'en_US',
    category: 'MARKETING',
    components: [
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: '15% off desks', has_expiration: true } },
      {
        type: 'BODY',
        text: 'For you, {{1}}: this weekend every desk costs less with the code below.',
        example: { body_text: [['Maya']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'COPY_CODE', example: 'DESK15' },
          { type: 'URL', text: 'Choose a desk', url: 'https://acme.example/desks' },
        ],
      },
    ],
  },
  {
    name: 'login_code',
    language: 'en_US',
    category: 'AUTHENTICATION',
    components: [
      {
        type: 'BODY',
        text: '*{{1}}* is your verification code. For your security, do not share this code.',
        example: { body_text: [['123456']] },
        add_security_recommendation: true,
      },
      { type: 'FOOTER', code_expiration_minutes: 5 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy code' }] },
    ],
  },
  {
    name: 'quote_ready',
    language: 'en_US',
    category: 'UTILITY',
    status: 'PENDING',
    components: [
      {
        type: 'BODY',
        text: 'Your quote {{1}} over {{2}} is ready and holds for 14 days.',
        example: { body_text: [['Q-7731', '$7,938']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Order it' },
          { type: 'QUICK_REPLY', text: 'I have a question' },
        ],
      },
    ],
  },
  {
    name: 'win_a_chair',
    language: 'en_US',
    category: 'UTILITY',
    status: 'REJECTED',
    rejectedReason: 'INCORRECT_CATEGORY',
    note: 'The text promotes something: choose the category marketing.',
    components: [{ type: 'BODY', text: 'Win a task chair! Forward this message to ten colleagues to enter the draw.' }],
  },
];
