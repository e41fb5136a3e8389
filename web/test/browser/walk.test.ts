// Every page in both languages and two widths, in Debian's Chromium over the real server: nothing fails, axe finds nothing, nothing is
// wider than the screen; keyboard, print, hostile data, a new article that appears by itself.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Article, Front, List, ActorRow, Status, Story } from '../../src/api/types';
import { axeSource, HOSTILE, screens, startServer, type Server } from './server';

const LANGS = ['ar', 'en'] as const;
const WIDTHS = [360, 1280];
const SLOW = 60_000;

let server: Server;
let browser: Browser;
let axe: string;
let paths: Record<string, string>;
let story: Story;
let article: Article;

async function api<T>(path: string): Promise<T> {
  const response = await fetch(`${server.base}/api/v1${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

beforeAll(async () => {
  server = await startServer();
  axe = axeSource();
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const front = await api<Front>('/front');
  const first = [...front.contested, ...front.top][0];
  if (!first) throw new Error('no story on the front page');
  story = await api<Story>(`/stories/${first.story}`);
  const report = story.story.articles[1] ?? story.story.articles[0];
  article = await api<Article>(`/articles/${report?.article}`);
  const actors = await api<List<ActorRow>>('/actors?limit=50');
  const state = actors.rows.find((row) => row.kb === 'IRQ') ?? actors.rows[0];
  const person = actors.rows.find((row) => row.type === 'person') ?? actors.rows[0];
  const outlet = encodeURIComponent(story.brief.outlets[0] ?? '');
  paths = {
    front: '/', stories: '/stories', story: `/stories/${first.story}`, article: `/articles/${report?.article}`,
    actors: '/actors', state: `/actors/${encodeURIComponent(state?.kb ?? '')}`, person: `/actors/${encodeURIComponent(person?.kb ?? '')}`,
    events: '/events', dyad: '/events?a=JOR&b=IRQ&period=month', filtered: '/events?quad=4&country=YEM', quotes: '/quotes', outlets: '/outlets', outlet: `/outlets/${outlet}`,
    search: `/search?q=${encodeURIComponent('الميناء')}`, limits: '/limits', nothing: '/search?q=zzzzqqq', missing: '/stories/999999999',
  };
}, SLOW);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

interface Watched { page: Page; context: BrowserContext; faults: string[] }

/** A page that notes everything that goes wrong in it; a 404 only where it is asked for. */
async function open(options: { width?: number; scheme?: 'light' | 'dark'; missing?: boolean; locale?: string; reducedMotion?: 'reduce' } = {}): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.scheme ?? 'light',
    locale: options.locale ?? 'en-GB',
    ...(options.reducedMotion ? { reducedMotion: options.reducedMotion } : {}),
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !(options.missing && message.text().includes('404'))) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !(options.missing && response.status() === 404)) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.base)) faults.push(`asked elsewhere: ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { page, context, faults };
}

async function settle(page: Page): Promise<void> {
  await page.waitForSelector('h1, .problem h2');
  await page.waitForFunction(() => document.querySelector('.loading, .waiting') === null, undefined, { timeout: 15_000 });
  await page.evaluate(() => document.fonts.ready);
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe.run;
    const { violations: found } = await run({ resultTypes: ['violations'] });
    return found.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`).join(' | ')}`);
  });
}

const names = ['front', 'stories', 'story', 'article', 'actors', 'state', 'person', 'events', 'dyad', 'filtered', 'quotes', 'outlets', 'outlet', 'search', 'limits', 'nothing', 'missing'];

describe.each(LANGS)('in %s', (lang) => {
  it.each(names)('%s stands at both widths, without a fault that browser or axe can find', async (name) => {
    const { page, context, faults } = await open({ missing: name === 'missing' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${server.base}/${lang}${paths[name]}`);
      await settle(page);
      const state = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        dir: document.documentElement.dir,
        wide: document.documentElement.scrollWidth - window.innerWidth,
        h1: document.querySelectorAll('h1').length,
        empty: document.querySelector('main')?.textContent?.trim() ?? '',
        raw: document.body.innerText.match(/\{\w+\}|undefined|\bNaN\b|\[object/g),
        title: document.title,
        twin: document.querySelector<HTMLLinkElement>('link[rel="alternate"][type="application/json"]')?.href ?? '',
      }));
      await page.screenshot({ path: join(screens(), `${name}-${lang}-${width}.png`), fullPage: true });
      expect(state.lang).toBe(lang);
      expect(state.dir).toBe(lang === 'ar' ? 'rtl' : 'ltr');
      expect(state.wide, 'wider than the screen').toBeLessThanOrEqual(0);
      expect(state.h1).toBe(1);
      expect(state.empty).not.toBe('');
      expect(state.raw).toBeNull();
      expect(state.title).toContain(lang === 'ar' ? 'إسناد' : 'isnad');
      expect(await violations(page), `axe at ${width}`).toEqual([]);
      if (name !== 'missing') expect((await fetch(state.twin)).status, state.twin).toBe(200);
      expect(faults).toEqual([]);
    }
    await context.close();
  }, SLOW);

  it('has enough contrast in the dark', async () => {
    const { page, context, faults } = await open({ scheme: 'dark' });
    for (const name of ['front', 'story', 'article', 'person', 'dyad', 'quotes', 'limits']) {
      await page.goto(`${server.base}/${lang}${paths[name]}`);
      await settle(page);
      await page.screenshot({ path: join(screens(), `${name}-${lang}-dark.png`), fullPage: true });
      expect(await violations(page), name).toEqual([]);
    }
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);

  it('reads well on paper', async () => {
    const { page, context } = await open();
    for (const name of ['front', 'story', 'article']) {
      await page.goto(`${server.base}/${lang}${paths[name]}`);
      await settle(page);
      await page.emulateMedia({ media: 'print' });
      const shown = await page.evaluate(() => ({
        bar: getComputedStyle(document.querySelector('.bar') ?? document.body).display,
        background: getComputedStyle(document.body).backgroundColor,
        ink: getComputedStyle(document.body).color,
        text: (document.querySelector('main')?.textContent ?? '').length,
      }));
      expect(shown).toMatchObject({ bar: 'none', background: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)' });
      expect(shown.text).toBeGreaterThan(200);
      writeFileSync(join(screens(), `${name}-${lang}.pdf`), await page.pdf({ format: 'A4' }));
      await page.emulateMedia({ media: 'screen' });
    }
    await context.close();
  }, SLOW);
});

describe('language', () => {
  it('is switched with page and filters kept', async () => {
    const { page, context, faults } = await open();
    await page.goto(`${server.base}/ar/events?quad=4&type=ASSAULT&q=${encodeURIComponent('هجوم')}`);
    await settle(page);
    await page.click('.switch');
    await page.waitForFunction(() => document.documentElement.lang === 'en' && document.title.startsWith('Events'));
    const url = new URL(page.url());
    expect(url.pathname).toBe('/en/events');
    expect(Object.fromEntries(url.searchParams)).toEqual({ quad: '4', type: 'ASSAULT', q: 'هجوم' });
    expect(await page.inputValue('#filter-q')).toBe('هجوم');
    expect(await page.inputValue('#filter-type')).toBe('ASSAULT');
    expect(await page.getAttribute('html', 'dir')).toBe('ltr');
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);

  it('writes numbers with the digits of the reader’s locale', async () => {
    for (const [locale, digits] of [['ar-EG', /[٠-٩]/], ['ar-MA', /[0-9]/]] as const) {
      const { page, context } = await open({ locale });
      await page.goto(`${server.base}/ar/`);
      await settle(page);
      await page.waitForSelector('.upto time');
      expect(await page.innerText('.upto')).toMatch(digits);
      await context.close();
    }
  }, SLOW);
});

describe('keyboard', () => {
  it('skips to the text, follows a link, and stands on the heading of the new page', async () => {
    const { page, context, faults } = await open();
    await page.goto(`${server.base}/en/`);
    await settle(page);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
    expect(outline).toBe('solid');
    expect(await page.evaluate(() => document.activeElement?.classList.contains('headline'))).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/en\/stories\/\d+$/);
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.goBack();
    await page.waitForURL(/\/en\/$/);
    await settle(page);
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);

  it('goes from words to their row and back', async () => {
    const { page, context, faults } = await open();
    await page.goto(`${server.base}/en${paths['article']}`);
    await settle(page);
    const trigger = page.locator('a.c-event').first();
    await trigger.focus();
    const card = page.locator('.pointed');
    await card.waitFor();
    const said = await card.innerText();
    expect(said).toContain('Rule');
    expect(said).toContain('How sure');
    expect(said).toContain('Chain');
    const row = ((await trigger.getAttribute('href')) ?? '').slice(1);
    expect(row).toMatch(/^[VEND]\d+$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction((id) => document.activeElement?.id === id, row);
    await page.locator(`[id="${row}"] a.to-words`).click();
    await page.waitForFunction((id) => document.querySelector('.lit')?.getAttribute('data-rows')?.split(' ').includes(id), row);
    expect(await page.evaluate((id) => document.activeElement?.getAttribute('data-rows')?.split(' ').includes(id), row)).toBe(true);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);

  it('marks the words that the record points at', async () => {
    const { page, context } = await open();
    await page.goto(`${server.base}/ar${paths['article']}`);
    await settle(page);
    const bytes = new TextEncoder().encode(article.text);
    for (const event of article.record.events) {
      const words = new TextDecoder().decode(bytes.slice(event.trigger.begin, event.trigger.end)).trim();
      const shown = await page.evaluate((id) => [...document.querySelectorAll('.c-event')].filter((one) => one.getAttribute('data-rows')?.split(' ').includes(id)).map((one) => one.textContent).join(''), event.id);
      expect(shown).toContain(words);
    }
    expect((await page.innerText('.words')).replace(/\s+/g, '')).toContain(article.record.blocks.filter((block) => block.kind === 'body').map((block) => new TextDecoder().decode(bytes.slice(block.begin, block.end))).join('').replace(/\s+/g, '').slice(0, 200));
    await context.close();
  }, SLOW);
});

describe('hover', () => {
  it.each(WIDTHS)('shows chain, rule and how sure, inside the screen, at %d', async (width) => {
    const { page, context } = await open({ width });
    await page.goto(`${server.base}/ar${paths['article']}`);
    await settle(page);
    await page.locator('a.c-event').last().hover();
    const box = await page.locator('.pointed').boundingBox();
    expect(box).not.toBeNull();
    if (box) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(width);
    }
    await page.screenshot({ path: join(screens(), `hover-ar-${width}.png`) });
    await context.close();
  }, SLOW);
});

describe('touch', () => {
  it('shows the card where nothing can hover, and the card leads to the row', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(`${server.base}/ar${paths['article']}`);
    await settle(page);
    expect(await page.evaluate(() => matchMedia('(hover: none)').matches)).toBe(true);
    await page.locator('a.c-event').first().tap();
    await page.locator('.pointed').waitFor();
    expect(new URL(page.url()).hash).toBe('');
    const row = ((await page.locator('.pointed a.row').first().getAttribute('href')) ?? '').slice(1);
    await page.locator('.pointed a.row').first().tap();
    await page.waitForFunction((id) => document.activeElement?.id === id, row);
    await page.locator('h1').tap();
    await page.locator('.pointed').waitFor({ state: 'detached' });
    await context.close();
  }, SLOW);
});

describe('the state of the server', () => {
  it('is shown: files that wait, stories being made', async () => {
    const { page, context } = await open();
    const status = await api<Status>('/status');
    await page.route('**/api/v1/status', (route) => route.fulfill({ json: { ...status, stories_stale: true, watch: { folder: '/data/incoming', files: 10, coded: 3, faults: 1, waiting: 6 } } }));
    await page.goto(`${server.base}/ar/`);
    await settle(page);
    const progress = page.locator('.state progress');
    await progress.waitFor();
    expect(await progress.evaluate((element) => [(element as HTMLProgressElement).value, (element as HTMLProgressElement).max])).toEqual([4, 10]);
    expect(await page.innerText('.state')).toMatch(/incoming.*٣ من ١٠.*٦ ملفات تنتظر.*تعذّرت قراءة ملف واحد/s);
    expect(await page.locator('.stale').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await context.close();
  }, SLOW);

  it('is told when it answers no more, and what was there stays', async () => {
    const { page, context } = await open();
    await page.goto(`${server.base}/en/`);
    await settle(page);
    await page.waitForSelector('.upto time');
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.locator('.offline').waitFor({ timeout: 15_000 });
    expect(await page.locator('.card').count()).toBeGreaterThan(0);
    await page.unroute('**/api/v1/**');
    await page.locator('.offline').waitFor({ state: 'detached', timeout: 20_000 });
    await context.close();
  }, SLOW);

  it('is a word of advice where the record is empty', async () => {
    const { page, context, faults } = await open();
    await page.route('**/api/v1/front', (route) => route.fulfill({ json: { top: [], newest: [], contested: [] } }));
    await page.goto(`${server.base}/en/`);
    await page.getByText('The record is empty').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);
});

describe('filters', () => {
  it('change address, table and downloads', async () => {
    const { page, context, faults } = await open();
    await page.goto(`${server.base}/en/events`);
    await settle(page);
    const before = await page.locator('table.events tbody tr').count();
    await page.selectOption('#filter-quad', '4');
    await page.click('.filters button[type=submit]');
    await page.waitForURL(/quad=4/);
    await settle(page);
    await page.waitForFunction((rows) => document.querySelectorAll('table.events tbody tr').length !== rows, before);
    expect(await page.locator('table.events .type:not(.q4)').count()).toBe(0);
    const links = await page.locator('.downloads a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    expect(links.length).toBe(12);
    for (const link of links) {
      expect(link).toContain('quad=4');
      const response = await fetch(link);
      expect(response.status, link).toBe(200);
      expect((await response.text()).length, link).toBeGreaterThan(20);
    }
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);
});

describe('hostile data', () => {
  it('is shown as text and runs nowhere', async () => {
    const { page, context, faults } = await open();
    const found = await api<List<{ article: number; title: string }>>('/articles?limit=200');
    const numbers = found.rows.filter((row) => row.title === HOSTILE.script || row.title === HOSTILE.bidi || /^ا{50,}/.test(row.title)).map((row) => row.article);
    expect(numbers.length).toBe(3);
    for (const path of ['/', '/stories', '/quotes', '/events', '/outlets', `/outlets/${encodeURIComponent('"><script>window.broken = 4</script>')}`, ...numbers.map((n) => `/articles/${n}`)]) {
      await page.goto(`${server.base}/en${path}`);
      await settle(page);
      const state = await page.evaluate(() => ({
        broken: (window as unknown as { broken?: number }).broken,
        scripts: [...document.scripts].filter((one) => one.src === '').length,
        images: document.images.length,
        handlers: document.querySelectorAll('[onclick], [onerror], [onmouseover]').length,
        links: [...document.links].map((link) => link.protocol).filter((protocol) => protocol !== 'http:' && protocol !== 'https:'),
        wide: document.documentElement.scrollWidth - window.innerWidth,
      }));
      expect(state, path).toEqual({ broken: undefined, scripts: 0, images: 0, handlers: 0, links: [], wide: 0 });
    }
    await page.goto(`${server.base}/en/articles/${numbers[0]}`);
    await settle(page);
    expect([HOSTILE.script, HOSTILE.bidi, 'ا'.repeat(300)]).toContain(await page.evaluate(() => document.querySelector('h1')?.textContent));
    await page.goto(`${server.base}/en/search?q=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);
    await page.waitForSelector('h1');
    expect(await page.evaluate(() => document.images.length)).toBe(0);
    expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
    await context.close();
  }, SLOW);
});

describe('motion', () => {
  it('is left out where the reader wants none', async () => {
    const { page, context } = await open({ reducedMotion: 'reduce' });
    await page.goto(`${server.base}/en${paths['article']}`);
    await settle(page);
    expect(await page.evaluate(() => ({ moving: document.getAnimations().length, scroll: getComputedStyle(document.documentElement).scrollBehavior }))).toEqual({ moving: 0, scroll: 'auto' });
    await context.close();
  }, SLOW);
});

describe('--watch', () => {
  it('shows a new article without a reload, and says so', async () => {
    const { page, context, faults } = await open();
    await page.goto(`${server.base}/ar/search`);
    await settle(page);
    await page.waitForSelector('.watching');
    await page.evaluate(() => void ((window as unknown as { here: number }).here = 1));
    const title = 'وفد الجامعة العربية يصل إلى الخرطوم';
    const before = (await api<Status>('/status')).articles;
    writeFileSync(join(server.folder, 'new.jsonl'), `${JSON.stringify({ id: 'new-1', outlet: 'قناة الأفق', published: '2022-06-01', title, text: 'وصل وفد من جامعة الدول العربية إلى الخرطوم يوم الأربعاء. وقال رئيس الوفد إن المحادثات ستبدأ غدا.' })}\n`);
    await page.getByText(title).first().waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => (window as unknown as { here?: number }).here)).toBe(1);
    expect(await page.innerText('[role=status]')).toContain('وصل مقال جديد');
    expect((await api<Status>('/status')).articles).toBe(before + 1);
    await page.screenshot({ path: join(screens(), 'watch-ar-1280.png') });
    expect(faults).toEqual([]);
    await context.close();
  }, SLOW);
});
