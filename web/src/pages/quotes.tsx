import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { List, QuoteRow } from '../api/types';
import { useWords } from '../i18n';
import type { Route } from '../router';
import { Heading, Shown } from '../components/basic';
import { Filters, filterValues, type Field } from '../components/filters';
import { Empty, Pager, QuoteList } from '../components/lists';

const FIELDS: readonly Field[] = ['q', 'speaker', 'about', 'to', 'outlet', 'since', 'until', 'order'];

export default function QuotesPage({ route }: { route: Route }): JSX.Element {
  const { t } = useWords();
  const answer = useApi<List<QuoteRow>>(`/quotes${query({ ...filterValues(route.query, FIELDS, ['offset']), limit: 40 })}`);
  return (
    <>
      <Heading>{t('quotes.title')}</Heading>
      <p class="note">{t('quotes.text')}</p>
      <Filters route={route} fields={FIELDS} path="/quotes" />
      <section aria-label={t('quotes.list')}>
        <Shown answer={answer}>
          {(list) => (
            <>
              {list.rows.length === 0 ? <Empty filtered={route.query.size > 0} /> : <QuoteList rows={list.rows} />}
              <Pager list={list} path="/quotes" query={route.query} />
            </>
          )}
        </Shown>
      </section>
    </>
  );
}
