import type { InArabic } from '#lib/i18n/catalogue.ts';
import type { en } from './en-quarantine.ts';

/** The sentences of the page of webhooks that could not be read, in Arabic. */
export const ar: InArabic<typeof en> = {
  what: 'ما أرسله واتساب ولم يُفهم هنا. لا شيء يضيع: يُحفظ سبعة أيام ويمكن قراءته من جديد.',
  loading: 'جارٍ تحميل الإشعارات',
  empty: 'كل شيء على ما يرام.',
  'empty.why': 'قُرئ كل ما أرسله واتساب. وما لا يُقرأ ينتظر هنا.',
  came: 'وصل {when}',
  body: 'ما جاء فيه',
  'body.gone': 'لم يعد محفوظًا.',
  'body.shared': 'قد يخص شركات أخرى أيضًا، لذلك لا يرى أحد محتواه.',
  replay: 'قراءة من جديد',
  dismiss: 'تجاهل',
  replayed: 'يُقرأ من جديد. إن لم يُفهم عاد إلى هنا.',
  dismissed: 'تُجوهل.',
};
