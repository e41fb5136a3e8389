// Somebody: how the name is spelled, offices on a time line, whom they met as a graph, what they said, did, and had done to them.
import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { ActorPage as Data, EventRow, LexiconEntry, List, Office, Party, QuoteRow } from '../api/types';
import { useWords, type Words } from '../i18n';
import { lazy } from '../lazy';
import type { Route } from '../router';
import { A, Bdi, Day, Days, Heading, Name, Num, Outlet, Rule, Shown, Table, Th, TypeName } from '../components/basic';
import { useCountries } from '../components/filters';
import { EventTable, QuoteList, Section } from '../components/lists';
import type { Term } from '../plots/offices';

const Network = lazy(() => import('../plots/network'), <div class="frame network waiting" />);
const OfficeLine = lazy(() => import('../plots/offices'), <div class="frame waiting" />);
const Bars = lazy(() => import('../plots/bars'), <div class="frame waiting" />);

const SOME = 5;
const MOST_HOLDERS = 24;
const MOST_TOLD = 8;

interface Row { times?: number; articles?: number; first?: string | null; last?: string | null }
interface Portrait extends Row, Party { quotes?: number; country?: string | null; sector?: string | null; did?: (Row & { type: string; mode?: string | null })[]; undergone?: (Row & { type: string; mode?: string | null })[]; outlets?: (Row & { outlet: string })[] }

function body(office: Office): string | null {
  if (office.organ_name) return office.organ_name;
  if (office.body) return office.body;
  if (typeof office.of === 'string') return office.of;
  return office.of?.name ?? null;
}

const officeText = (office: Office): string => {
  const of = body(office);
  return of && !office.office.includes(of) ? `${office.office} – ${of}` : office.office;
};

function termsOf(data: Data, entry: LexiconEntry | null): { terms: Term[]; rows: { office: Office; source: Term['source'] }[] } {
  const known = (entry?.offices ?? []).map((office) => ({ office, source: 'lexicon' as const }));
  const told = data.offices.filter((office) => !office.line && (office.first || office.last || office.from || office.to));
  const often = (office: Office): number => office.articles ?? office.times ?? 1;
  const most = [...told].sort((a, b) => often(b) - often(a)).slice(0, MOST_TOLD);
  const news = most
    .filter((office) => often(office) > 1 || often(most[0] ?? office) <= 1)
    .sort((a, b) => (a.first ?? '').localeCompare(b.first ?? ''))
    .map((office) => ({ office, source: 'news' as const }));
  const fromLexicon = known.length > 0 ? [] : data.offices.filter((office) => office.line).map((office) => ({ office, source: 'lexicon' as const }));
  const rows = [...known, ...fromLexicon, ...news];
  return {
    rows,
    terms: rows.map(({ office, source }) => ({
      label: officeText(office),
      from: source === 'lexicon' ? (office.from ?? null) : (office.first ?? office.from ?? null),
      to: source === 'lexicon' ? (office.to ?? null) : (office.last ?? office.to ?? null),
      source,
    })),
  };
}

function Offices({ data, entry, name }: { data: Data; entry: LexiconEntry | null; name: string }): JSX.Element | null {
  const { t } = useWords();
  const { terms, rows } = termsOf(data, entry);
  if (rows.length === 0) return null;
  return (
    <Section id="offices" title={t('actor.offices')} aside={t('actor.offices.text')}>
      <OfficeLine terms={terms} label={`${t('actor.offices.caption')}: ${name}`} />
      <Table caption={t('actor.offices.caption')} hideCaption class="small" head={<tr><Th>{t('field.office')}</Th><Th>{t('field.from')}</Th><Th>{t('field.to')}</Th><Th>{t('field.source')}</Th></tr>}>
        {rows.map(({ office, source }, i) => (
          <tr key={i}>
            <th scope="row"><Bdi>{officeText(office)}</Bdi></th>
            <td><Day iso={terms[i]?.from} style="short" /></td>
            <td>{terms[i]?.to ? <Day iso={terms[i]?.to} style="short" /> : <span class="none">{t('actor.open')}</span>}</td>
            <td>{source === 'lexicon' ? <>{t('actor.office.lexicon')} {office.line && <Rule rule={office.line} />}</> : t('actor.office.news')}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function Holders({ entry }: { entry: LexiconEntry }): JSX.Element | null {
  const { t, lang } = useWords();
  const holders = (entry.holders ?? []).slice(-MOST_HOLDERS).reverse();
  if (holders.length === 0) return null;
  return (
    <Section id="holders" title={t('actor.holders')}>
      <Table caption={t('actor.holders')} hideCaption class="small" head={<tr><Th>{t('field.holder')}</Th><Th>{t('field.office')}</Th><Th>{t('field.from')}</Th><Th>{t('field.to')}</Th></tr>}>
        {holders.map((office, i) => (
          <tr key={i}>
            <th scope="row"><Name of={{ name: (lang === 'en' && office.person_english) || office.person_name || office.person || '–', kb: office.person ?? null }} /></th>
            <td><Bdi>{officeText(office)}</Bdi></td>
            <td><Day iso={office.from} style="short" /></td>
            <td>{office.to ? <Day iso={office.to} style="short" /> : <span class="none">–</span>}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

function Spellings({ data, entry }: { data: Data; entry: LexiconEntry | null }): JSX.Element | null {
  const { t } = useWords();
  const inNews = new Set(data.spellings.map((one) => one.form));
  const known = [...(entry?.long ?? []), ...(entry?.spellings ?? []), ...(entry?.shared ?? [])].filter((form) => !inNews.has(form));
  if (data.spellings.length === 0 && known.length === 0) return null;
  return (
    <Section id="spellings" title={t('actor.spellings')} aside={t('actor.spellings.text')}>
      <ul class="forms">
        {data.spellings.map((one) => <li key={one.form}><Bdi>{one.form}</Bdi> <span class="count">{t('n.times', { n: one.times })}</span></li>)}
      </ul>
      {known.length > 0 && <p class="note">{t('actor.spellings.lexicon', { list: known.slice(0, 30).join('، ') })}</p>}
    </Section>
  );
}

function Met({ data, kb, name }: { data: Data; kb: string; name: string }): JSX.Element | null {
  const { t } = useWords();
  const { nodes, links } = data.met;
  if (links.length === 0) return null;
  const of = new Map(nodes.map((node) => [node.kb, node]));
  const rows = [...links].sort((a, b) => Number(b.a === kb || b.b === kb) - Number(a.a === kb || a.b === kb) || b.times - a.times);
  return (
    <Section id="met" title={t('actor.met')} aside={t('actor.met.text')}>
      <Network met={data.met} center={kb} label={t('actor.met.label', { name })} />
      <details>
        <summary>{t('events.astable')}</summary>
      <Table caption={t('actor.met.caption')} class="small" head={<tr><Th>{t('field.who')}</Th><Th>{t('actor.with')}</Th><Th num>{t('field.times')}</Th></tr>}>
        {rows.map((link, i) => {
          const [one, two] = link.b === kb ? [link.b, link.a] : [link.a, link.b];
          return (
            <tr key={i}>
              <th scope="row"><Name of={of.get(one) ?? { name: one, kb: one }} /></th>
              <td><Name of={of.get(two) ?? { name: two, kb: two }} /></td>
              <Num of={link.times} />
            </tr>
          );
        })}
      </Table>
      </details>
    </Section>
  );
}

function Years({ data }: { data: Data }): JSX.Element | null {
  const { t, format } = useWords();
  if (data.years.length === 0) return null;
  const stacks = [
    { key: 'quotes', label: t('actor.said'), class: 's-quotes' },
    { key: 'did', label: t('actor.did'), class: 's-did' },
    { key: 'undergone', label: t('actor.undergone'), class: 's-undergone' },
  ];
  return (
    <Section id="years" title={t('actor.years')}>
      <Bars bars={data.years.map((year) => ({ period: String(year.year), values: { quotes: year.quotes, did: year.did, undergone: year.undergone } }))} stacks={stacks} label={t('actor.years.caption')} height={200} />
      <details>
        <summary>{t('events.astable')}</summary>
      <Table caption={t('actor.years.caption')} class="small" head={
        <tr><Th>{t('field.year')}</Th><Th num>{t('field.articles')}</Th><Th num>{t('actor.said')}</Th><Th num>{t('actor.did')}</Th><Th num>{t('actor.undergone')}</Th></tr>
      }>
        {data.years.map((year) => (
          <tr key={year.year}><th scope="row">{format.date(String(year.year))}</th><Num of={year.articles} /><Num of={year.quotes} min={1} /><Num of={year.did} min={1} /><Num of={year.undergone} min={1} /></tr>
        ))}
      </Table>
      </details>
    </Section>
  );
}

function Acts({ title, id, rows, filter }: { title: string; id: string; rows: NonNullable<Portrait['did']>; filter: Record<string, string> }): JSX.Element | null {
  const { t } = useWords();
  const events = useApi<List<EventRow>>(rows.length > 0 ? `/events${query({ ...filter, limit: SOME })}` : null);
  if (rows.length === 0) return null;
  return (
    <Section id={id} title={title}>
      <ul class="forms">
        {rows.slice(0, 12).map((row, i) => (
          <li key={i}><A to={`/events${query({ ...filter, type: row.mode ? `${row.type}/${row.mode}` : row.type })}`}><TypeName type={row.type} mode={row.mode ?? null} /></A> <span class="count">{t('n.times', { n: row.times ?? row.articles ?? 0 })}</span></li>
        ))}
      </ul>
      <Shown answer={events}>{(list) => <EventTable rows={list.rows} caption={title} />}</Shown>
      <p class="more"><A to={`/events${query(filter)}`}>{t('actor.all.events')}</A></p>
    </Section>
  );
}

function facts(entry: LexiconEntry | null, portrait: Portrait | null, words: Words, countries: Map<string, string>): string[] {
  const { label, lang } = words;
  const country = entry?.country ?? portrait?.country;
  const named = lang === 'ar' ? entry?.country_name : entry?.country_english;
  return [
    entry?.kind === 'state' ? label('placekind', 'state') : label('entity', entry?.type ?? portrait?.type),
    country && country !== entry?.kb ? (named ?? countries.get(country) ?? country) : '',
    label('sector', entry?.sector ?? portrait?.sector),
  ].filter((text) => text !== '');
}

export default function ActorPage({ route }: { route: Route }): JSX.Element {
  const words = useWords();
  const { t, lang } = words;
  const kb = route.key;
  const answer = useApi<Data>(`/actors/${encodeURIComponent(kb)}`);
  const quotes = useApi<List<QuoteRow>>(`/quotes${query({ by: kb, limit: SOME })}`);
  const countries = new Map(useCountries());
  return (
    <Shown answer={answer}>
      {(data) => {
        const entry = data.lexicon?.found.find((one) => one.kb === kb) ?? data.lexicon?.found[0] ?? null;
        const portrait = data.database as Portrait | null;
        const arabic = entry?.name ?? portrait?.name ?? kb;
        const english = entry?.english ?? portrait?.english ?? null;
        const [first, second] = lang === 'en' && english ? [english, arabic] : [arabic, english];
        return (
          <div class="actor">
            <Heading kicker={<><A to="/actors">{t('actor.title')}</A>{facts(entry, portrait, words, countries).map((fact) => <> · {fact}</>)}</>}>
              <Bdi>{first}</Bdi>
            </Heading>
            {second && <p class="second"><Bdi>{second}</Bdi></p>}
            <p class="meta">
              {portrait?.articles !== undefined && <span>{t('actor.named')} <A to={`/search${query({ actor: kb })}`}>{t('n.articles.of', { n: portrait.articles })}</A></span>}
              {(portrait?.quotes ?? 0) > 0 && <span>{t('actor.quoted')} {t('n.times', { n: portrait?.quotes ?? 0 })}</span>}
              {portrait?.first && <Days first={portrait.first} last={portrait.last} style="short" />}
            </p>
            {!entry && <p class="note">{t('actor.unknown')}</p>}
            <Offices data={data} entry={entry} name={first} />
            <Met data={data} kb={kb} name={first} />
            {quotes.data && quotes.data.rows.length > 0 && (
              <Section id="said" title={t('actor.said')}>
                <QuoteList rows={quotes.data.rows} speaker={false} />
                <p class="more"><A to={`/quotes${query({ by: kb })}`}>{t('actor.all.quotes')}</A></p>
              </Section>
            )}
            <Acts id="did" title={t('actor.did')} rows={portrait?.did ?? []} filter={{ by: kb }} />
            <Acts id="undergone" title={t('actor.undergone')} rows={portrait?.undergone ?? []} filter={{ to: kb }} />
            <Years data={data} />
            {entry && <Holders entry={entry} />}
            <Spellings data={data} entry={entry} />
            {portrait?.outlets && portrait.outlets.length > 0 && (
              <Section id="outlets" title={t('actor.outlets')}>
                <Table caption={t('actor.outlets')} hideCaption class="small" head={<tr><Th>{t('field.outlet')}</Th><Th num>{t('field.articles')}</Th><Th>{t('field.first')}</Th><Th>{t('field.last')}</Th></tr>}>
                  {portrait.outlets.map((row) => <tr key={row.outlet}><th scope="row"><Outlet name={row.outlet} /></th><Num of={row.articles ?? row.times} /><td><Day iso={row.first} style="short" /></td><td><Day iso={row.last} style="short" /></td></tr>)}
                </Table>
              </Section>
            )}
          </div>
        );
      }}
    </Shown>
  );
}
