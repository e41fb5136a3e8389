// Which locale's numbers and dates a page is written with. Arab countries differ in digits (٣ in Cairo, 3 in Rabat) and in the
// names of months (يناير، كانون الثاني، جانفي): the reader's own Arabic locale decides, where the browser names one.
export type Lang = 'ar' | 'en';

export const LANGS: readonly Lang[] = ['ar', 'en'];

export function pickLocale(lang: Lang, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag.toLowerCase().startsWith(`${lang}-`));
  const base = own ?? (lang === 'ar' ? 'ar-EG' : 'en-GB');
  try {
    return new Intl.Locale(base, { calendar: 'gregory' }).toString();
  } catch {
    return lang === 'ar' ? 'ar-EG-u-ca-gregory' : 'en-GB-u-ca-gregory';
  }
}

export const other = (lang: Lang): Lang => (lang === 'ar' ? 'en' : 'ar');
export const direction = (lang: Lang): 'rtl' | 'ltr' => (lang === 'ar' ? 'rtl' : 'ltr');
