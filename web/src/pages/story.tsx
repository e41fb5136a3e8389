// A story: its reports in time, where they differ with both sentences, the table of who says what, where, who, and what came after.
import type { JSX } from 'preact';
import { lazy } from '../lazy';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { Fact, Facts, Party, Story, StoryArticle, Telling } from '../api/types';
import agencies from 'virtual:isnad/agencies';
import { useWords, type Words } from '../i18n';
import type { Route } from '../router';
import { A, Bdi, Day, Days, Heading, Name, Outlet, Shown, StatusTag, Table, Th, TypeName, scriptOf } from '../components/basic';
import { Contested, Marked, Pager, Section, StoryCard } from '../components/lists';

const PlaceMap = lazy(() => import('../plots/map'), <div class="frame map waiting" />);
const MOST_FACTS = 40;
/** Facts whose name says more than their kind. */
const NAMED = new Set(['event', 'quote', 'count']);

function countText(telling: Telling, words: Words): string {
  const { format, label, t } = words;
  const low = Number(telling.value);
  const value = telling.high ? `${format.number(low)}–${format.number(telling.high)}` : format.number(low);
  const unit = telling.unit ? ` ${telling.unit}` : '';
  const bound = telling.bound ?? 'exact';
  const known = bound === 'about' || bound === 'at_least' || bound === 'at_most' || bound === 'more_than' || bound === 'less_than';
  return `${known ? t(`bound.${bound}`, { value: value + unit }) : value + unit} ${label('count', telling.what)}`.trim();
}

/** What a telling says, in a few words. */
function Said({ telling }: { telling: Telling }): JSX.Element {
  const words = useWords();
  const { format, lang, t } = words;
  const comma = lang === 'ar' ? '، ' : ', ';
  switch (telling.kind) {
    case 'count':
      return <span>{countText(telling, words)}</span>;
    case 'date':
      return <Day iso={String(telling.value ?? telling.date ?? '')} style="short" />;
    case 'quote':
      return <span><Bdi>{telling.text}</Bdi></span>;
    case 'headline':
      return <span><Bdi>{telling.text}</Bdi></span>;
    default:
      return (
        <span>
          {telling.actor && telling.actor.length > 0 && <span><Bdi>{format.list(telling.actor)}</Bdi>{lang === 'ar' ? ': ' : ': '}</span>}
          <Bdi>{telling.text}</Bdi>
          {telling.recipient && telling.recipient.length > 0 && <span> · {t('field.whom')}: <Bdi>{format.list(telling.recipient)}</Bdi></span>}
          {telling.place && <span>{comma}<Bdi>{telling.place}</Bdi></span>}{' '}
          <StatusTag status={telling.status} />
        </span>
      );
  }
}

function FactName({ fact }: { fact: Fact }): JSX.Element {
  const { label, t, lang } = useWords();
  const first = fact.members[0];
  if (!first) return <>{label('fact', fact.kind)}</>;
  const named = fact.members.find((member) => (member.actor?.length ?? 0) > 0)?.actor?.[0];
  switch (fact.kind) {
    case 'event':
      return <><TypeName type={first.type ?? ''} mode={first.mode ?? null} />{named && <> {lang === 'ar' ? '– ' : '– '}<Bdi>{named}</Bdi></>}</>;
    case 'quote':
      return first.speaker ? <>{t('story.said', { who: first.speaker })}</> : <>{label('fact', 'quote')}</>;
    case 'count':
      return <>{label('count', first.what)}</>;
    default:
      return <>{label('fact', fact.kind)}</>;
  }
}

/** The words in the sentence that they stand in, and the way to them. */
function Sentence({ telling, articles }: { telling: Telling; articles: readonly StoryArticle[] }): JSX.Element {
  const { t } = useWords();
  const article = articles[telling.article];
  const sentence = telling.sentence;
  const to = article?.article !== undefined ? `/articles/${article.article}?at=${telling.begin}-${telling.end}` : null;
  return (
    <>
      <blockquote class="passage" dir="auto" lang={scriptOf(sentence?.text ?? telling.text)}>
        {sentence ? <Marked sentence={sentence.text} base={sentence.begin} spans={[telling]} /> : telling.text}
      </blockquote>
      <p class="meta">
        <Outlet name={article?.outlet} />
        {telling.via && telling.via.length > 0 && <span>{t('chain.from')} <Bdi>{telling.via.join(' ← ')}</Bdi></span>}
        <Day iso={article?.published} style="short" />
        {to && <A to={to}>{t('story.open')}</A>}
      </p>
    </>
  );
}

/** Each contradiction once: many articles may tell either side in the same words. */
function clashes(fact: Fact): Fact['contradictions'] {
  const seen = new Set<string>();
  return fact.contradictions.filter(({ kind, members: [a, b] }) => {
    const one = fact.members[a];
    const two = fact.members[b];
    if (!one || !two) return false;
    const said = (telling: Telling): string =>
      kind === 'count' || kind === 'date' ? String(telling.value ?? telling.date) : `${telling.actor?.join()} ${telling.text} ${telling.recipient?.join()} ${telling.place}`;
    const key = `${kind} ${[said(one), said(two)].sort().join(' | ')}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const SOME_PAIRS = 2;

function Pair({ fact, clash, articles }: { fact: Fact; clash: Fact['contradictions'][number]; articles: readonly StoryArticle[] }): JSX.Element {
  return (
    <div class="sides">
      {clash.members.map((member) => {
        const telling = fact.members[member];
        return telling ? (
          <div key={member}>
            <p class="says"><Said telling={telling} /></p>
            <Sentence telling={telling} articles={articles} />
          </div>
        ) : null;
      })}
    </div>
  );
}

function Differ({ facts }: { facts: Facts }): JSX.Element {
  const { label, t } = useWords();
  const contested = facts.facts.filter((fact) => fact.contradiction);
  if (contested.length === 0) return <p class="note">{t('story.differ.none')}</p>;
  return (
    <div class="differ">
      {contested.map((fact, i) => {
        const all = clashes(fact);
        const rest = all.slice(SOME_PAIRS);
        return (
          <article key={i} class="clash">
            <h3><FactName fact={fact} /> {[...new Set(all.map((one) => one.kind))].map((kind) => <span key={kind} class="tag clash">{label('clash', kind)}</span>)}</h3>
            {all.slice(0, SOME_PAIRS).map((clash, j) => <Pair key={j} fact={fact} clash={clash} articles={facts.articles} />)}
            {rest.length > 0 && (
              <details>
                <summary>{t('n.pairs', { n: rest.length })}</summary>
                {rest.map((clash, j) => <Pair key={j} fact={fact} clash={clash} articles={facts.articles} />)}
              </details>
            )}
          </article>
        );
      })}
    </div>
  );
}

/** Outlets of a story in the order of their first report, each with the indexes of its articles. */
function columns(articles: readonly StoryArticle[]): { outlet: string; articles: number[] }[] {
  const found = new Map<string, number[]>();
  const order = articles.map((article, i) => ({ article, i })).sort((a, b) => (a.article.published ?? '9').localeCompare(b.article.published ?? '9') || a.i - b.i);
  for (const { article, i } of order) {
    const outlet = article.outlet ?? article.uri;
    const had = found.get(outlet);
    if (had) had.push(i);
    else found.set(outlet, [i]);
  }
  return [...found].map(([outlet, indexes]) => ({ outlet, articles: indexes }));
}

function Cell({ tellings, articles, clash }: { tellings: readonly Telling[]; articles: readonly StoryArticle[]; clash: boolean }): JSX.Element {
  const { t } = useWords();
  const [first, ...rest] = tellings;
  if (!first) return <td class="silent">{t('story.silent')}</td>;
  return (
    <td class={clash ? 'clash' : ''}>
      <details>
        <summary><Said telling={first} />{rest.length > 0 && <span class="count"> {t('n.more', { n: rest.length })}</span>}</summary>
        {tellings.map((telling, i) => <Sentence key={i} telling={telling} articles={articles} />)}
      </details>
    </td>
  );
}

/** Facts that several tell, and those that contradict each other, first; what one alone tells stands behind them. */
function FactTables({ facts }: { facts: Facts }): JSX.Element {
  const { t } = useWords();
  const common = facts.facts.filter((fact) => fact.contradiction || new Set(fact.members.map((one) => facts.articles[one.article]?.outlet)).size > 1);
  const alone = facts.facts.filter((fact) => !common.includes(fact));
  if (common.length === 0) return <FactTable facts={facts} shown={alone} caption={t('story.facts.caption')} />;
  return (
    <>
      <FactTable facts={facts} shown={common} caption={t('story.facts.caption')} />
      {alone.length > 0 && (
        <details class="rest">
          <summary>{t('story.rest')} <span class="count">{t('n.facts', { n: alone.length })}</span></summary>
          <FactTable facts={facts} shown={alone} caption={t('story.rest')} />
        </details>
      )}
    </>
  );
}

function FactTable({ facts, shown, caption }: { facts: Facts; shown: readonly Fact[]; caption: string }): JSX.Element {
  const { t, label } = useWords();
  const outlets = columns(facts.articles);
  return (
    <Table caption={caption} class="facts" head={
      <tr><Th>{t('story.fact')}</Th>{outlets.map(({ outlet }) => <Th key={outlet}><Outlet name={outlet} /></Th>)}</tr>
    }>
      {shown.map((fact, i) => {
        const clashing = new Set(fact.contradictions.flatMap((one) => one.members));
        return (
          <tr key={i} class={fact.contradiction ? 'contradicted' : ''}>
            <th scope="row">
              {NAMED.has(fact.kind) && <span class="kind">{label('fact', fact.kind)}</span>}
              <span><FactName fact={fact} /></span>
              <span class="count">{t('n.origins', { n: fact.origins })}</span>
              {fact.contradiction && <span class="tag clash">{t('story.contradicted')}</span>}
            </th>
            {outlets.map((column) => {
              const at = fact.members.map((telling, member) => ({ telling, member })).filter(({ telling }) => column.articles.includes(telling.article));
              return <Cell key={column.outlet} tellings={at.map(({ telling }) => telling)} articles={facts.articles} clash={at.some(({ member }) => clashing.has(member))} />;
            })}
          </tr>
        );
      })}
    </Table>
  );
}

function agency(id: string): Party {
  const known = agencies.find(([one]) => one === id);
  return known ? { kb: id, name: known[1], english: known[2] } : { kb: id, name: id };
}

function Reports({ articles }: { articles: readonly StoryArticle[] }): JSX.Element {
  const { t } = useWords();
  const order = articles.map((article, i) => ({ article, i })).sort((a, b) => (a.article.published ?? '9').localeCompare(b.article.published ?? '9') || a.i - b.i);
  const named = new Map<number, string | null>();
  let day = '';
  return (
    <ol class="reports">
      {order.map(({ article, i }) => {
        const today = article.published?.slice(0, 10) ?? '';
        const shown = today !== day;
        day = today;
        const earlier = named.get(article.origin);
        if (!named.has(article.origin)) named.set(article.origin, article.outlet);
        return (
          <li key={i} class={earlier !== undefined ? 'copy' : ''}>
            <span class="when">{shown && <Day iso={today} style="long" />}</span>
            <div>
              <p class="meta">
                <strong><Outlet name={article.outlet} /></strong>
                {article.agency && <span>{t('chain.from')} <Name of={agency(article.agency)} /></span>}
                {earlier !== undefined && earlier !== null && <span class="tag">{t('story.copy', { outlet: earlier })}</span>}
              </p>
              <p class="headline">{article.article !== undefined ? <A to={`/articles/${article.article}`}><Bdi>{article.title}</Bdi></A> : <Bdi>{article.title}</Bdi>}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

export default function StoryPage({ route }: { route: Route }): JSX.Element {
  const { t, format } = useWords();
  const answer = useApi<Story>(`/stories/${route.key}`);
  const facts = useApi<Facts>(`/stories/${route.key}/facts${query({ offset: route.query.get('offset'), limit: MOST_FACTS })}`);
  return (
    <Shown answer={answer}>
      {({ brief, story, actors, places, before, after }) => (
        <div class="story">
          <Heading kicker={<><A to="/stories">{t('story.stories')}</A> · {t('n.reports', { n: brief.articles })} · {t('n.outlets', { n: brief.outlets.length })} · {t('n.origins', { n: brief.origins })}</>}>
            <Bdi>{brief.title}</Bdi>
          </Heading>
          <p class="meta">
            <Days first={brief.first} last={brief.last} />
            <Contested n={brief.contradictions} />
          </p>
          <div class="columns">
            <div class="main">
              {brief.articles > 1 && (
                <Section id="differ" title={t('story.differ')}>
                  <Shown answer={facts}>{(table) => <Differ facts={table} />}</Shown>
                </Section>
              )}
              <Section id="reports" title={t('story.reports')}><Reports articles={story.articles} /></Section>
            </div>
            <aside class="aside" aria-label={`${t('story.actors')} · ${t('story.map')}`}>
              {actors.length > 0 && (
                <Section id="who" title={t('story.actors')}>
                  <ol class="ranked">
                    {actors.map((actor, i) => <li key={actor.kb ?? i}><Name of={actor} /> <span class="count">{t('n.reports', { n: actor.articles })}</span></li>)}
                  </ol>
                </Section>
              )}
              {places.length > 0 && (
                <Section id="where" title={t('story.map')}>
                  <PlaceMap places={places} label={t('story.map.label')} />
                  <ul class="forms places">{places.map((place, i) => <li key={place.kb ?? i}><Name of={place} /> <span class="count">{t('n.reports', { n: place.articles })}</span></li>)}</ul>
                  <p class="note">{t('story.map.note')}</p>
                </Section>
              )}
            </aside>
          </div>
          <Section id="facts" title={t('story.facts')}>
            <Shown answer={facts}>
              {(table) => (
                <>
                  {table.cut && <p class="note">{t('story.cut')}</p>}
                  {table.facts.length > 0 ? <FactTables facts={table} /> : <p class="empty">{t('state.empty')}</p>}
                  {table.more !== undefined && (table.more || (table.offset ?? 0) > 0) && (
                    <Pager path={route.path} query={route.query} list={{ rows: table.facts, offset: table.offset ?? 0, limit: table.limit ?? MOST_FACTS, more: table.more, total: table.total ?? null }} />
                  )}
                </>
              )}
            </Shown>
          </Section>
          {before.length > 0 && <Section id="before" title={t('story.before')}><div class="grid">{before.map((one) => <StoryCard key={one.story} brief={one} />)}</div></Section>}
          {after.length > 0 && <Section id="after" title={t('story.after')}><div class="grid">{after.map((one) => <StoryCard key={one.story} brief={one} />)}</div></Section>}
          {story.joins.length > 0 && (
            <details class="why">
              <summary>{t('story.why')}</summary>
              <ul>
                {story.joins.map((join, i) => (
                  <li key={i}>
                    {t('story.joined', { a: story.articles[join.a]?.outlet ?? '–', b: story.articles[join.b]?.outlet ?? '–', odds: format.decimal(join.odds) })}
                    {join.by_hand && <> ({t('story.byhand')})</>}
                    {join.because && join.because.length > 0 && <>: <Bdi>{join.because.slice(0, 8).map((one) => one.words).join('، ')}</Bdi></>}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </Shown>
  );
}
