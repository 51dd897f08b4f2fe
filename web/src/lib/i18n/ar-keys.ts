import type { InArabic } from './catalogue.ts';
import type { keys as english } from './en-keys.ts';

/** The list of keys in Arabic. */
export const keys: InArabic<typeof english> = {
  'keys.title': 'لوحة المفاتيح',
  'keys.move': 'المحادثة التالية، السابقة',
  'keys.open': 'فتح المحادثة',
  'keys.back': 'رجوع، إغلاق',
  'keys.reply': 'رد مع اقتباس آخر رسالة',
  'keys.resolve': 'إغلاق أو إعادة فتح',
  'keys.send': 'إرسال',
  'keys.newline': 'سطر جديد',
  'keys.go': 'إلى الوارد، جهات الاتصال، القوالب، لم تُرسل، الأرقام',
  'keys.template': 'قالب، في حقل فارغ',
  'keys.help': 'هذه القائمة',
  'keys.note': 'المفاتيح بحسب موضعها: تعمل كما هي مع لوحة المفاتيح العربية.',
  'keys.shift': 'Shift',
};
