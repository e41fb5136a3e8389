import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { List, OutletPage as Data, StoryBrief } from '../api/types';
import { useWords } from '../i18n';
import { lazy } from '../lazy';
import type { Route } from '../router';
import { A, Bdi, Days, Heading, Name, Num, Shown, Table, Th, TypeName } from '../components/basic';
import { useCountries } from '../components/filters';
import { Section, StoryCard } from '../components/lists';

const Bars = lazy(() => import('../plots/bars'), <div class="frame plot waiting" />);

export default function OutletPage({ route }: { route: Route }): JSX.Element {
  const { t, format } = useWords();
  const name = route.key;
  const answer = useApi<Data>(`/outlets/${encodeURIComponent(name)}`);
  const stories = useApi<List<StoryBrief>>(`/stories${query({ outlet: name, sort: 'newest', limit: 12 })}`);
  const countries = new Map(useCountries());
  return (
    <Shown answer={answer}>
      {(outlet) => (
        <div class="outlet">
          <Heading kicker={<A to="/outlets">{t('outlets.title')}</A>}><Bdi>{outlet.outlet}</Bdi></Heading>
          <p class="meta"><Days first={outlet.first} last={outlet.last} /></p>
          <dl class="figures">
            {([['field.articles', outlet.articles], ['field.stories', outlet.stories], ['outlets.firsts', outlet.firsts], ['outlets.alone', outlet.alone], ['outlets.copies', outlet.copies], ['field.events', outlet.events], ['field.quotes', outlet.quotes]] as const).map(([key, n]) => (
              <div key={key}><dt>{t(key)}</dt><dd>{format.number(n)}</dd></div>
            ))}
          </dl>
          <p class="more"><A to={`/search${query({ outlet: name })}`}>{t('outlets.articles')}</A> · <A to={`/quotes${query({ outlet: name })}`}>{t('nav.quotes')}</A> · <A to={`/events${query({ outlet: name })}`}>{t('nav.events')}</A></p>
          {stories.data && stories.data.rows.length > 0 && (
            <Section id="stories" title={t('outlets.stories')}><div class="grid">{stories.data.rows.map((brief) => <StoryCard key={brief.story} brief={brief} />)}</div></Section>
          )}
          {outlet.months.length > 0 && (
            <Section id="months" title={t('outlets.months')}>
              <Bars bars={outlet.months.map((month) => ({ period: month.period, values: { articles: month.articles } }))} stacks={[{ key: 'articles', label: t('field.articles'), class: 's-did' }]} label={t('outlets.months.label')} height={180} />
              <details>
                <summary>{t('events.astable')}</summary>
                <Table caption={t('outlets.months')} class="small" head={<tr><Th>{t('field.period')}</Th><Th num>{t('field.articles')}</Th></tr>}>
                  {outlet.months.map((month) => <tr key={month.period}><th scope="row">{format.period(month.period)}</th><Num of={month.articles} /></tr>)}
                </Table>
              </details>
            </Section>
          )}
          <div class="two">
            {outlet.actors.length > 0 && (
              <Section id="actors" title={t('outlets.actors')}>
                <Table caption={t('outlets.actors')} hideCaption class="small" head={<tr><Th>{t('field.name')}</Th><Th num>{t('field.articles')}</Th></tr>}>
                  {outlet.actors.slice(0, 20).map((actor, i) => <tr key={actor.kb ?? i}><th scope="row"><Name of={actor} /></th><Num of={actor.articles ?? actor.times} /></tr>)}
                </Table>
              </Section>
            )}
            {outlet.countries.length > 0 && (
              <Section id="countries" title={t('outlets.countries')}>
                <Table caption={t('outlets.countries')} hideCaption class="small" head={<tr><Th>{t('field.country')}</Th><Th num>{t('field.times')}</Th></tr>}>
                  {outlet.countries.slice(0, 20).map((row, i) => {
                    const code = row.country ?? row.code ?? row.kb ?? '';
                    return <tr key={i}><th scope="row"><Name of={{ name: countries.get(code) ?? row.name ?? code, kb: code }} /></th><Num of={row.articles ?? row.events ?? row.times} /></tr>;
                  })}
                </Table>
              </Section>
            )}
            {Object.keys(outlet.types).length > 0 && (
              <Section id="types" title={t('outlets.types')}>
                <Table caption={t('outlets.types')} hideCaption class="small" head={<tr><Th>{t('field.type')}</Th><Th num>{t('field.events')}</Th></tr>}>
                  {Object.entries(outlet.types).sort((a, b) => b[1] - a[1]).map(([type, n]) => <tr key={type}><th scope="row"><A to={`/events${query({ outlet: name, type })}`}><TypeName type={type} /></A></th><Num of={n} /></tr>)}
                </Table>
              </Section>
            )}
          </div>
        </div>
      )}
    </Shown>
  );
}
