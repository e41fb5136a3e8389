import { describe, expect, it } from 'vitest';
import { byteOffsets, cut, markWithin } from '../../src/text/spans';

const bytes = (text: string): number => new TextEncoder().encode(text).length;

describe('byteOffsets', () => {
  it('counts as UTF-8 does, for every kind of character', () => {
    const text = 'aقé€😀z';
    const expected: [number, number][] = [[0, 0], [1, 1], [3, 2], [5, 3], [8, 4], [12, 6], [13, 7]];
    const found = byteOffsets(text, expected.map(([byte]) => byte));
    for (const [byte, unit] of expected) expect(found.get(byte), `byte ${byte}`).toBe(unit);
  });
  it('agrees with the encoder on every boundary of an Arabic text', () => {
    const text = 'قال المبعوث الأممي «لن نعود» إلى عدن في 2022 👍🏽.';
    for (let unit = 0; unit <= text.length; unit++) {
      const before = text.charCodeAt(unit - 1);
      if (before >= 0xd800 && before < 0xdc00) continue; // between surrogates is no boundary
      const byte = bytes(text.slice(0, unit));
      expect(byteOffsets(text, [byte]).get(byte)).toBe(unit);
    }
  });
  it('goes back to the begin of a character, and stops at the end', () => {
    expect(byteOffsets('قم', [1]).get(1)).toBe(0);
    expect(byteOffsets('قم', [3]).get(3)).toBe(1);
    expect(byteOffsets('قم', [99]).get(99)).toBe(2);
    expect(byteOffsets('', [0, 5]).get(5)).toBe(0);
  });
  it('takes offsets in any order, more than once', () => {
    const found = byteOffsets('قمر', [4, 0, 4, 2]);
    expect([found.get(0), found.get(2), found.get(4)]).toEqual([0, 1, 2]);
  });
});

describe('cut', () => {
  const mark = (begin: number, end: number, name: string) => ({ begin, end, name });
  const shape = (begin: number, end: number, marks: ReturnType<typeof mark>[]) =>
    cut(begin, end, marks).map((piece) => [piece.begin, piece.end, piece.marks.map((one) => one.name).join('')]);

  it('leaves a text without marks whole', () => expect(shape(0, 9, [])).toEqual([[0, 9, '']]));
  it('nests', () => expect(shape(0, 10, [mark(2, 8, 'q'), mark(4, 6, 'n')])).toEqual([[0, 2, ''], [2, 4, 'q'], [4, 6, 'qn'], [6, 8, 'q'], [8, 10, '']]));
  it('overlaps', () => expect(shape(0, 10, [mark(1, 6, 'a'), mark(4, 9, 'b')])).toEqual([[0, 1, ''], [1, 4, 'a'], [4, 6, 'ab'], [6, 9, 'b'], [9, 10, '']]));
  it('keeps marks of equal place apart from others', () => expect(shape(0, 4, [mark(0, 4, 'a'), mark(0, 4, 'b')])).toEqual([[0, 4, 'ab']]));
  it('cuts marks that begin before or end behind', () => expect(shape(5, 8, [mark(0, 6, 'a'), mark(7, 20, 'b')])).toEqual([[5, 6, 'a'], [6, 7, ''], [7, 8, 'b']]));
  it('passes over empty and turned marks', () => expect(shape(0, 3, [mark(1, 1, 'a'), mark(2, 1, 'b')])).toEqual([[0, 3, '']]));
  it('gives every character back once, whatever the marks', () => {
    let seed = 7;
    const random = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
    for (let round = 0; round < 200; round++) {
      const marks = Array.from({ length: random(12) }, (_, i) => mark(random(40) - 5, random(45), String(i)));
      const pieces = cut(0, 30, marks);
      expect(pieces[0]?.begin).toBe(0);
      expect(pieces.at(-1)?.end).toBe(30);
      pieces.forEach((piece, i) => {
        if (i > 0) expect(piece.begin).toBe(pieces[i - 1]?.end);
        for (const one of marks) expect(piece.marks.includes(one)).toBe(one.begin <= piece.begin && one.end >= piece.end);
      });
    }
  });
});

describe('markWithin', () => {
  it('marks words of a sentence by bytes of the whole text', () => {
    const text = 'أعلن الوزير ذلك. قتل سبعة جنود في الهجوم.';
    const sentence = 'قتل سبعة جنود في الهجوم.';
    const base = bytes(text.slice(0, text.indexOf(sentence)));
    const begin = bytes(text.slice(0, text.indexOf('سبعة')));
    const end = begin + bytes('سبعة جنود');
    expect(markWithin(sentence, base, [{ begin, end }])).toEqual([
      { text: 'قتل ', marked: false }, { text: 'سبعة جنود', marked: true }, { text: ' في الهجوم.', marked: false },
    ]);
  });
  it('does not go wrong on spans outside', () => {
    expect(markWithin('قال', 100, [{ begin: 0, end: 50 }])).toEqual([{ text: 'قال', marked: false }]);
    expect(markWithin('قال', 0, [{ begin: 0, end: 500 }])).toEqual([{ text: 'قال', marked: true }]);
  });
});
