import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { List, SearchRow } from '../api/types';
import { useWords } from '../i18n';
import type { Route } from '../router';
import { A, Bdi, Heading, Shown, T } from '../components/basic';
import { Filters, filterValues, type Field } from '../components/filters';
import { ArticleList, Empty, Pager } from '../components/lists';

const FIELDS: readonly Field[] = ['q', 'actor', 'outlet', 'country', 'type', 'since', 'until', 'order'];

export default function SearchPage({ route }: { route: Route }): JSX.Element {
  const { t } = useWords();
  const q = route.query.get('q')?.trim() ?? '';
  const answer = useApi<List<SearchRow>>(`/articles${query({ ...filterValues(route.query, FIELDS, ['by', 'to', 'quad', 'offset']), limit: 30 })}`);
  return (
    <>
      <Heading>{q === '' ? t('search.title') : <T k="search.results" query={<Bdi>{`«${q}»`}</Bdi>} />}</Heading>
      <p class="note">{t('search.text')}</p>
      <Filters route={route} fields={FIELDS} path="/search" />
      {q !== '' && (
        <p class="meta">{t('search.in')}: <A to={`/quotes${query({ q })}`}>{t('nav.quotes')}</A> <A to={`/events${query({ q })}`}>{t('nav.events')}</A> <A to={`/stories${query({ q })}`}>{t('nav.stories')}</A> <A to={`/actors${query({ q })}`}>{t('nav.actors')}</A></p>
      )}
      <Shown answer={answer}>
        {(list) => (
          <>
            {list.rows.length === 0 ? <Empty filtered={route.query.size > 1} /> : <ArticleList rows={list.rows} />}
            <Pager list={list} path="/search" query={route.query} />
          </>
        )}
      </Shown>
    </>
  );
}
