// The shell: masthead, sections, the page, and what changes when the address does (language, title, focus).
import { Component, type ComponentChildren, type ComponentType, type JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useLive } from './api/live';
import type { WatchState } from './api/types';
import { A, Bdi, Missing, T } from './components/basic';
import { makeWords, useWords, WordsContext, type Key } from './i18n';
import { direction, other } from './i18n/locale';
import { lazy } from './lazy';
import { followLinks, go, inLanguage, jsonTwin, toSearch, useRoute, type Page, type Route } from './router';
import FrontPage from './pages/front';

type View = ComponentType<{ route: Route }>;

function Waiting(): JSX.Element {
  const { t } = useWords();
  return <p class="loading" role="status">{t('state.loading')}</p>;
}

const wait = <Waiting />;
const VIEWS: Record<Page, View> = {
  front: FrontPage,
  stories: lazy<{ route: Route }>(() => import('./pages/stories'), wait),
  story: lazy<{ route: Route }>(() => import('./pages/story'), wait),
  article: lazy<{ route: Route }>(() => import('./pages/article'), wait),
  actors: lazy<{ route: Route }>(() => import('./pages/actors'), wait),
  actor: lazy<{ route: Route }>(() => import('./pages/actor'), wait),
  events: lazy<{ route: Route }>(() => import('./pages/events'), wait),
  quotes: lazy<{ route: Route }>(() => import('./pages/quotes'), wait),
  outlets: lazy<{ route: Route }>(() => import('./pages/outlets'), wait),
  outlet: lazy<{ route: Route }>(() => import('./pages/outlet'), wait),
  search: lazy<{ route: Route }>(() => import('./pages/search'), wait),
  limits: lazy<{ route: Route }>(() => import('./pages/limits'), wait),
  missing: Missing,
};

const SECTIONS: readonly [path: string, key: Key, pages: readonly Page[]][] = [
  ['/', 'nav.front', ['front']],
  ['/stories', 'nav.stories', ['stories', 'story', 'article']],
  ['/events', 'nav.events', ['events']],
  ['/quotes', 'nav.quotes', ['quotes']],
  ['/actors', 'nav.actors', ['actors', 'actor']],
  ['/outlets', 'nav.outlets', ['outlets', 'outlet']],
  ['/limits', 'nav.limits', ['limits']],
];

function Masthead({ route }: { route: Route }): JSX.Element {
  const { t, lang, format } = useWords();
  const { status } = useLive();
  const to = other(lang);
  return (
    <header class="masthead">
      <div class="line">
        <p class="upto">
          {status?.last && <><T k="site.upto" date={<time dateTime={status.last}>{format.date(status.last.slice(0, 10))}</time>} /><span class="sep"> · </span>{t('site.holds', { articles: t('n.articles', { n: status.articles }), outlets: t('n.outlets.of', { n: status.outlets }) })}</>}
        </p>
        <a class="switch" href={inLanguage(route, to)} hreflang={to} lang={to} title={t('site.switch.title')}>{t('site.switch')}</a>
      </div>
      <div class="brand">
        <p class="wordmark"><A to="/">{t('site.name')}</A></p>
        <p class="tagline">{t('site.tagline')}</p>
      </div>
      <div class="bar">
        <nav aria-label={t('site.nav')}>
          <ul>
            {SECTIONS.map(([path, key, pages]) => (
              <li key={path}><A to={path} aria-current={pages.includes(route.page) ? (pages[0] === route.page ? 'page' : 'true') : undefined}>{t(key)}</A></li>
            ))}
          </ul>
        </nav>
        <form role="search" method="get" action={`/${lang}/search`} onSubmit={(event) => {
          event.preventDefault();
          const q = String(new FormData(event.currentTarget).get('q') ?? '').trim();
          if (q !== '') go(`/${lang}/search${toSearch(new URLSearchParams({ q }))}`);
        }}>
          <label class="hidden" for="site-q">{t('site.search.label')}</label>
          <input id="site-q" name="q" type="search" dir="auto" placeholder={t('site.search.hint')} maxLength={500} />
          <button type="submit">{t('site.search')}</button>
        </form>
      </div>
      <State />
    </header>
  );
}

/** What happens on the server, for eyes and (once, politely) for ears. */
function State(): JSX.Element {
  const { t } = useWords();
  const { status, failed, arrived } = useLive();
  const watch = status?.watch ?? null;
  const busy = watch !== null && (watch.waiting > 0 || watch.coded + watch.faults < watch.files);
  return (
    <div class="state">
      <p role="status" class={arrived === null ? 'hidden' : 'arrived'}>
        {arrived === null ? '' : arrived > 0 ? t('site.updated.articles', { n: arrived }) : t('site.updated')}
      </p>
      {failed && <p class="offline" role="alert">{t('site.offline')}</p>}
      {(status?.stories_stale === true || watch?.stories === true) && <p class="stale">{t('site.stale')}</p>}
      {watch && busy && (
        <p>
          <Watching watch={watch} />
          <progress max={Math.max(1, watch.files)} value={watch.coded + watch.faults} aria-label={t('site.watching', { folder: watch.folder, coded: watch.coded, files: watch.files })} />
        </p>
      )}
      {watch?.problem && <p class="offline"><Bdi>{watch.problem}</Bdi></p>}
    </div>
  );
}

function Watching({ watch }: { watch: WatchState }): JSX.Element {
  const { t, format } = useWords();
  const folder = watch.folder.replace(/\/+$/, '').split('/').pop() || watch.folder;
  return (
    <span class="watching">
      {watch.files === 0
        ? <T k="site.watching.idle" folder={<Bdi>{folder}</Bdi>} />
        : <T k="site.watching" folder={<Bdi>{folder}</Bdi>} coded={format.number(watch.coded)} files={format.number(watch.files)} />}
      {watch.waiting > 0 && <> · {t('site.waiting', { n: watch.waiting })}</>}
      {watch.faults > 0 && <> · {t('site.faults', { n: watch.faults })}</>}
    </span>
  );
}

function Foot({ route }: { route: Route }): JSX.Element {
  const { t } = useWords();
  const { status } = useLive();
  return (
    <footer class="foot">
      <p>{t('site.footer')}</p>
      <p class="meta">
        <A to="/limits">{t('site.limits')}</A>
        <a href={jsonTwin(route)}>{t('site.json')}</a>
        <a href="/api/v1/openapi.json">{t('site.api')}</a>
        {status && <span>{t('site.version', { version: status.version })}</span>}
        {status?.watch && <Watching watch={status.watch} />}
      </p>
    </footer>
  );
}

/** A page that fails shows that it did; the next page is a new try. */
class Guard extends Component<{ at: string; children: ComponentChildren }, { failed: string | null; at: string }> {
  override state = { failed: null as string | null, at: this.props.at };

  static override getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: error instanceof Error ? error.message : String(error) };
  }

  static override getDerivedStateFromProps(props: { at: string }, state: { at: string }): object | null {
    return props.at === state.at ? null : { at: props.at, failed: null };
  }

  override componentDidCatch(error: unknown): void {
    console.error(error);
  }

  render(): ComponentChildren {
    return this.state.failed === null ? this.props.children : <Broken message={this.state.failed} />;
  }
}

function Broken({ message }: { message: string }): JSX.Element {
  const { t } = useWords();
  return <div class="problem" role="alert"><h2>{t('state.error')}</h2><p><Bdi>{message}</Bdi></p><button type="button" onClick={() => location.reload()}>{t('state.retry')}</button></div>;
}

function twin(route: Route): void {
  let link = document.head.querySelector<HTMLLinkElement>('link[rel="alternate"][type="application/json"]');
  if (!link) {
    link = document.createElement('link');
    link.rel = 'alternate';
    link.type = 'application/json';
    document.head.append(link);
  }
  link.href = jsonTwin(route);
  for (const lang of ['ar', 'en'] as const) {
    let sister = document.head.querySelector<HTMLLinkElement>(`link[rel="alternate"][hreflang="${lang}"]`);
    if (!sister) {
      sister = document.createElement('link');
      sister.rel = 'alternate';
      sister.hreflang = lang;
      document.head.append(sister);
    }
    sister.href = inLanguage(route, lang);
  }
}

export function App(): JSX.Element | null {
  const { route, move, visit } = useRoute();
  const main = useRef<HTMLElement>(null);
  const lang = route?.lang ?? 'en';
  const words = useMemo(() => makeWords(lang, navigator.languages ?? []), [lang]);
  const at = route ? `${route.page} ${route.key}` : '';

  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = direction(lang);
  }, [lang]);

  useEffect(() => {
    if (route) twin(route);
  }, [visit]);

  // The title follows the page's heading, which may come with the data.
  useEffect(() => {
    const element = main.current;
    if (!element) return undefined;
    const name = (): void => {
      const heading = element.querySelector('h1')?.textContent?.trim();
      const site = words.t('site.name');
      document.title = heading && route?.page !== 'front' ? `${heading} – ${site}` : `${site} – ${words.t('site.tagline')}`;
    };
    name();
    const observer = new MutationObserver(name);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [words, visit]);

  // A new page is read from its heading; "back" returns to where one was.
  useEffect(() => {
    if (move === 'load') return undefined;
    const element = main.current;
    if (!element) return undefined;
    const state = history.state as { scroll?: number } | null;
    const settle = (): boolean => {
      const heading = element.querySelector<HTMLElement>('h1');
      if (!heading) return false;
      if (location.hash === '') {
        if (move === 'push') heading.focus({ preventScroll: true });
        window.scrollTo(0, move === 'pop' ? (state?.scroll ?? 0) : 0);
      }
      return true;
    };
    if (settle()) return undefined;
    const observer = new MutationObserver(() => {
      if (settle()) observer.disconnect();
    });
    observer.observe(element, { childList: true, subtree: true });
    const stop = setTimeout(() => observer.disconnect(), 5000);
    return () => {
      observer.disconnect();
      clearTimeout(stop);
    };
  }, [visit]);

  useEffect(() => {
    document.addEventListener('click', followLinks);
    return () => document.removeEventListener('click', followLinks);
  }, []);

  if (!route) {
    location.replace(`/${(navigator.language ?? '').startsWith('ar') ? 'ar' : 'en'}/`);
    return null;
  }
  const View = VIEWS[route.page];
  return (
    <WordsContext.Provider value={words}>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>{words.t('site.skip')}</a>
      <Masthead route={route} />
      <main id="main" ref={main} tabIndex={-1} class={`page-${route.page}`}>
        <Guard at={at}><View route={route} key={at} /></Guard>
      </main>
      <Foot route={route} />
    </WordsContext.Provider>
  );
}
