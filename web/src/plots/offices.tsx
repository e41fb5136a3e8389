// Offices on a time line: one row an office. The table beside it says the same.
import type { JSX } from 'preact';
import { scaleLinear } from 'd3-scale';
import { useWords } from '../i18n';
import { useWidth } from './size';

export interface Term { label: string; from: string | null; to: string | null; source: 'lexicon' | 'news' }

const ROW = 38;
const TOP = 8;
const BOTTOM = 26;
const EDGE = 24;
const YEAR = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/;

function year(iso: string | null): number | null {
  const parts = iso ? YEAR.exec(iso) : null;
  if (!parts) return null;
  return Number(parts[1]) + (Number(parts[2] ?? 1) - 1) / 12 + (Number(parts[3] ?? 1) - 1) / 365;
}

export default function Offices({ terms, label }: { terms: readonly Term[]; label: string }): JSX.Element | null {
  const { format } = useWords();
  const [frame, width] = useWidth();
  const rows = terms.filter((term) => year(term.from) !== null || year(term.to) !== null);
  if (rows.length === 0) return null;
  const now = new Date().getFullYear() + new Date().getMonth() / 12;
  const ends = rows.flatMap((term) => [year(term.from) ?? (year(term.to) ?? now) - 1, year(term.to) ?? now]);
  const low = Math.floor(Math.min(...ends));
  const high = Math.max(low + 1, Math.ceil(Math.max(...ends)));
  const rtl = format.rtl;
  const x = scaleLinear().domain([low, high]).range(rtl ? [width - EDGE, EDGE] : [EDGE, width - EDGE]);
  const height = TOP + rows.length * ROW + BOTTOM;
  const ticks = x.ticks(Math.max(2, Math.floor(width / 90))).filter(Number.isInteger);
  return (
    <div ref={frame} class="frame offices">
      <svg width={width} height={height} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(tick)} x2={x(tick)} y1={TOP} y2={height - BOTTOM} />
            <text class="tick" x={x(tick)} y={height - 8} text-anchor="middle">{format.date(String(tick), 'short')}</text>
          </g>
        ))}
        {rows.map((term, i) => {
          const from = year(term.from);
          const to = year(term.to);
          const a = x(from ?? (to ?? now) - 1);
          const b = x(to ?? now);
          const begin = Math.min(a, b);
          const length = Math.max(4, Math.abs(b - a));
          const middle = begin + length / 2;
          const late = middle > width / 2;
          return (
            <g key={i}>
              <rect class={`term ${term.source}${to === null || from === null ? ' open' : ''}`} x={begin} y={TOP + i * ROW + 19} width={length} height={11} rx="2" />
              <text x={late ? begin + length : begin} y={TOP + i * ROW + 13} direction="ltr" text-anchor={late ? 'end' : 'start'}>{term.label}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
