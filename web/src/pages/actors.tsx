import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { ActorRow, List } from '../api/types';
import { useWords } from '../i18n';
import { go, toSearch, type Route } from '../router';
import { Bdi, Day, Heading, Name, Num, Shown, Table, Th, useHref } from '../components/basic';
import { useCountries } from '../components/filters';
import { Empty, Pager } from '../components/lists';

export default function ActorsPage({ route }: { route: Route }): JSX.Element {
  const { t, label } = useWords();
  const href = useHref();
  const q = route.query.get('q') ?? '';
  const answer = useApi<List<ActorRow>>(`/actors${query({ q, offset: route.query.get('offset'), limit: 50 })}`);
  const countries = new Map(useCountries());
  return (
    <>
      <Heading>{t('actor.title')}</Heading>
      <p class="note">{t('actor.index.text')}</p>
      <form class="filters one" method="get" action={href('/actors')} key={q} onSubmit={(event) => {
        event.preventDefault();
        const words = String(new FormData(event.currentTarget).get('q') ?? '').trim();
        go(href('/actors') + toSearch(new URLSearchParams(words ? { q: words } : {})));
      }}>
        <div class="field q">
          <label for="find">{t('actor.find')}</label>
          <input id="find" name="q" type="search" dir="auto" defaultValue={q} maxLength={200} />
        </div>
        <div class="actions"><button type="submit">{t('filter.apply')}</button></div>
      </form>
      <Shown answer={answer}>
        {(list) => (
          <>
            {list.rows.length === 0 ? <Empty /> : (
              <Table caption={t('actor.caption')} hideCaption head={
                <tr><Th>{t('field.name')}</Th><Th>{t('field.english')}</Th><Th>{t('field.kind')}</Th><Th>{t('field.country')}</Th><Th num>{t('field.articles')}</Th><Th>{t('field.first')}</Th><Th>{t('field.last')}</Th></tr>
              }>
                {list.rows.map((row, i) => (
                  <tr key={row.kb ?? i}>
                    <th scope="row"><Name of={{ name: row.name, kb: row.kb ?? null }} /></th>
                    <td>{row.english ? <Bdi>{row.english}</Bdi> : <span class="none">–</span>}</td>
                    <td>{label('entity', row.type)}</td>
                    <td>{row.country ? (countries.get(row.country) ?? row.country) : <span class="none">–</span>}</td>
                    <Num of={row.articles} />
                    <td><Day iso={row.first} style="short" /></td>
                    <td><Day iso={row.last} style="short" /></td>
                  </tr>
                ))}
              </Table>
            )}
            <Pager list={list} path="/actors" query={route.query} />
          </>
        )}
      </Shown>
    </>
  );
}
