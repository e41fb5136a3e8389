// Spans of the record are bytes of UTF-8; strings of the browser count UTF-16 units. And marks overlap: a name stands in a quote that
// stands in an event. The text is cut where any mark begins or ends; each piece knows the marks that cover it.

/** The place in `text` of each byte offset asked for: inside a character it is the character's begin, behind the end the end. */
export function byteOffsets(text: string, offsets: Iterable<number>): Map<number, number> {
  const asked = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map<number, number>();
  let byte = 0;
  let unit = 0;
  for (const offset of asked) {
    while (unit < text.length) {
      const code = text.codePointAt(unit) ?? 0;
      const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (byte + bytes > offset) break;
      byte += bytes;
      unit += code < 0x10000 ? 1 : 2;
    }
    found.set(offset, unit);
  }
  return found;
}

export interface Mark { begin: number; end: number }
export interface Piece<M extends Mark> { begin: number; end: number; marks: M[] }

/** Cuts [begin, end) where marks begin or end. Marks of a piece stand in the order in which they were given. */
export function cut<M extends Mark>(begin: number, end: number, marks: readonly M[]): Piece<M>[] {
  const inside = marks.filter((mark) => mark.end > mark.begin && mark.begin < end && mark.end > begin);
  const edges = new Set<number>([begin, end]);
  for (const mark of inside) {
    if (mark.begin > begin) edges.add(mark.begin);
    if (mark.end < end) edges.add(mark.end);
  }
  const at = [...edges].sort((a, b) => a - b);
  const rank = new Map(inside.map((mark, i) => [mark, i]));
  const starts = [...inside].sort((a, b) => a.begin - b.begin);
  const pieces: Piece<M>[] = [];
  let open: M[] = [];
  let next = 0;
  for (let i = 0; i + 1 < at.length; i++) {
    const from = at[i] ?? begin;
    const to = at[i + 1] ?? end;
    open = open.filter((mark) => mark.end > from);
    for (let mark = starts[next]; mark && mark.begin <= from; mark = starts[++next]) open.push(mark);
    const covering = open.slice().sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    pieces.push({ begin: from, end: to, marks: covering });
  }
  return pieces;
}

/** A sentence with the words inside it that spans (bytes of the text, like the sentence's own begin) point at. */
export function markWithin(sentence: string, base: number, spans: readonly Mark[]): { text: string; marked: boolean }[] {
  const local = spans.map((span) => ({ begin: Math.max(0, span.begin - base), end: Math.max(0, span.end - base) }));
  const at = byteOffsets(sentence, local.flatMap((span) => [span.begin, span.end]));
  const marks = local.map((span) => ({ begin: at.get(span.begin) ?? 0, end: at.get(span.end) ?? 0 }));
  return cut(0, sentence.length, marks).map((piece) => ({
    text: sentence.slice(piece.begin, piece.end),
    marked: piece.marks.length > 0,
  }));
}
