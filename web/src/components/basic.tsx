// Small parts that every page uses: names in their own direction, numbers, days, chains, states of loading.
import { Fragment, type ComponentChildren, type JSX } from 'preact';
import { useWords, type Key } from '../i18n';
import type { Party } from '../api/types';
import type { Answer } from '../api/use';

const ARABIC = /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]/;

/** The language of a string out of the data, as far as its letters show it. */
export const scriptOf = (text: string): 'ar' | 'en' => (ARABIC.test(text) ? 'ar' : 'en');

/** Text out of the data inside a line of ours: isolated, in its own direction and language. */
export function Bdi({ children }: { children: string }): JSX.Element {
  return <bdi dir="auto" lang={scriptOf(children)}>{children}</bdi>;
}

/** A passage out of the data: a block in its own direction. */
export function Passage({ text, as = 'p', class: name = '' }: { text: string; as?: 'p' | 'q' | 'span' | 'blockquote'; class?: string }): JSX.Element {
  const Tag = as;
  return <Tag dir="auto" lang={scriptOf(text)} class={`passage ${name}`}>{text}</Tag>;
}

export const useHref = (): ((path: string) => string) => {
  const { lang } = useWords();
  return (path) => `/${lang}${path}`;
};

export function A({ to, children, ...rest }: {
  to: string;
  children: ComponentChildren;
  class?: string;
  'aria-current'?: 'page' | 'true' | undefined;
}): JSX.Element {
  const href = useHref();
  return <a href={href(to)} {...rest}>{children}</a>;
}

/** A message whose {places} are filled with elements. */
export function T({ k, n, ...values }: { k: Key; n?: number } & Record<string, ComponentChildren>): JSX.Element {
  const { pattern, format } = useWords();
  const parts = pattern(k, n).split(/(\{\w+\})/);
  return (
    <>
      {parts.map((part, i) => {
        const name = /^\{(\w+)\}$/.exec(part)?.[1];
        if (!name) return <Fragment key={i}>{part}</Fragment>;
        if (name === 'n' && n !== undefined) return <Fragment key={i}>{format.number(n)}</Fragment>;
        return <Fragment key={i}>{values[name] ?? part}</Fragment>;
      })}
    </>
  );
}

export function partyName(party: Party, lang: 'ar' | 'en'): string {
  return lang === 'en' && party.english ? party.english : party.name;
}

export function Name({ of: party, plain = false }: { of: Party; plain?: boolean }): JSX.Element {
  const { lang } = useWords();
  const name = <Bdi>{partyName(party, lang)}</Bdi>;
  if (plain || !party.kb) return name;
  return <A to={`/actors/${encodeURIComponent(party.kb)}`}>{name}</A>;
}

export function Names({ of: parties, plain = false, none = '–' }: { of: readonly Party[]; plain?: boolean; none?: string }): JSX.Element {
  const { lang } = useWords();
  if (parties.length === 0) return <span class="none">{none}</span>;
  return (
    <>
      {parties.map((party, i) => (
        <Fragment key={i}>
          {i > 0 && (lang === 'ar' ? '، ' : ', ')}
          <Name of={party} plain={plain} />
        </Fragment>
      ))}
    </>
  );
}

export function Outlet({ name, plain = false }: { name: string | null | undefined; plain?: boolean }): JSX.Element {
  if (!name) return <span class="none">–</span>;
  if (plain) return <Bdi>{name}</Bdi>;
  return <A to={`/outlets/${encodeURIComponent(name)}`}><Bdi>{name}</Bdi></A>;
}

/** The chain of attribution as a sentence: the outlet, from its agency, from its source, who speaks last. */
export function Chain({ outlet, via, last = null, own = false }: { outlet: string | null; via: readonly Party[]; last?: Party | null; own?: boolean }): JSX.Element {
  const { t, lang } = useWords();
  const links: Party[] = last ? [...via, last] : [...via];
  return (
    <span class="chain">
      <Outlet name={outlet} />
      {own && links.length === 0 && <span class="none"> ({t('chain.own')})</span>}
      {links.map((party, i) => (
        <Fragment key={i}>
          {lang === 'ar' ? '، ' : ', '}
          <span class="from">{t('chain.from')}</span> <Name of={party} />
        </Fragment>
      ))}
    </span>
  );
}

export function Day({ iso, style = 'long' }: { iso: string | null | undefined; style?: 'long' | 'short' }): JSX.Element {
  const { format } = useWords();
  if (!iso) return <span class="none">–</span>;
  return <time dateTime={iso.split('/')[0] ?? iso}>{format.date(iso, style)}</time>;
}

/** From one day to another, or the one day. */
export function Days({ first, last, style = 'long' }: { first: string | null | undefined; last: string | null | undefined; style?: 'long' | 'short' }): JSX.Element {
  const from = first?.slice(0, 10);
  const to = last?.slice(0, 10);
  if (!from || !to || from === to) return <Day iso={to ?? from} style={style} />;
  return <span class="days"><Day iso={from} style={style} /> – <Day iso={to} style={style} /></span>;
}

export function TypeName({ type, mode, quad }: { type: string; mode?: string | null; quad?: number }): JSX.Element {
  const { label } = useWords();
  const of = quad === undefined ? '' : ` q${quad}`;
  return (
    <span class={`type${of}`} title={mode ? `${type}/${mode}` : type}>
      {label('plover', type)}
      {mode && <span class="mode"> · {label('plover', `${type}/${mode}`).replace(`${type}/`, '')}</span>}
    </span>
  );
}

export function StatusTag({ status }: { status: string | undefined }): JSX.Element | null {
  const { label } = useWords();
  if (!status || status === 'actual') return null;
  return <span class={`tag ${status}`}>{label('status', status)}</span>;
}

export function Sure({ value }: { value: number }): JSX.Element {
  const { format, t } = useWords();
  const share = format.percent(value);
  return <span class="sure" title={t('field.confidence.text', { share })}>{share}</span>;
}

export function Rule({ rule }: { rule: string }): JSX.Element {
  return <code class="rule" dir="ltr" lang="en">{rule}</code>;
}

export function Heading({ children, kicker }: { children: ComponentChildren; kicker?: ComponentChildren }): JSX.Element {
  return (
    <header class="heading">
      {kicker && <p class="kicker">{kicker}</p>}
      <h1 tabIndex={-1}>{children}</h1>
    </header>
  );
}

/** A view of an answer: loading, what went wrong, or the data. */
export function Shown<D>({ answer, children }: { answer: Answer<D>; children: (data: D) => ComponentChildren }): JSX.Element {
  const { t } = useWords();
  if (answer.data !== null) return <>{children(answer.data)}</>;
  if (answer.error) {
    if (answer.error.status === 404) return <Missing />;
    return (
      <div class="problem" role="alert">
        <h2>{t('state.error')}</h2>
        {answer.error.message && <p><Bdi>{answer.error.message}</Bdi></p>}
        {answer.error.hint && <p><Bdi>{answer.error.hint}</Bdi></p>}
        <button type="button" onClick={answer.retry}>{t('state.retry')}</button>
      </div>
    );
  }
  return <p class="loading" role="status">{t('state.loading')}</p>;
}

export function Missing(): JSX.Element {
  const { t } = useWords();
  return (
    <div class="problem">
      <h1 tabIndex={-1}>{t('state.notfound')}</h1>
      <p>{t('state.notfound.text')}</p>
      <p><A to="/">{t('state.home')}</A></p>
    </div>
  );
}

/** A table that may be wider than the page: its frame scrolls, by keyboard too. */
export function Table({ caption, head, children, class: name = '', hideCaption = false }: {
  caption: string;
  head: ComponentChildren;
  children: ComponentChildren;
  class?: string;
  hideCaption?: boolean;
}): JSX.Element {
  return (
    <div class="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table class={name}>
        <caption class={hideCaption ? 'hidden' : ''}>{caption}</caption>
        <thead>{head}</thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

export function Th({ children, num = false }: { children: ComponentChildren; num?: boolean }): JSX.Element {
  return <th scope="col" class={num ? 'num' : ''}>{children}</th>;
}

export function Num({ of: value, min = 0 }: { of: number | null | undefined; min?: number }): JSX.Element {
  const { format } = useWords();
  return <td class="num">{value === null || value === undefined || value < min ? <span class="none">–</span> : format.number(value)}</td>;
}
