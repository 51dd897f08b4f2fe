import type { DemoTemplate } from './demo-company.ts';

/** What the furniture shop in Riyadh may begin a conversation with. */
export const nakheelTemplates: readonly DemoTemplate[] = [
  {
    name: 'order_on_its_way',
    language: 'ar',
    category: 'UTILITY',
    quality: 'GREEN',
    components: [
      {
        type: 'BODY',
        text: 'مرحباً {{1}}، طلبك رقم {{2}} خرج للتوصيل ويصل بين {{3}} بإذن الله. كن قريباً من هاتفك من فضلك.',
        example: { body_text: [['مها', '20418', '4 و6 مساءً']] },
      },
      { type: 'FOOTER', text: 'نخيل للأثاث' },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'تتبع الطلب',
            url: 'https://nakheel.example/t/{{1}}',
            example: ['https://nakheel.example/t/20418'],
          },
          { type: 'PHONE_NUMBER', text: 'اتصل بنا', phone_number: '+966115550101' },
        ],
      },
    ],
  },
  {
    name: 'order_on_its_way',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, your order {{2}} is out for delivery and arrives between {{3}}. Please keep your phone at hand.',
        example: { body_text: [['Maha', '20418', '4 and 6 pm']] },
      },
      { type: 'FOOTER', text: 'Nakheel Furniture' },
    ],
  },
  {
    name: 'how_was_it',
    language: 'ar',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'شكراً لشرائك من نخيل للأثاث. كيف كانت تجربتك مع التوصيل والتركيب؟' }],
  },
  {
    name: 'season_offer',
    language: 'ar',
    category: 'MARKETING',
    quality: 'YELLOW',
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
      {
        type: 'BODY',
        text: 'أهلاً {{1}}! خصم {{2}} على مجالس النخيل حتى نهاية الأسبوع، والتوصيل علينا.',
        example: { body_text: [['ريم', '20٪']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'شاهد العروض', url: 'https://nakheel.example/offers' },
          { type: 'QUICK_REPLY', text: 'إيقاف الرسائل' },
        ],
      },
    ],
  },
  {
    name: 'three_sofas',
    language: 'ar',
    category: 'MARKETING',
    components: [
      { type: 'BODY', text: 'ثلاث كنبات تناسب مجلسك يا {{1}}. تصفّحها.', example: { body_text: [['ريم']] } },
      {
        type: 'CAROUSEL',
        cards: [
          {
            components: [
              { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
              { type: 'BODY', text: 'كنبة بيج، ثلاثة مقاعد، من {{1}}.', example: { body_text: [['2,450 ر.س']] } },
              {
                type: 'BUTTONS',
                buttons: [
                  { type: 'URL', text: 'شاهدها', url: 'https://nakheel.example/beige' },
                  { type: 'QUICK_REPLY', text: 'اسأل عنها' },
                ],
              },
            ],
          },
          {
            components: [
              { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
              { type: 'BODY', text: 'كنبة زرقاء، مقعدان، من {{1}}.', example: { body_text: [['1,890 ر.س']] } },
              {
                type: 'BUTTONS',
                buttons: [
                  { type: 'URL', text: 'شاهدها', url: 'https://nakheel.example/blue' },
                  { type: 'QUICK_REPLY', text: 'اسأل عنها' },
                ],
              },
            ],
          },
          {
            components: [
              { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::demo'] } },
              { type: 'BODY', text: 'كنبة وردية، زاوية، من {{1}}.', example: { body_text: [['3,200 ر.س']] } },
              {
                type: 'BUTTONS',
                buttons: [
                  { type: 'URL', text: 'شاهدها', url: 'https://nakheel.example/rose' },
                  { type: 'QUICK_REPLY', text: 'اسأل عنها' },
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
    language: 'ar',
    category: 'MARKETING',
    components: [
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'خصم 20٪', has_expiration: true } },
      { type: 'BODY', text: 'عرض نهاية الأسبوع لك يا {{1}}: انسخ الرمز واستعمله عند الدفع.', example: { body_text: [['ريم']] } },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'COPY_CODE', example: 'NAKHEEL20' },
          { type: 'URL', text: 'شاهد العروض', url: 'https://nakheel.example/offers' },
        ],
      },
    ],
  },
  {
    name: 'login_code',
    language: 'ar',
    category: 'AUTHENTICATION',
    components: [
      {
        type: 'BODY',
        text: '*{{1}}* هو كود التحقق الخاص بك. للحفاظ على أمانك، لا تشاركه مع أحد.',
        example: { body_text: [['123456']] },
        add_security_recommendation: true,
      },
      { type: 'FOOTER', code_expiration_minutes: 5 },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'نسخ الكود' }] },
    ],
  },
  {
    name: 'appointment_reminder',
    language: 'ar',
    category: 'UTILITY',
    status: 'PENDING',
    components: [
      {
        type: 'BODY',
        text: 'تذكير: موعد تركيب أثاثك يوم {{1}} الساعة {{2}} مع فريق نخيل.',
        example: { body_text: [['الأحد', '10 صباحاً']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'تأكيد' },
          { type: 'QUICK_REPLY', text: 'تغيير الموعد' },
        ],
      },
    ],
  },
  {
    name: 'win_a_sofa',
    language: 'ar',
    category: 'UTILITY',
    status: 'REJECTED',
    rejectedReason: 'INCORRECT_CATEGORY',
    note: 'The text promotes something: choose the category marketing.',
    components: [{ type: 'BODY', text: 'اربح كنبة فاخرة! شارك هذه الرسالة مع عشرة من أصدقائك وادخل السحب الآن.' }],
  },
];
