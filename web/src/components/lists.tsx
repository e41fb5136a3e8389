// Lists that pages share: stories in brief, rows of events and quotes, articles, and the way from page to page of a list.
import type { ComponentChildren, JSX } from 'preact';
import { useWords } from '../i18n';
import type { EventRow, List, QuoteRow, SearchRow, StoryBrief } from '../api/types';
import { markWithin } from '../text/spans';
import { toSearch } from '../router';
import { A, Bdi, Chain, Day, Name, Names, Outlet, Passage, scriptOf, StatusTag, Sure, Table, Th, TypeName, useHref } from './basic';

const MOST_OFFSET = 10_000;

export function Contested({ n }: { n: number }): JSX.Element | null {
  const { t } = useWords();
  return n > 0 ? <span class="tag clash">{t('n.contradictions', { n })}</span> : null;
}

/** Who tells the story, from how many origins. */
export function Weight({ brief }: { brief: StoryBrief }): JSX.Element {
  const { t } = useWords();
  return (
    <p class="meta">
      <Day iso={brief.last} style="short" />
      {brief.outlets.length > 1 || brief.articles > 1 ? (
        <>
          <span>{t('n.reports', { n: brief.articles })}</span>
          <span>{t('n.origins', { n: brief.origins })}</span>
        </>
      ) : (
        <span><Outlet name={brief.outlet ?? brief.outlets[0]} plain /></span>
      )}
      <Contested n={brief.contradictions} />
    </p>
  );
}

export function StoryCard({ brief, level = 3, lead = false, names = true }: { brief: StoryBrief; level?: 2 | 3; lead?: boolean; names?: boolean }): JSX.Element {
  const H = level === 2 ? 'h2' : 'h3';
  return (
    <article class={lead ? 'card lead' : 'card'}>
      <H><A to={`/stories/${brief.story}`} class="headline"><Bdi>{brief.title}</Bdi></A></H>
      {names && brief.actors.length > 0 && <p class="who"><Names of={brief.actors.slice(0, lead ? 5 : 3)} /></p>}
      {lead && brief.outlets.length > 1 && <p class="told">{<OutletList names={brief.outlets} most={8} />}</p>}
      <Weight brief={brief} />
    </article>
  );
}

export function OutletList({ names, most = 6 }: { names: readonly string[]; most?: number }): JSX.Element {
  const { lang, format } = useWords();
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  return (
    <>
      {shown.map((name, i) => (
        <span key={name}>{i > 0 && (lang === 'ar' ? '، ' : ', ')}<Outlet name={name} /></span>
      ))}
      {rest > 0 && <span> +{format.number(rest)}</span>}
    </>
  );
}

export function Marked({ sentence, base, spans }: { sentence: string; base: number; spans: readonly { begin: number; end: number }[] }): JSX.Element {
  return (
    <>
      {markWithin(sentence, base, spans).map((piece, i) => (piece.marked ? <mark key={i}>{piece.text}</mark> : <span key={i}>{piece.text}</span>))}
    </>
  );
}

export function Pager({ list, path, query }: { list: List<unknown>; path: string; query: URLSearchParams }): JSX.Element | null {
  const { t, format } = useWords();
  const href = useHref();
  const { offset, limit, rows, more, total } = list;
  if (rows.length === 0 && offset === 0) return null;
  const to = (at: number): string => {
    const next = new URLSearchParams(query);
    if (at > 0) next.set('offset', String(at));
    else next.delete('offset');
    return href(path) + toSearch(next);
  };
  const range = { from: format.number(rows.length === 0 ? offset : offset + 1), to: format.number(offset + rows.length) };
  const end = more && offset + limit > MOST_OFFSET;
  return (
    <nav class="pager" aria-label={t('page.nav')}>
      <span class="range">
        {total === null || total === undefined ? t('page.range.open', range) : t('page.range', { ...range, total: format.number(total) })}
      </span>
      {offset > 0 && <a href={to(Math.max(0, offset - limit))} rel="prev">{t('page.previous')}</a>}
      {more && !end && <a href={to(offset + limit)} rel="next">{t('page.next')}</a>}
      {end && <span>{t('page.end')}</span>}
    </nav>
  );
}

export function Empty({ filtered = false }: { filtered?: boolean }): JSX.Element {
  const { t } = useWords();
  return <p class="empty">{t(filtered ? 'state.empty.filters' : 'state.empty')}</p>;
}

export function ArticleList({ rows }: { rows: readonly SearchRow[] }): JSX.Element {
  return (
    <ol class="articles">
      {rows.map((row) => (
        <li key={row.article}>
          <h2><A to={`/articles/${row.article}`} class="headline"><Bdi>{row.title}</Bdi></A></h2>
          {row.sentence && (
            <p class="passage" dir="auto" lang={scriptOf(row.sentence)}>
              <Marked sentence={row.sentence} base={row.begin} spans={row.marks ?? []} />
            </p>
          )}
          <p class="meta"><Outlet name={row.outlet} /><Day iso={row.published} style="short" /></p>
        </li>
      ))}
    </ol>
  );
}

export function EventTable({ rows, caption, hideCaption = true }: { rows: readonly EventRow[]; caption: string; hideCaption?: boolean }): JSX.Element {
  const { t } = useWords();
  return (
    <Table caption={caption} hideCaption={hideCaption} class="events" head={
      <tr>
        <Th>{t('field.date')}</Th><Th>{t('field.type')}</Th><Th>{t('field.who')}</Th><Th>{t('field.whom')}</Th>
        <Th>{t('field.place')}</Th><Th>{t('field.words')}</Th><Th>{t('chain.title')}</Th><Th num>{t('field.confidence')}</Th>
      </tr>
    }>
      {rows.map((row) => (
        <tr key={`${row.article}-${row.event}`}>
          <td class="day"><Day iso={row.date ?? row.published} style="short" /></td>
          <th scope="row"><TypeName type={row.type} mode={row.mode} quad={row.quad} /> <StatusTag status={row.status} /></th>
          <td><Names of={row.actor} /></td>
          <td><Names of={row.recipient} /></td>
          <td>{row.place ? <Name of={row.place} /> : <span class="none">–</span>}</td>
          <td class="words"><A to={`/articles/${row.article}#V${row.event}`}><Bdi>{row.words}</Bdi></A></td>
          <td><Chain outlet={row.outlet} via={row.via} /></td>
          <td class="num"><Sure value={row.confidence} /></td>
        </tr>
      ))}
    </Table>
  );
}

export function QuoteList({ rows, speaker = true }: { rows: readonly QuoteRow[]; speaker?: boolean }): JSX.Element {
  const { label } = useWords();
  return (
    <ol class="quotes">
      {rows.map((row) => (
        <li key={`${row.article}-${row.quote}`}>
          <blockquote dir="auto" lang={scriptOf(row.words)} class={`passage ${row.kind}`}>
            {row.kind === 'direct' ? `«${row.words}»` : row.words}
          </blockquote>
          <p class="meta">
            {speaker && row.speaker && <strong><Name of={row.speaker} /></strong>}
            <Chain outlet={row.outlet} via={row.via} />
            <span>{label('quote', row.kind)}</span>
            <Sure value={row.confidence} />
            <A to={`/articles/${row.article}#Q${row.quote}`}><Day iso={row.published} style="short" /></A>
          </p>
        </li>
      ))}
    </ol>
  );
}

export function Section({ id, title, children, aside }: { id: string; title: ComponentChildren; children: ComponentChildren; aside?: ComponentChildren }): JSX.Element {
  return (
    <section class="section">
      <h2 id={id}>{title}</h2>
      {aside && <p class="note">{aside}</p>}
      {children}
    </section>
  );
}

export { Passage };
