// Addresses of the pages: /{ar,en}/section[/key]?filters. The language is a part of the address, so that the switch keeps all else.
import { useEffect, useState } from 'preact/hooks';
import type { Lang } from './i18n/locale';

export type Page =
  | 'front' | 'stories' | 'story' | 'article' | 'actors' | 'actor' | 'events' | 'quotes' | 'outlets' | 'outlet' | 'search' | 'limits' | 'missing';

export interface Route { lang: Lang; page: Page; key: string; path: string; query: URLSearchParams }

const LISTS: Record<string, Page> = {
  '': 'front', stories: 'stories', actors: 'actors', events: 'events', quotes: 'quotes', outlets: 'outlets', search: 'search', limits: 'limits',
};
const SINGLES: Record<string, Page> = { stories: 'story', articles: 'article', actors: 'actor', outlets: 'outlet' };

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** What an address asks for; null where it is no page of ours (a file of the server). */
export function parseRoute(pathname: string, search: string): Route | null {
  const [, lang, section = '', ...rest] = pathname.split('/');
  if (lang !== 'ar' && lang !== 'en') return null;
  const path = pathname.slice(3) || '/';
  const query = new URLSearchParams(search);
  const missing: Route = { lang, page: 'missing', key: '', path, query };
  const raw = rest.join('/').replace(/\/$/, '');
  if (raw === '') {
    const page = Object.hasOwn(LISTS, section) ? LISTS[section] : undefined;
    return page ? { lang, page, key: '', path, query } : missing;
  }
  const page = Object.hasOwn(SINGLES, section) ? SINGLES[section] : undefined;
  const key = decode(raw);
  if (!page || key === null) return missing;
  if ((page === 'story' || page === 'article') && !/^\d{1,18}$/.test(key)) return missing;
  return { lang, page, key, path, query };
}

export function toSearch(query: URLSearchParams): string {
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The same page and filters in another language. */
export const inLanguage = (route: Route, lang: Lang): string => `/${lang}${route.path}${toSearch(route.query)}`;

/** The address of the page's twin as data, by the same filters. */
export function jsonTwin(route: Route): string {
  const path = route.path === '/' ? '/' : route.path.replace(/\/$/, '');
  switch (route.page) {
    case 'front': return '/api/v1/front';
    case 'search': return `/api/v1/articles${toSearch(route.query)}`;
    case 'limits': return '/limits.json';
    case 'missing': return '/api/v1/openapi.json';
    default: {
      // What the page alone knows (two countries, the period of a plot, a place in a text) is no filter of the API.
      const query = new URLSearchParams(route.query);
      for (const own of ['a', 'b', 'period', 'at']) query.delete(own);
      return `/api/v1${path}${toSearch(query)}`;
    }
  }
}

const listeners = new Set<(replaced: boolean) => void>();

export function go(address: string, replace = false): void {
  const here = { ...(history.state as object | null), scroll: window.scrollY };
  history.replaceState(here, '');
  if (replace) history.replaceState({}, '', address);
  else history.pushState({}, '', address);
  for (const listener of [...listeners]) listener(replace);
}

/** Follows links to our own pages without loading anew; all others are the browser's. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!target || target.hasAttribute('download') || target.getAttribute('target')) return;
  const url = new URL(target.getAttribute('href') ?? '', location.href);
  if (url.origin !== location.origin || !parseRoute(url.pathname, url.search)) return;
  if (url.pathname === location.pathname && url.search === location.search && url.hash !== '') return;
  if (url.pathname.endsWith('.json')) return;
  event.preventDefault();
  go(url.pathname + url.search + url.hash);
}

export type Move = 'load' | 'push' | 'replace' | 'pop';

export function useRoute(): { route: Route | null; move: Move; visit: number } {
  const read = (): Route | null => parseRoute(location.pathname, location.search);
  const [state, set] = useState<{ route: Route | null; move: Move; visit: number }>({ route: read(), move: 'load', visit: 0 });
  useEffect(() => {
    let last = location.pathname + location.search;
    const moved = (move: Move): void => {
      const now = location.pathname + location.search;
      if (move === 'pop' && now === last) return; // only the fragment changed
      last = now;
      set((old) => ({ route: read(), move, visit: old.visit + 1 }));
    };
    const popped = (): void => moved('pop');
    const pushed = (replaced: boolean): void => moved(replaced ? 'replace' : 'push');
    window.addEventListener('popstate', popped);
    listeners.add(pushed);
    return () => {
      window.removeEventListener('popstate', popped);
      listeners.delete(pushed);
    };
  }, []);
  return state;
}
