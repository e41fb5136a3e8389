import { describe, expect, it } from 'vitest';
import { countries, floors, types } from '../../data';
import { makeWords, tables, type Message } from '../../src/i18n';
import { ar } from '../../src/i18n/ar';
import { en } from '../../src/i18n/en';
import { makeFormat } from '../../src/i18n/format';

const forms = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('the two tables of strings', () => {
  it('have the same keys, in the same order', () => expect(Object.keys(ar)).toEqual(Object.keys(en)));
  it.each(Object.keys(en) as (keyof typeof en)[])('%s: has the same places in both, and no empty form', (key) => {
    const wanted = new Set(forms(en[key]).flatMap(places).filter((name) => name !== 'n'));
    const found = new Set(forms(ar[key]).flatMap(places).filter((name) => name !== 'n'));
    expect([...found].sort()).toEqual([...wanted].sort());
    for (const form of [...forms(ar[key]), ...forms(en[key])]) expect(form.trim()).not.toBe('');
    expect(typeof ar[key] === 'string').toBe(typeof en[key] === 'string');
  });
  it('have the six forms of the Arabic plural', () => {
    for (const [key, message] of Object.entries(ar)) {
      if (typeof message !== 'string') expect(Object.keys(message).sort(), key).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
    }
  });
  it('are in their own language', () => {
    for (const [key, message] of Object.entries(en)) {
      if (key !== 'site.switch') for (const form of forms(message)) expect(form, key).not.toMatch(/[\u0600-\u06ff]/);
    }
    const latin = Object.entries(ar).filter(([key, message]) => key !== 'site.switch' && forms(message).every((form) => !/[\u0600-\u06ff]/.test(form.replace(/\{\w+\}/g, ''))));
    const bare = new Set(['limits.f1', 'page.range.open', 'bound.exact', 'export.polecat', 'export.icews', 'export.plover']);
    expect(latin.map(([key]) => key).filter((key) => !bare.has(key))).toEqual([]);
  });
  it('hide no marks of direction but those that hold a Latin word in its place', () => {
    for (const message of Object.values(en)) for (const form of forms(message)) expect(form).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    for (const message of Object.values(ar)) for (const form of forms(message)) expect(form).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('labels', () => {
  it('are there for every type and mode of events.tsv', () => {
    const all = types();
    expect(all.length).toBeGreaterThan(60);
    for (const { type, mode } of all) {
      const key = `plover.${mode ? `${type}/${mode}` : type}`;
      expect(Object.keys(tables.ar), key).toContain(key);
    }
  });
  it('are there for every measured layer', () => {
    const all = floors();
    expect(all.length).toBeGreaterThan(10);
    for (const { layer, f1 } of all) {
      expect(Object.keys(tables.en)).toContain(`layer.${layer}`);
      expect(f1).toBeGreaterThan(0);
      expect(f1).toBeLessThanOrEqual(1);
    }
  });
  it('name the states in both languages', () => {
    const all = countries();
    expect(all.find(([code]) => code === 'YEM')).toEqual(['YEM', 'اليمن', 'Yemen']);
    for (const [code, arabic, english] of all) {
      expect(code).toMatch(/^[A-Z]{3}$/);
      expect(arabic).not.toBe('');
      expect(english).not.toBe('');
    }
  });
  it('fall back on the code', () => expect(makeWords('ar', []).label('plover', 'NEW')).toBe('NEW'));
});

describe('words', () => {
  const arabic = makeWords('ar', ['ar-EG']);
  const english = makeWords('en', ['en-GB']);
  it.each([[0, 'لا مقالات'], [1, 'مقال واحد'], [2, 'مقالان'], [3, '٣ مقالات'], [10, '١٠ مقالات'], [11, '١١ مقالا'], [99, '٩٩ مقالا'], [100, '١٠٠ مقال'], [103, '١٠٣ مقالات']])(
    'count %d articles as Arabic does', (n, text) => expect(arabic.t('n.articles', { n })).toBe(text));
  it.each([[0, '0 articles'], [1, '1 article'], [2, '2 articles'], [1234, '1,234 articles']])(
    'count %d articles as English does', (n, text) => expect(english.t('n.articles', { n })).toBe(text));
  it('isolate what they are given, so that it turns nothing around', () => {
    expect(english.t('story.said', { who: '\u202eevil' })).toBe('\u2068\u202eevil\u2069 said');
  });
  it('leave unknown places as they are', () => expect(english.t('story.said')).toBe('{who} said'));
});

describe('numbers and dates', () => {
  const cairo = makeFormat('ar', ['en-US', 'ar-EG']);
  const rabat = makeFormat('ar', ['ar-MA']);
  const beirut = makeFormat('ar', ['ar-LB']);
  const london = makeFormat('en', ['en-GB']);
  it('take the digits of the reader’s locale', () => {
    expect(cairo.number(1234)).toBe('١٬٢٣٤');
    expect(rabat.number(1234)).toBe('1.234');
    expect(london.number(1234)).toBe('1,234');
    expect(makeFormat('ar', ['fr']).number(5)).toBe('٥');
  });
  it('take the names of months of the reader’s locale, in the Gregorian calendar', () => {
    expect(cairo.date('2022-01-09')).toBe('٩ يناير ٢٠٢٢');
    expect(beirut.date('2022-01-09')).toContain('كانون الثاني');
    expect(makeFormat('ar', ['ar-SA']).date('2022-01-09')).toContain('٢٠٢٢');
    expect(london.date('2022-01-09')).toBe('9 January 2022');
  });
  it('write dates as exact as they are', () => {
    expect(london.date('2022')).toBe('2022');
    expect(london.date('2022-03')).toBe('March 2022');
    expect(london.date('2022-03-01/2022-03-04')).toBe('1 March 2022 – 4 March 2022');
    expect(london.date('2022-03-09T21:35+03:00')).toMatch(/^9 March 2022.*(21:35|9:35 pm)/i);
    expect(london.date('2022-03-09T21:35+03:00', 'short')).toBe('9 Mar 2022');
    expect(london.date(null)).toBe('');
    expect(london.date('soon')).toBe('soon');
  });
  it('move no day to another time zone', () => {
    for (let month = 1; month <= 12; month++) {
      const iso = `2024-${String(month).padStart(2, '0')}-01`;
      expect(london.date(iso)).toMatch(/^1 /);
    }
  });
  it('survive a locale that is none', () => expect(makeFormat('ar', ['ar-']).number(3)).toBe('٣'));
});
