// Bars over time, stacked up and down from a line of zero: cooperation above, conflict below. In Arabic time runs from right to left.
import type { JSX } from 'preact';
import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useWords } from '../i18n';
import { useWidth } from './size';

export interface Stack { key: string; label: string; class: string; below?: boolean }
export interface Bar { period: string; values: Record<string, number>; line?: number | null; /** How many events, where the values are no counts. */ events?: number }

const TOP = 12;
const BOTTOM = 26;
const SIDE = 48;
const OTHER = 10;
const APART = 78;

/** Every period between the first and the last, so that silence shows as silence; at most 600. */
export function fillPeriods(bars: readonly Bar[]): Bar[] {
  const first = bars[0]?.period;
  const last = bars[bars.length - 1]?.period;
  if (!first || !last || first >= last) return [...bars];
  const known = new Map(bars.map((bar) => [bar.period, bar]));
  const filled: Bar[] = [];
  const at = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7) || 1) - 1, Number(first.slice(8, 10) || 1)));
  for (let i = 0; i < 600; i++) {
    const period = at.toISOString().slice(0, first.length);
    filled.push(known.get(period) ?? { period, values: {} });
    if (period >= last) return filled;
    if (first.length === 4) at.setUTCFullYear(at.getUTCFullYear() + 1);
    else if (first.length === 7) at.setUTCMonth(at.getUTCMonth() + 1);
    else at.setUTCDate(at.getUTCDate() + 1);
  }
  return [...bars];
}

const ALWAYS_DRAWN = 60;
const AT_ENDS = 0.01;

/** How many periods lie between the first and the last. */
function span(bars: readonly Bar[]): number {
  const first = bars[0]?.period;
  const last = bars[bars.length - 1]?.period;
  if (!first || !last) return 0;
  const of = (period: string): number => {
    const [year = 0, month = 1, day = 1] = period.split('-').map(Number);
    return period.length === 4 ? year : period.length === 7 ? year * 12 + month : Date.UTC(year, month - 1, day) / 86_400_000;
  };
  return of(last) - of(first) + 1;
}

/** Of long spans the part that holds nearly all: articles tell now and then of what was decades ago. */
export function focusPeriods(bars: readonly Bar[], of: (bar: Bar) => number): { drawn: Bar[]; outside: number } {
  const all = [...bars];
  if (span(all) <= ALWAYS_DRAWN) return { drawn: all, outside: 0 };
  const total = all.reduce((sum, bar) => sum + of(bar), 0);
  const cutEnd = (list: Bar[]): number => {
    let gone = 0;
    let at = 0;
    while (at < list.length - 1 && gone + of(list[at] as Bar) <= total * AT_ENDS) gone += of(list[at++] as Bar);
    return at;
  };
  const head = cutEnd(all);
  const tail = cutEnd([...all].reverse());
  const drawn = all.slice(head, Math.max(head + 1, all.length - tail));
  return { drawn, outside: total - drawn.reduce((sum, bar) => sum + of(bar), 0) };
}

export default function Bars({ bars, stacks, label, height = 240, focus = false }: {
  bars: readonly Bar[];
  stacks: readonly Stack[];
  label: string;
  height?: number;
  focus?: boolean;
}): JSX.Element {
  const { format, t } = useWords();
  const [frame, width] = useWidth();
  const rtl = format.rtl;
  const count = (bar: Bar): number => bar.events ?? stacks.reduce((n, stack) => n + Math.abs(bar.values[stack.key] ?? 0), 0);
  const { drawn, outside } = focus ? focusPeriods(bars, count) : { drawn: bars, outside: 0 };
  const shown = fillPeriods(drawn);
  const sum = (bar: Bar, below: boolean): number => stacks.filter((s) => (s.below ?? false) === below).reduce((n, s) => n + Math.abs(bar.values[s.key] ?? 0), 0);
  const most = Math.max(1, ...shown.map((bar) => sum(bar, false)), ...shown.map((bar) => bar.line ?? 0));
  const least = Math.max(0, ...shown.map((bar) => sum(bar, true)), ...shown.map((bar) => -(bar.line ?? 0)));
  const left = rtl ? OTHER : SIDE;
  const right = width - (rtl ? SIDE : OTHER);
  const y = scaleLinear().domain([-least, most]).nice(4).range([height - BOTTOM, TOP]);
  const x = scaleBand<string>().domain(shown.map((bar) => bar.period)).range(rtl ? [right, left] : [left, right]).paddingInner(0.18).paddingOuter(0.1);
  const bandwidth = Math.min(x.bandwidth(), 48);
  const middle = (period: string): number => (x(period) ?? 0) + x.bandwidth() / 2;
  const every = Math.max(1, Math.ceil(shown.length / Math.max(1, Math.floor((right - left) / APART))));
  const whole = shown.every((bar) => stacks.every((stack) => Number.isInteger(bar.values[stack.key] ?? 0)));
  const ticks = y.ticks(4).filter((tick) => !whole || Number.isInteger(tick));
  const hasLine = shown.some((bar) => bar.line !== undefined && bar.line !== null);
  const path = line<Bar>().defined((bar) => typeof bar.line === 'number').x((bar) => middle(bar.period)).y((bar) => y(bar.line ?? 0))(shown);

  return (
    <figure class="plot">
      <div ref={frame} class="frame">
        <svg width={width} height={height} role="img" aria-label={label}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line class={tick === 0 ? 'zero' : 'grid'} x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
              <text x={rtl ? width - 4 : 4} y={y(tick)} dy="0.32em" class="tick" text-anchor="start">{whole ? format.number(Math.abs(tick)) : format.decimal(Math.abs(tick), Number.isInteger(tick) ? 0 : 1)}</text>
            </g>
          ))}
          {shown.map((bar) => {
            let up = 0;
            let down = 0;
            return (
              <g key={bar.period}>
                {stacks.map((stack) => {
                  const value = Math.abs(bar.values[stack.key] ?? 0);
                  if (value === 0) return null;
                  const from = stack.below ? -down : up;
                  const to = stack.below ? -(down + value) : up + value;
                  if (stack.below) down += value;
                  else up += value;
                  const top = Math.min(y(from), y(to));
                  return (
                    <rect key={stack.key} class={stack.class} x={middle(bar.period) - bandwidth / 2} y={top} width={bandwidth} height={Math.max(0.5, Math.abs(y(from) - y(to)))}>
                      <title>{`${format.period(bar.period)} · ${stack.label} · ${whole ? format.number(value) : format.decimal(value, 1)}`}</title>
                    </rect>
                  );
                })}
              </g>
            );
          })}
          {hasLine && path && <path class="net" d={path} />}
          {shown.map((bar, i) => (i % every === 0 ? (
            <text key={bar.period} class="tick" x={middle(bar.period)} y={height - 8} text-anchor="middle">{format.period(bar.period)}</text>
          ) : null))}
        </svg>
      </div>
      {(stacks.length > 1 || outside > 0) && (
        <figcaption class="legend">
          {stacks.map((stack) => <span key={stack.key}><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" class={stack.class} /></svg> {stack.label}</span>)}
          {outside > 0 && <span>{t('plot.outside', { n: outside })}</span>}
        </figcaption>
      )}
    </figure>
  );
}
