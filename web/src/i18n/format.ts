// Numbers, dates and lists as a reader of the language writes them. Dates of the record are ISO 8601, as exact as the words were
// (year, month, day, minute) or a range; they are never shifted to the reader's time zone: a day is the day that was written.
import { direction, pickLocale, type Lang } from './locale';

export interface Format {
  readonly lang: Lang;
  readonly locale: string;
  readonly rtl: boolean;
  number(value: number): string;
  decimal(value: number, digits?: number): string;
  signed(value: number): string;
  percent(share: number): string;
  date(iso: string | null | undefined, style?: 'long' | 'short'): string;
  period(period: string): string;
  clock(at: Date): string;
  list(items: readonly string[]): string;
  plural(n: number): Intl.LDMLPluralRule;
  compare(a: string, b: string): number;
}

const ISO = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?/;

export function makeFormat(lang: Lang, preferred: readonly string[]): Format {
  const locale = pickLocale(lang, preferred);
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const sign = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const rules = new Intl.PluralRules(lang === 'ar' ? 'ar' : 'en');
  const joiner = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { numeric: true });
  const dates = new Map<string, Intl.DateTimeFormat>();

  function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(options);
    let made = dates.get(key);
    if (!made) {
      made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
      dates.set(key, made);
    }
    return made;
  }

  function one(iso: string, style: 'long' | 'short'): string {
    const parts = ISO.exec(iso);
    if (!parts) return iso;
    const [, year = '', month, day, hour, minute] = parts;
    const at = new Date(0);
    at.setUTCFullYear(Number(year), month ? Number(month) - 1 : 0, day ? Number(day) : 1);
    at.setUTCHours(hour ? Number(hour) : 0, minute ? Number(minute) : 0);
    if (Number.isNaN(at.getTime())) return iso;
    const options: Intl.DateTimeFormatOptions = { year: 'numeric' };
    if (month) options.month = style === 'long' ? 'long' : 'short';
    if (day) options.day = 'numeric';
    if (hour && style === 'long') {
      options.hour = 'numeric';
      options.minute = '2-digit';
    }
    return dateFormat(options).format(at);
  }

  return {
    lang,
    locale,
    rtl: direction(lang) === 'rtl',
    number: (value) => integer.format(value),
    decimal: (value, digits = 2) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    signed: (value) => sign.format(value),
    percent: (value) => share.format(value),
    date(iso, style = 'long') {
      if (!iso) return '';
      const [from = '', to] = iso.split('/');
      return to ? `${one(from, style)} – ${one(to, style)}` : one(from, style);
    },
    period: (period) => one(period, 'short'),
    clock: (at) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(at),
    list: (items) => joiner.format(items),
    plural: (n) => rules.select(n),
    compare: (a, b) => collator.compare(a, b),
  };
}
