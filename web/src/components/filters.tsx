// The filters of a list: a form whose fields are the parameters of the API, kept in the page's address.
import type { JSX, TargetedEvent } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import types from 'virtual:isnad/types';
import { useWords, type Key } from '../i18n';
import { go, toSearch, type Route } from '../router';
import { useHref } from './basic';

export type Field = 'q' | 'actor' | 'by' | 'speaker' | 'to' | 'about' | 'outlet' | 'country' | 'type' | 'status' | 'quad' | 'since' | 'until' | 'order' | 'sort';

/** The name of the API's parameter that a field fills. */
const parameter = (field: Field): string => (field === 'speaker' ? 'by' : field);

const STATUSES = ['actual', 'future', 'hypothetical', 'negated'];
const QUADS = ['1', '2', '3', '4'];

/** What of a page's address the API is asked with: only what this page's form has. */
export function filterValues(query: URLSearchParams, fields: readonly Field[], extra: readonly string[] = []): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of [...fields.map(parameter), ...extra]) {
    const value = query.get(name)?.trim();
    if (value) values[name] = value;
  }
  return values;
}

let countryNames: Promise<[string, string, string][]> | undefined;

export function useCountries(): [code: string, name: string][] {
  const { lang, format } = useWords();
  const [rows, set] = useState<[string, string, string][]>([]);
  useEffect(() => {
    countryNames ??= import('virtual:isnad/countries').then((module) => module.default);
    let here = true;
    void countryNames.then((all) => here && set(all));
    return () => void (here = false);
  }, []);
  return useMemo(
    () => rows.map(([code, ar, en]): [string, string] => [code, lang === 'ar' ? ar : en]).sort((a, b) => format.compare(a[1], b[1])),
    [rows, lang],
  );
}

function Options({ field }: { field: Field }): JSX.Element {
  const { t, label } = useWords();
  const countries = useCountries();
  switch (field) {
    case 'type':
      return (
        <>
          {types.filter((row) => row.mode === '').map((row) => (
            <optgroup key={row.type} label={label('plover', row.type)}>
              <option value={row.type}>{label('plover', row.type)} ({row.type})</option>
              {types.filter((mode) => mode.type === row.type && mode.mode !== '').map((mode) => (
                <option key={mode.mode} value={`${mode.type}/${mode.mode}`}>{label('plover', mode.type)} · {label('plover', `${mode.type}/${mode.mode}`)}</option>
              ))}
            </optgroup>
          ))}
        </>
      );
    case 'country':
      return <>{countries.map(([code, name]) => <option key={code} value={code}>{name}</option>)}</>;
    case 'status':
      return <>{STATUSES.map((code) => <option key={code} value={code}>{label('status', code)}</option>)}</>;
    case 'quad':
      return <>{QUADS.map((code) => <option key={code} value={code}>{label('quad', code)}</option>)}</>;
    case 'order':
      return <><option value="newest">{t('order.newest')}</option><option value="oldest">{t('order.oldest')}</option></>;
    case 'sort':
      return (
        <>
          <option value="weight">{t('story.sort.weight')}</option>
          <option value="newest">{t('story.sort.newest')}</option>
          <option value="contested">{t('story.sort.contested')}</option>
        </>
      );
    default:
      return <></>;
  }
}

const CHOICES: ReadonlySet<Field> = new Set<Field>(['type', 'country', 'status', 'quad', 'order', 'sort']);
const DAYS: ReadonlySet<Field> = new Set<Field>(['since', 'until']);

export function Filters({ route, fields, path, keep = [] }: { route: Route; fields: readonly Field[]; path: string; keep?: readonly string[] }): JSX.Element {
  const { t } = useWords();
  const href = useHref();
  const countries = useCountries();
  const [outlets, setOutlets] = useState<string[]>([]);
  const [open] = useState(() => matchMedia('(min-width: 48rem)').matches);
  const set = fields.some((field) => route.query.get(parameter(field)));

  function submit(event: TargetedEvent<HTMLFormElement>): void {
    event.preventDefault();
    const next = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string' && value.trim() !== '') next.set(name, value.trim());
    }
    for (const name of keep) {
      const value = route.query.get(name);
      if (value) next.set(name, value);
    }
    go(href(path) + toSearch(next));
  }

  async function offerOutlets(): Promise<void> {
    if (outlets.length > 0) return;
    const { get } = await import('../api/client');
    const answer = await get<{ rows: { outlet: string }[] }>('/outlets').catch(() => null);
    if (answer) setOutlets(answer.rows.map((row) => row.outlet));
  }

  return (
    <details class="filterbox" open={open}>
      <summary>{t('filter.title')}</summary>
      <form class="filters" method="get" action={href(path)} onSubmit={submit} aria-label={t('filter.title')} key={route.query.toString()}>
        {fields.map((field) => {
          const name = parameter(field);
          const id = `filter-${field}`;
          const value = route.query.get(name) ?? '';
          const text = t(field === 'sort' ? 'story.sort' : (`filter.${field}` as Key));
          if (CHOICES.has(field)) {
            const open = field !== 'order' && field !== 'sort';
            // A choice that hasn't its options yet (countries come later) keeps its value.
            const waiting = field === 'country' && value !== '' && countries.length === 0;
            return (
              <div key={field} class="field">
                <label for={id}>{text}</label>
                <select id={id} name={name} key={waiting ? 'waiting' : 'there'} defaultValue={value}>
                  {open && <option value="">{t('filter.any')}</option>}
                  {waiting ? <option value={value} selected>{value}</option> : <ChosenOptions field={field} value={value} />}
                </select>
              </div>
            );
          }
          return (
            <div key={field} class={`field ${field}`}>
              <label for={id}>{text}</label>
              {DAYS.has(field) ? (
                <input id={id} name={name} type="date" defaultValue={value} />
              ) : (
                <input
                  id={id}
                  name={name}
                  type={field === 'q' ? 'search' : 'text'}
                  dir="auto"
                  defaultValue={value}
                  autocomplete="off"
                  maxLength={500}
                  {...(field === 'outlet' ? { list: 'outlet-names', onFocus: () => void offerOutlets() } : {})}
                />
              )}
            </div>
          );
        })}
        {fields.includes('outlet') && <datalist id="outlet-names">{outlets.map((name) => <option key={name} value={name} />)}</datalist>}
        <div class="actions">
          <button type="submit">{t('filter.apply')}</button>
          {set && <a href={href(path)}>{t('filter.clear')}</a>}
        </div>
      </form>
    </details>
  );
}

/** Options with the chosen one set once they are in the page: the select's own value is set by its element. */
function ChosenOptions({ field, value }: { field: Field; value: string }): JSX.Element {
  useEffect(() => {
    const select = document.getElementById(`filter-${field}`);
    if (select instanceof HTMLSelectElement && value !== '') select.value = value;
  });
  return <Options field={field} />;
}
