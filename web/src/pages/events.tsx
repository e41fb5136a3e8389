// The events explorer: filters, events over time, what two countries did to each other, the table, and downloads.
import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { Dyad, EventRow, List, Series, Towards } from '../api/types';
import { useWords, type Words } from '../i18n';
import { lazy } from '../lazy';
import { go, toSearch, type Route } from '../router';
import { Heading, Num, Shown, Table, Th, useHref } from '../components/basic';
import { Filters, filterValues, useCountries, type Field } from '../components/filters';
import { Empty, EventTable, Pager, Section } from '../components/lists';
import type { Stack } from '../plots/bars';

const Bars = lazy(() => import('../plots/bars'), <div class="frame plot waiting" />);

const FIELDS: readonly Field[] = ['q', 'actor', 'by', 'to', 'type', 'quad', 'status', 'country', 'outlet', 'since', 'until', 'order'];
const OWN = ['period', 'a', 'b'];
const FORMATS = ['events', 'quotes', 'counts', 'actors', 'polecat', 'icews', 'gdelt-events', 'gdelt-mentions', 'plover', 'gexf', 'graphml', 'jsonl'];
const PERIODS = ['day', 'month', 'year'] as const;

const quadStacks = ({ label }: Words): Stack[] => [
  { key: '1', label: label('quad', '1'), class: 'q1' },
  { key: '2', label: label('quad', '2'), class: 'q2' },
  { key: '3', label: label('quad', '3'), class: 'q3', below: true },
  { key: '4', label: label('quad', '4'), class: 'q4', below: true },
];

function PeriodChoice({ route, period }: { route: Route; period: string }): JSX.Element {
  const { t } = useWords();
  const href = useHref();
  return (
    <p class="choice">
      <span id="by-period">{t('events.by')}</span>
      <span role="group" aria-labelledby="by-period">
        {PERIODS.map((one) => {
          const next = new URLSearchParams(route.query);
          next.set('period', one);
          return <a key={one} href={href('/events') + toSearch(next)} aria-current={one === period ? 'true' : undefined}>{t(`events.by.${one}`)}</a>;
        })}
      </span>
    </p>
  );
}

function OverTime({ route, values, period }: { route: Route; values: Record<string, string>; period: string }): JSX.Element {
  const words = useWords();
  const { t, format, label } = words;
  const answer = useApi<Series>(`/events/series${query({ ...values, order: null, period })}`);
  return (
    <Section id="overtime" title={t('events.overtime')}>
      <PeriodChoice route={route} period={period} />
      <Shown answer={answer}>
        {({ periods }) => (periods.length === 0 ? <Empty filtered /> : (
          <>
            <Bars
              bars={periods.map((one) => ({ period: one.period, values: { 1: one.quad[0], 2: one.quad[1], 3: one.quad[2], 4: one.quad[3] } }))}
              focus
              stacks={quadStacks(words)}
              label={t('events.overtime.label')}
            />
            <details>
              <summary>{t('events.astable')}</summary>
              <Table caption={t('events.overtime.caption')} class="small" head={
                <tr><Th>{t('field.period')}</Th><Th num>{t('field.events')}</Th>{[1, 2, 3, 4].map((quad) => <Th key={quad} num>{label('quad', String(quad))}</Th>)}<Th num>{t('events.score.mean')}</Th></tr>
              }>
                {periods.map((one) => (
                  <tr key={one.period}>
                    <th scope="row">{format.period(one.period)}</th><Num of={one.events} />
                    {one.quad.map((n, i) => <Num key={i} of={n} min={1} />)}
                    <td class="num">{one.score === null ? '–' : format.signed(one.score)}</td>
                  </tr>
                ))}
              </Table>
            </details>
          </>
        ))}
      </Shown>
    </Section>
  );
}

function TwoCountries({ route, period }: { route: Route; period: string }): JSX.Element {
  const { t, format } = useWords();
  const href = useHref();
  const countries = useCountries();
  const names = new Map(countries);
  const a = route.query.get('a') ?? '';
  const b = route.query.get('b') ?? '';
  const answer = useApi<Dyad>(a && b ? `/dyad${query({ a, b, period, since: route.query.get('since'), until: route.query.get('until') })}` : null);
  const stacks: Stack[] = [
    { key: 'cooperation', label: t('events.cooperation'), class: 'q2' },
    { key: 'conflict', label: t('events.conflict'), class: 'q4', below: true },
  ];
  const named = { a: names.get(a) ?? a, b: names.get(b) ?? b };
  const one = (towards: Towards): JSX.Element => (
    <>
      <Num of={towards.events} min={1} />
      <td class="num">{towards.events > 0 ? format.signed(towards.cooperation) : '–'}</td>
      <td class="num">{towards.events > 0 ? format.signed(towards.conflict) : '–'}</td>
    </>
  );
  return (
    <Section id="dyad" title={t('events.dyad')} aside={t('events.dyad.text')}>
      <form class="filters pair" method="get" action={href('/events')} key={`${a} ${b} ${countries.length}`} onSubmit={(event) => {
        event.preventDefault();
        const next = new URLSearchParams(route.query);
        for (const [name, value] of new FormData(event.currentTarget)) {
          if (typeof value === 'string' && value) next.set(name, value);
          else next.delete(name);
        }
        go(href('/events') + toSearch(next));
      }}>
        {(['a', 'b'] as const).map((side) => (
          <div key={side} class="field">
            <label for={`dyad-${side}`}>{t(`events.dyad.${side}`)}</label>
            <select id={`dyad-${side}`} name={side}>
              <option value="">–</option>
              {countries.map(([code, name]) => <option key={code} value={code} selected={code === (side === 'a' ? a : b)}>{name}</option>)}
            </select>
          </div>
        ))}
        <div class="actions"><button type="submit">{t('events.dyad.show')}</button></div>
      </form>
      {a && b && (
        <Shown answer={answer}>
          {({ periods }) => (periods.length === 0 ? <p class="empty">{t('events.dyad.none', named)}</p> : (
            <>
              <div class="two">
                {(['a_to_b', 'b_to_a'] as const).map((way) => {
                  const ends = way === 'a_to_b' ? named : { a: named.b, b: named.a };
                  return (
                    <div key={way}>
                      <h3>{t('events.dyad.towards', ends)}</h3>
                      <Bars
                        bars={periods.map((row) => ({ period: row.period, values: { cooperation: row[way].cooperation, conflict: row[way].conflict }, events: row[way].events, line: row[way].cooperation + row[way].conflict }))}
                        stacks={stacks}
                        focus
                        label={t('events.dyad.label', ends)}
                        height={210}
                      />
                    </div>
                  );
                })}
              </div>
              <details>
                <summary>{t('events.astable')}</summary>
                <Table caption={t('events.dyad.caption', named)} class="small" head={
                  <>
                    <tr><th scope="col" rowSpan={2}>{t('field.period')}</th><th scope="colgroup" colSpan={3}>{t('events.dyad.towards', named)}</th><th scope="colgroup" colSpan={3}>{t('events.dyad.towards', { a: named.b, b: named.a })}</th></tr>
                    <tr>{[0, 1].map((i) => <><Th key={`e${i}`} num>{t('field.events')}</Th><Th key={`c${i}`} num>{t('events.cooperation')}</Th><Th key={`f${i}`} num>{t('events.conflict')}</Th></>)}</tr>
                  </>
                }>
                  {periods.map((row) => <tr key={row.period}><th scope="row">{format.period(row.period)}</th>{one(row.a_to_b)}{one(row.b_to_a)}</tr>)}
                </Table>
              </details>
            </>
          ))}
        </Shown>
      )}
    </Section>
  );
}

export default function EventsPage({ route }: { route: Route }): JSX.Element {
  const { t, label } = useWords();
  const values = filterValues(route.query, FIELDS);
  const chosen = route.query.get('period') ?? '';
  const period = (PERIODS as readonly string[]).includes(chosen) ? chosen : 'month';
  const answer = useApi<List<EventRow>>(`/events${query({ ...values, offset: route.query.get('offset'), limit: 50 })}`);
  return (
    <>
      <Heading>{t('events.title')}</Heading>
      <p class="note">{t('events.text')}</p>
      <Filters route={route} fields={FIELDS} path="/events" keep={OWN} />
      <OverTime route={route} values={values} period={period} />
      <TwoCountries route={route} period={period} />
      <Section id="table" title={t('events.table')}>
        <Shown answer={answer}>
          {(list) => (
            <>
              {list.rows.length === 0 ? <Empty filtered /> : <EventTable rows={list.rows} caption={t('events.caption')} />}
              <Pager list={list} path="/events" query={route.query} />
            </>
          )}
        </Shown>
      </Section>
      <Section id="download" title={t('events.download')} aside={t('events.download.text')}>
        <ul class="forms downloads">
          {FORMATS.map((format) => <li key={format}><a href={`/api/v1/export/${format}${query({ ...values, order: null })}`} download>{label('export', format)}</a></li>)}
        </ul>
      </Section>
    </>
  );
}
