import type { SimulatedTemplate } from '../../simulator/templates.ts';

type Given = Pick<SimulatedTemplate, 'name' | 'language' | 'category' | 'components'> & Partial<SimulatedTemplate>;

const of = (template: Given): SimulatedTemplate => ({ wabaId: '9001', ...template });

/** Templates that Meta has of the test tenants' account. */
export const ORDER_READY = of({
  id: '5501',
  name: 'order_ready',
  language: 'en_US',
  category: 'UTILITY',
  components: [
    { type: 'BODY', text: 'Hi {{1}}, your order {{2}} is ready.', example: { body_text: [['Ada', 'A1']] } },
    { type: 'FOOTER', text: 'Thank you' },
    {
      type: 'BUTTONS',
      buttons: [
        { type: 'QUICK_REPLY', text: 'Stop' },
        { type: 'URL', text: 'Track', url: 'https://shop.example/t/{{1}}', example: ['https://shop.example/t/A1'] },
      ],
    },
  ],
});

export const SPRING_SALE = of({
  id: '5502',
  name: 'spring_sale',
  language: 'ar',
  category: 'MARKETING',
  parameter_format: 'NAMED',
  components: [
    { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::picture'] } },
    {
      type: 'BODY',
      text: 'أهلا {{first_name}}، تخفيضات الربيع بدأت!',
      example: { body_text_named_params: [{ param_name: 'first_name', example: 'سارة' }] },
    },
  ],
});

export const LOGIN_CODE = of({
  id: '5503',
  name: 'login_code',
  language: 'en_US',
  category: 'AUTHENTICATION',
  components: [
    { type: 'BODY', text: '*{{1}}* is your verification code.', example: { body_text: [['123456']] } },
    {
      type: 'BUTTONS',
      buttons: [
        {
          type: 'URL',
          text: 'Copy code',
          url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
          example: ['123456'],
        },
      ],
    },
  ],
});

export const WEEKEND_OFFER = of({
  id: '5505',
  name: 'weekend_offer',
  language: 'en_US',
  category: 'MARKETING',
  components: [
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: '15% off shoes', has_expiration: true } },
    { type: 'BODY', text: 'Hi {{1}}, this weekend all shoes cost less.', example: { body_text: [['Ada']] } },
    { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', text: 'Copy code', example: 'SHOES15' }] },
  ],
});
