// An article: the text with what was found in it, and the rows that were read out of it. Words lead to rows and rows to words;
// pointing at words, or moving to them by keyboard, shows a card with chain, rule and how sure it is.
import { Fragment, type ComponentChildren, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { webAddress } from '../api/client';
import { useApi } from '../api/use';
import type { Article, Entity, Event as EventFound, Party, Quote } from '../api/types';
import { useWords } from '../i18n';
import type { Route } from '../router';
import { byteOffsets, cut, type Piece } from '../text/spans';
import { findings, type Findings, type Kind, type TextMark } from '../text/findings';
import { A, Bdi, Chain, Day, Heading, Name, Names, Outlet, Rule, Shown, StatusTag, Sure, Table, Th, TypeName, scriptOf } from '../components/basic';
import { Section } from '../components/lists';

const KINDS: readonly Kind[] = ['event', 'quote', 'name', 'count', 'date'];
const KIND_KEY = { event: 'article.events', quote: 'article.quotes', name: 'article.names', count: 'article.counts', date: 'article.dates' } as const;
const ASIDE = new Set(['related', 'comment', 'boilerplate']);
/** Of several marks on one piece of text this order says whose row the words lead to. */
const RANK: Record<Kind, number> = { name: 0, event: 1, count: 2, date: 3, quote: 4 };

const party = (entity: Entity): Party => ({ name: entity.name, english: entity.english, kb: entity.kb ?? entity.key });
const parties = (found: Findings, ids: readonly string[]): Party[] => ids.flatMap((id) => {
  const entity = found.entities.get(id);
  return entity ? [party(entity)] : [];
});

function one(found: Findings, id: string | null): Party | null {
  const entity = id === null ? undefined : found.entities.get(id);
  return entity ? party(entity) : null;
}

function Fact({ k, children }: { k: string; children: ComponentChildren }): JSX.Element {
  return <><dt>{k}</dt><dd>{children}</dd></>;
}

function EventFacts({ event, found, outlet }: { event: EventFound; found: Findings; outlet: string | null }): JSX.Element {
  const { t, format, label } = useWords();
  const place = one(found, event.place);
  return (
    <dl>
      <Fact k={t('field.who')}><Names of={parties(found, event.actor)} /></Fact>
      <Fact k={t('field.whom')}><Names of={parties(found, event.recipient)} /></Fact>
      {place && <Fact k={t('field.place')}><Name of={place} /></Fact>}
      {event.date && <Fact k={t('field.date')}><Day iso={event.date} /></Fact>}
      <Fact k={t('chain.title')}><Chain outlet={outlet} via={parties(found, event.via)} own /></Fact>
      <Fact k={t('field.score')}>{event.intensity === null ? '–' : format.signed(event.intensity)} · {label('quad', String(event.quad))}</Fact>
      <Fact k={t('field.rule')}><Rule rule={event.rule} /></Fact>
      <Fact k={t('field.confidence')}><Sure value={event.confidence} /></Fact>
    </dl>
  );
}

function QuoteFacts({ quote, found, outlet }: { quote: Quote; found: Findings; outlet: string | null }): JSX.Element {
  const { t, label } = useWords();
  const speaker = one(found, quote.speaker);
  return (
    <dl>
      <Fact k={t('field.speaker')}>{speaker ? <Name of={speaker} /> : '–'}</Fact>
      <Fact k={t('field.kind')}>{label('quote', quote.kind)}</Fact>
      <Fact k={t('chain.title')}><Chain outlet={outlet} via={parties(found, quote.via)} last={speaker} /></Fact>
      <Fact k={t('field.rule')}><Rule rule={quote.rule} /></Fact>
      <Fact k={t('field.confidence')}><Sure value={quote.confidence} /></Fact>
    </dl>
  );
}

/** What stands behind the marks at one place. */
function CardBody({ marks, found, outlet }: { marks: readonly TextMark[]; found: Findings; outlet: string | null }): JSX.Element {
  const words = useWords();
  const { t, label, format } = words;
  const seen = new Set<string>();
  return (
    <>
      {marks.map((mark) => {
        if (seen.has(mark.row)) return null;
        seen.add(mark.row);
        const row = <a class="row" href={`#${mark.row}`}>{t('article.row')}</a>;
        if (mark.kind === 'name') {
          const entity = found.entities.get(mark.row);
          if (!entity) return null;
          return (
            <section key={mark.row} class="k-name">
              <h3><Bdi>{entity.name}</Bdi> <span class="kind">{label('entity', entity.type)}</span> {row}</h3>
              <dl>
                {entity.english && <Fact k={t('field.english')}><Bdi>{entity.english}</Bdi></Fact>}
                {entity.roles.slice(0, 3).map((role, i) => <Fact key={i} k={t('field.office')}><Bdi>{role.office}</Bdi></Fact>)}
                {entity.sector && <Fact k={t('field.sector')}>{label('sector', entity.sector)}</Fact>}
                {mark.form === 'pronoun' && <Fact k={t('field.kind')}>{t('article.pronoun')}</Fact>}
                {mark.form === 'role' && <Fact k={t('field.kind')}>{t('article.role')}</Fact>}
              </dl>
            </section>
          );
        }
        if (mark.kind === 'event') {
          const event = found.events.find((row) => row.id === mark.row);
          return event ? (
            <section key={mark.row} class={`k-event q${event.quad}`}>
              <h3><TypeName type={event.type} mode={event.mode} quad={event.quad} /> <StatusTag status={event.status} /> {row}</h3>
              <EventFacts event={event} found={found} outlet={outlet} />
            </section>
          ) : null;
        }
        if (mark.kind === 'quote') {
          const quote = found.quotes.find((row) => row.id === mark.row);
          return quote ? (
            <section key={mark.row} class="k-quote"><h3>{t('fact.quote')} {row}</h3><QuoteFacts quote={quote} found={found} outlet={outlet} /></section>
          ) : null;
        }
        if (mark.kind === 'count') {
          const count = found.counts.find((row) => row.id === mark.row);
          return count ? (
            <section key={mark.row} class="k-count"><h3>{format.number(count.value)}{count.high !== null && `–${format.number(count.high)}`} {count.unit} {label('count', count.what)} {row}</h3></section>
          ) : null;
        }
        const date = found.dates.find((row) => row.id === mark.row);
        return date ? <section key={mark.row} class="k-date"><h3><Day iso={date.value} /> {row}</h3></section> : null;
      })}
    </>
  );
}

interface Pointed { marks: TextMark[]; left: number; right: number; top: number; bottom: number }

const CARD = 320;
const MARGIN = '(min-width: 62rem)';

/** The card: a note in the margin where there is room, else by the words; on narrow screens style sheets dock it at the lower edge. */
function Card({ at, found, outlet }: { at: Pointed; found: Findings; outlet: string | null }): JSX.Element {
  const { t } = useWords();
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const card = ref.current;
    const parent = card?.offsetParent;
    if (!card || !parent) return;
    const box = parent.getBoundingClientRect();
    if (matchMedia(MARGIN).matches) {
      // As a note in the margin, beside the words; it doesn't leave the text's own height unless it must.
      card.style.left = '';
      const lowest = Math.min(box.height, window.innerHeight - box.top - 12) - card.offsetHeight;
      card.style.top = `${Math.max(0, 8 - box.top, Math.min(at.top - box.top, lowest))}px`;
      return;
    }
    const middle = (at.left + at.right) / 2 - box.left;
    card.style.left = `${Math.max(0, Math.min(box.width - CARD, middle - CARD / 2))}px`;
    const below = at.bottom - box.top + 8;
    const above = at.top - box.top - card.offsetHeight - 8;
    const room = window.innerHeight - at.bottom;
    card.style.top = `${room < card.offsetHeight + 16 && at.top > card.offsetHeight + 16 ? above : below}px`;
  });
  return <div class="pointed" ref={ref} id="pointed" role="note" aria-label={t('article.card')}><CardBody marks={at.marks} found={found} outlet={outlet} /></div>;
}

type Shows = Record<Kind, boolean>;

function Words({ text, pieces, shows, lit, target, onPoint }: {
  text: string;
  pieces: readonly Piece<TextMark>[];
  shows: Shows;
  lit: ReadonlySet<string>;
  target: readonly [number, number] | null;
  onPoint: (element: Element, marks: TextMark[]) => void;
}): JSX.Element {
  return (
    <>
      {pieces.map((piece) => {
        const marks = piece.marks.filter((mark) => shows[mark.kind]);
        const words = text.slice(piece.begin, piece.end);
        const aimed = target !== null && piece.begin < target[1] && piece.end > target[0];
        const inner: ComponentChildren = aimed ? <mark class="aimed">{words}</mark> : words;
        if (marks.length === 0) return <Fragment key={piece.begin}>{inner}</Fragment>;
        const ranked = [...marks].sort((a, b) => Number(b.core) - Number(a.core) || RANK[a.kind] - RANK[b.kind] || a.end - a.begin - (b.end - b.begin));
        const top = ranked[0];
        const classes = new Set<string>(['m']);
        for (const mark of marks) {
          classes.add(`${mark.core ? 'c' : 'b'}-${mark.kind}`);
          if (lit.has(mark.row)) classes.add('lit');
        }
        const anchors = marks.filter((mark) => mark.nth === 0 && mark.begin === piece.begin).map((mark) => `w-${mark.row}`);
        const props = {
          class: [...classes].join(' '),
          'data-rows': [...new Set(marks.map((mark) => mark.row))].join(' '),
          'data-words': anchors.join(' '),
          onMouseEnter: (event: MouseEvent) => onPoint(event.currentTarget as Element, ranked),
          onClick: (event: MouseEvent) => {
            // Where nothing can hover a touch shows the card; the card leads to the row.
            if (!matchMedia('(hover: none)').matches) return;
            event.preventDefault();
            onPoint(event.currentTarget as Element, ranked);
          },
        };
        // Only the first piece of a finding's own words is a stop of the Tab key.
        if (top?.core && top.begin === piece.begin) {
          return <a key={piece.begin} href={`#${top.row}`} onFocus={(event) => onPoint(event.currentTarget, ranked)} {...props}>{inner}</a>;
        }
        return <span key={piece.begin} {...props}>{inner}</span>;
      })}
    </>
  );
}

function Text({ article, found, shows, lit, target }: { article: Article; found: Findings; shows: Shows; lit: ReadonlySet<string>; target: readonly [number, number] | null }): JSX.Element {
  const { t } = useWords();
  const [pointed, point] = useState<Pointed | null>(null);
  const { text, record } = article;
  const blocks = found.blocks.length > 0 ? found.blocks : [{ begin: 0, end: text.length, kind: 'body' }];
  const cutBlocks = useMemo(() => blocks.map((block) => ({ block, pieces: cut(block.begin, block.end, found.marks) })), [found]);

  useEffect(() => {
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') point(null);
    };
    const away = (event: Event): void => {
      if (!(event.target instanceof Element && event.target.closest('.m, .pointed'))) point(null);
    };
    document.addEventListener('keydown', close);
    document.addEventListener('pointerdown', away);
    return () => {
      document.removeEventListener('keydown', close);
      document.removeEventListener('pointerdown', away);
    };
  }, []);

  function onPoint(element: Element, marks: TextMark[]): void {
    const [box] = element.getClientRects();
    if (box) point({ marks, left: box.left, right: box.right, top: box.top, bottom: box.bottom });
  }

  return (
    <div
      class="text"
      onMouseLeave={() => point(null)}
      onFocusOut={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) point(null);
      }}
    >
      <p class={pointed ? 'note hint away' : 'note hint'}>{t('article.hint')}</p>
      <div class="words" dir="auto" lang={record.language === 'und' ? scriptOf(text) : record.language}>
        {cutBlocks.map(({ block, pieces }, i) => (
          <p key={i} class={`block ${block.kind}`} dir="auto" title={ASIDE.has(block.kind) ? t('article.notread') : undefined}>
            <Words text={text} pieces={pieces} shows={shows} lit={lit} target={target} onPoint={onPoint} />
          </p>
        ))}
      </div>
      {pointed && <Card at={pointed} found={found} outlet={article.article.outlet} />}
    </div>
  );
}

function Rows({ article, found, onRow }: { article: Article; found: Findings; onRow: (row: string) => void }): JSX.Element {
  const { t, label, format } = useWords();
  const outlet = article.article.outlet;
  const slice = (span: { begin: number; end: number }): string => article.text.slice(found.at(span.begin), found.at(span.end)).trim();
  const Towards = ({ row, children }: { row: string; children: string }): JSX.Element => (
    <a class="to-words" href={`#w-${row}`} onClick={(event) => { event.preventDefault(); onRow(row); }}><Bdi>{children}</Bdi></a>
  );
  return (
    <>
      {found.events.length > 0 && (
        <Section id="events" title={t('article.events')}>
          <Table caption={t('article.events')} hideCaption head={
            <tr><Th>{t('field.type')}</Th><Th>{t('field.words')}</Th><Th>{t('field.who')}</Th><Th>{t('field.whom')}</Th><Th>{t('field.place')}</Th><Th>{t('field.date')}</Th><Th>{t('chain.title')}</Th><Th>{t('field.rule')}</Th><Th num>{t('field.confidence')}</Th></tr>
          }>
            {found.events.map((event) => {
              const place = one(found, event.place);
              return (
                <tr key={event.id} id={event.id} tabIndex={-1}>
                  <th scope="row"><TypeName type={event.type} mode={event.mode} quad={event.quad} /> <StatusTag status={event.status} /></th>
                  <td><Towards row={event.id}>{slice(event.trigger)}</Towards></td>
                  <td><Names of={parties(found, event.actor)} /></td>
                  <td><Names of={parties(found, event.recipient)} /></td>
                  <td>{place ? <Name of={place} /> : <span class="none">–</span>}</td>
                  <td><Day iso={event.date} style="short" /></td>
                  <td><Chain outlet={outlet} via={parties(found, event.via)} /></td>
                  <td><Rule rule={event.rule} /></td>
                  <td class="num"><Sure value={event.confidence} /></td>
                </tr>
              );
            })}
          </Table>
        </Section>
      )}
      {found.quotes.length > 0 && (
        <Section id="quotes" title={t('article.quotes')}>
          <Table caption={t('article.quotes')} hideCaption head={
            <tr><Th>{t('field.speaker')}</Th><Th>{t('field.words')}</Th><Th>{t('field.kind')}</Th><Th>{t('chain.title')}</Th><Th>{t('field.rule')}</Th><Th num>{t('field.confidence')}</Th></tr>
          }>
            {found.quotes.map((quote) => {
              const speaker = one(found, quote.speaker);
              return (
                <tr key={quote.id} id={quote.id} tabIndex={-1}>
                  <th scope="row">{speaker ? <Name of={speaker} /> : '–'}</th>
                  <td class="words"><Towards row={quote.id}>{slice(quote)}</Towards></td>
                  <td>{label('quote', quote.kind)}</td>
                  <td><Chain outlet={outlet} via={parties(found, quote.via)} last={speaker} /></td>
                  <td><Rule rule={quote.rule} /></td>
                  <td class="num"><Sure value={quote.confidence} /></td>
                </tr>
              );
            })}
          </Table>
        </Section>
      )}
      {found.entities.size > 0 && (
        <Section id="names" title={t('article.names')}>
          <Table caption={t('article.names')} hideCaption head={
            <tr><Th>{t('field.name')}</Th><Th>{t('field.english')}</Th><Th>{t('field.kind')}</Th><Th>{t('article.roles')}</Th><Th num>{t('field.times')}</Th><Th>{t('field.words')}</Th></tr>
          }>
            {[...found.entities.values()].map((entity) => (
              <tr key={entity.id} id={entity.id} tabIndex={-1}>
                <th scope="row"><Name of={{ name: entity.name, kb: entity.kb ?? entity.key }} /></th>
                <td>{entity.english ? <Bdi>{entity.english}</Bdi> : <span class="none">–</span>}</td>
                <td>{label('entity', entity.type)}{entity.sector && <> · {label('sector', entity.sector)}</>}</td>
                <td>{entity.roles.length > 0 ? <Bdi>{[...new Set(entity.roles.map((role) => role.office))].join('، ')}</Bdi> : <span class="none">–</span>}</td>
                <td class="num">{format.number(entity.mentions.length)}</td>
                <td>{entity.mentions[0] && <Towards row={entity.id}>{slice(entity.mentions[0])}</Towards>}</td>
              </tr>
            ))}
          </Table>
        </Section>
      )}
      {found.counts.length > 0 && (
        <Section id="counts" title={t('article.counts')}>
          <Table caption={t('article.counts')} hideCaption head={<tr><Th>{t('field.what')}</Th><Th num>{t('field.value')}</Th><Th>{t('field.words')}</Th></tr>}>
            {found.counts.map((count) => (
              <tr key={count.id} id={count.id} tabIndex={-1}>
                <th scope="row">{label('count', count.what)}</th>
                <td class="num">{format.number(count.value)}{count.high !== null && `–${format.number(count.high)}`} {count.unit}</td>
                <td><Towards row={count.id}>{slice(count)}</Towards></td>
              </tr>
            ))}
          </Table>
        </Section>
      )}
      {found.dates.length > 0 && (
        <Section id="dates" title={t('article.dates')}>
          <Table caption={t('article.dates')} hideCaption head={<tr><Th>{t('field.day')}</Th><Th>{t('field.words')}</Th></tr>}>
            {found.dates.map((date) => (
              <tr key={date.id} id={date.id} tabIndex={-1}>
                <th scope="row"><Day iso={date.value} /></th>
                <td><Towards row={date.id}>{slice(date)}</Towards></td>
              </tr>
            ))}
          </Table>
        </Section>
      )}
    </>
  );
}

/** Words of a row, by its fragment (#V1 from other pages) or by ?at=begin-end in bytes. */
function aim(route: Route, text: string): [number, number] | null {
  const at = /^(\d{1,9})-(\d{1,9})$/.exec(route.query.get('at') ?? '');
  if (!at) return null;
  const begin = Number(at[1]);
  const end = Number(at[2]);
  const places = byteOffsets(text, [begin, end]);
  return [places.get(begin) ?? 0, places.get(end) ?? 0];
}

function View({ article, route }: { article: Article; route: Route }): JSX.Element {
  const { t } = useWords();
  const found = useMemo(() => findings(article), [article]);
  const target = useMemo(() => aim(route, article.text), [article, route.query.get('at')]);
  const [shows, setShows] = useState<Shows>({ event: true, quote: true, name: true, count: true, date: true });
  const [lit, light] = useState<ReadonlySet<string>>(new Set());
  const about = article.article;
  const original = webAddress(about.address);

  function show(row: string): void {
    light(new Set([row]));
    const words = document.querySelector<HTMLElement>(`[data-words~="w-${CSS.escape(row)}"]`) ?? document.querySelector<HTMLElement>(`[data-rows~="${CSS.escape(row)}"]`);
    if (!words) return;
    words.scrollIntoView({ block: 'center' });
    if (words instanceof HTMLAnchorElement) words.focus({ preventScroll: true });
  }

  useEffect(() => {
    const fragment = decodeURIComponent(location.hash.slice(1));
    if (/^[VQEND]\d+$/.test(fragment)) show(fragment);
    else document.querySelector('.aimed')?.scrollIntoView({ block: 'center' });
  }, [article.article.id, route.query.get('at')]);

  useEffect(() => {
    const changed = (): void => {
      const row = location.hash.slice(1);
      if (!/^[VQEND]\d+$/.test(row)) return;
      light(new Set([row]));
      document.getElementById(row)?.focus();
    };
    window.addEventListener('hashchange', changed);
    return () => window.removeEventListener('hashchange', changed);
  }, []);

  return (
    <div class="article">
      <Heading kicker={<><Outlet name={about.outlet} /> · <Day iso={about.published} /></>}><Bdi>{about.title}</Bdi></Heading>
      <p class="meta">
        {about.story !== null && about.story !== undefined && <A to={`/stories/${about.story}`}>{t('article.story')}</A>}
        {original && <a href={original} rel="noopener noreferrer external">{t('article.original')}</a>}
        {about.version > 1 && <span>{t('article.version', { n: about.version })}</span>}
      </p>
      <fieldset class="shows">
        <legend>{t('article.show')}</legend>
        {KINDS.map((kind) => (
          <label key={kind} class={`show-${kind}`}>
            <input type="checkbox" checked={shows[kind]} onChange={(event) => setShows({ ...shows, [kind]: event.currentTarget.checked })} />
            <span>{t(KIND_KEY[kind])}</span>
          </label>
        ))}
      </fieldset>
      <section aria-label={t('article.text')}>
        <Text article={article} found={found} shows={shows} lit={lit} target={target} />
      </section>
      <Rows article={article} found={found} onRow={show} />
    </div>
  );
}

export default function ArticlePage({ route }: { route: Route }): JSX.Element {
  const answer = useApi<Article>(`/articles/${route.key}`);
  return <Shown answer={answer}>{(article) => <View article={article} route={route} />}</Shown>;
}
