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
