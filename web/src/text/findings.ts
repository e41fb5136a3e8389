// What a record found in its text, as marks over the text with what each row says.
import type { Article, Count, Entity, Event, Quote, Span } from '../api/types';
import { byteOffsets } from './spans';

export type Kind = 'name' | 'quote' | 'event' | 'count' | 'date';

export interface TextMark {
  begin: number;
  end: number;
  kind: Kind;
  /** V1, Q2, E3, N4, D5: the row that the mark belongs to. */
  row: string;
  /** Which of the row's places it is: of several mentions the first one is the row's anchor. */
  nth: number;
  /** The words that bear the finding (a trigger, a name, a number): these are the links. A clause or a quote is their background. */
  core: boolean;
  form?: string;
}

export interface Findings {
  marks: TextMark[];
  entities: Map<string, Entity>;
  events: Event[];
  quotes: Quote[];
  counts: (Count & { id: string })[];
  dates: (Span & { value: string; id: string })[];
  blocks: { begin: number; end: number; kind: string }[];
  at: (byte: number) => number;
}

const MOST_MARKS = 20_000;

export function findings({ text, record }: Article): Findings {
  const counts = record.counts.map((count, i) => ({ ...count, id: `N${i + 1}` }));
  const dates = record.dates.map((date, i) => ({ ...date, id: `D${i + 1}` }));
  const raw: TextMark[] = [];
  const add = (span: Span, kind: Kind, row: string, nth: number, core: boolean, form?: string): void => {
    if (raw.length < MOST_MARKS) raw.push({ begin: span.begin, end: span.end, kind, row, nth, core, ...(form ? { form } : {}) });
  };
  for (const event of record.events) {
    add(event, 'event', event.id, 1, false);
    add(event.trigger, 'event', event.id, 0, true);
  }
  for (const quote of record.quotes) {
    add(quote, 'quote', quote.id, 0, false);
    if (quote.cue) add(quote.cue, 'quote', quote.id, 1, true);
  }
  for (const date of dates) add(date, 'date', date.id, 0, true);
  for (const count of counts) add(count, 'count', count.id, 0, true);
  for (const entity of record.entities) entity.mentions.forEach((mention, i) => add(mention, 'name', entity.id, i, true, mention.form));

  const wanted = [...raw, ...record.blocks].flatMap((span) => [span.begin, span.end]);
  const places = byteOffsets(text, wanted);
  const at = (byte: number): number => places.get(byte) ?? byteOffsets(text, [byte]).get(byte) ?? 0;
  return {
    marks: raw.map((mark) => ({ ...mark, begin: at(mark.begin), end: at(mark.end) })),
    entities: new Map(record.entities.map((entity) => [entity.id, entity])),
    events: record.events,
    quotes: record.quotes,
    counts,
    dates,
    blocks: record.blocks.map((block) => ({ begin: at(block.begin), end: at(block.end), kind: block.kind })),
    at,
  };
}
