import { describe, expect, it } from 'vitest';
import { query, webAddress } from '../../src/api/client';
import { inLanguage, jsonTwin, parseRoute } from '../../src/router';
import { fillPeriods, focusPeriods } from '../../src/plots/bars';

const page = (path: string, search = '') => {
  const route = parseRoute(path, search);
  return route && [route.lang, route.page, route.key];
};

describe('parseRoute', () => {
  it.each([
    ['/ar/', ['ar', 'front', '']], ['/en', ['en', 'front', '']], ['/en/stories', ['en', 'stories', '']], ['/en/stories/', ['en', 'stories', '']], ['/ar/stories/12', ['ar', 'story', '12']],
    ['/en/articles/7', ['en', 'article', '7']], ['/en/articles', ['en', 'missing', '']], ['/ar/actors/YEM%2FShabwah', ['ar', 'actor', 'YEM/Shabwah']],
    ['/ar/outlets/%D9%82%D9%86%D8%A7%D8%A9', ['ar', 'outlet', 'قناة']], ['/en/limits', ['en', 'limits', '']], ['/en/search', ['en', 'search', '']],
    ['/en/stories/x', ['en', 'missing', '']], ['/en/stories/1/2', ['en', 'missing', '']], ['/en/__proto__', ['en', 'missing', '']], ['/en/constructor/1', ['en', 'missing', '']],
    ['/en/actors/%E0%A4', ['en', 'missing', '']], ['/fr/', null], ['/', null], ['/api/v1/status', null], ['/english/', null],
  ])('%s', (path, expected) => expect(page(path)).toEqual(expected));
});

describe('inLanguage', () => {
  it('keeps page and filters', () => {
    const route = parseRoute('/ar/events', '?type=CONSULT%2Fvisit&actor=%D8%B9%D9%85%D8%A7%D9%86&offset=50');
    expect(route && inLanguage(route, 'en')).toBe('/en/events?type=CONSULT%2Fvisit&actor=%D8%B9%D9%85%D8%A7%D9%86&offset=50');
    const actor = parseRoute('/en/actors/YEM%2FShabwah', '');
    expect(actor && inLanguage(actor, 'ar')).toBe('/ar/actors/YEM%2FShabwah');
  });
});

describe('jsonTwin', () => {
  it.each([
    ['/ar/', '', '/api/v1/front'], ['/en/stories/3', '', '/api/v1/stories/3'], ['/en/search', '?q=a', '/api/v1/articles?q=a'],
    ['/en/actors/YEM%2FShabwah', '', '/api/v1/actors/YEM%2FShabwah'], ['/en/events', '?quad=4', '/api/v1/events?quad=4'], ['/en/events', '?a=IRQ&b=JOR&period=day&type=AID', '/api/v1/events?type=AID'], ['/en/limits', '', '/limits.json'],
  ])('%s%s', (path, search, expected) => {
    const route = parseRoute(path, search);
    expect(route && jsonTwin(route)).toBe(expected);
  });
});

describe('query', () => {
  it('leaves out what is not set, and escapes', () => {
    expect(query({ q: 'عمان & x', type: '', by: null, offset: 0 })).toBe('?q=%D8%B9%D9%85%D8%A7%D9%86+%26+x&offset=0');
    expect(query({})).toBe('');
  });
});

describe('webAddress', () => {
  it.each([
    ['https://example.org/a', 'https://example.org/a'], ['http://example.org/', 'http://example.org/'], ['javascript:alert(1)', null], [' JaVaScRiPt:alert(1)', null],
    ['data:text/html,x', null], ['//example.org', null], ['examples/a.txt', null], ['', null], [null, null], ['file:///etc/passwd', null],
  ])('%s', (address, expected) => expect(webAddress(address)).toBe(expected));
});

describe('fillPeriods', () => {
  it.each([
    [['2021', '2023'], ['2021', '2022', '2023']],
    [['2021-11', '2022-02'], ['2021-11', '2021-12', '2022-01', '2022-02']],
    [['2024-02-28', '2024-03-01'], ['2024-02-28', '2024-02-29', '2024-03-01']],
    [['2021-05'], ['2021-05']],
    [[], []],
  ])('%j', (given, expected) => expect(fillPeriods(given.map((period) => ({ period, values: {} }))).map((bar) => bar.period)).toEqual(expected));
  it('gives up on spans too long to draw', () => expect(fillPeriods([{ period: '0001-01', values: {} }, { period: '2024-01', values: {} }]).length).toBe(2));
});

describe('focusPeriods', () => {
  const events = (bar: { values: Record<string, number> }): number => bar.values['n'] ?? 0;
  it('draws short spans whole', () => {
    const bars = [{ period: '2021-01', values: { n: 1 } }, { period: '2021-06', values: { n: 500 } }];
    expect(focusPeriods(bars, events)).toEqual({ drawn: bars, outside: 0 });
  });
  it('leaves out the few events of long ago, and counts them', () => {
    const bars = [{ period: '1973-10', values: { n: 3 } }, { period: '1990-08', values: { n: 2 } }, { period: '2018-01', values: { n: 400 } }, { period: '2018-02', values: { n: 600 } }, { period: '2030-01', values: { n: 1 } }];
    const { drawn, outside } = focusPeriods(bars, events);
    expect(drawn.map((bar) => bar.period)).toEqual(['2018-01', '2018-02']);
    expect(outside).toBe(6);
  });
});
