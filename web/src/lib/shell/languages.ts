/** The languages of the client, each named in itself. */
export const languages = [
  { value: 'en', text: 'English', lang: 'en' },
  { value: 'ar', text: 'العربية', lang: 'ar' },
] as const;
