import { describe, expect, it } from 'vitest';
import type { Article } from '../../src/api/types';
import { findings } from '../../src/text/findings';

const text = 'قال أحمد إن قصفا وقع.';
const span = (words: string) => {
  const begin = new TextEncoder().encode(text.slice(0, text.indexOf(words))).length;
  return { begin, end: begin + new TextEncoder().encode(words).length };
};
const article: Article = {
  article: { id: 1, uri: 'a', address: null, outlet: 'o', published: null, title: 't', version: 1, story: null },
  text,
  record: {
    id: 'a', language: 'ar', author: null, blocks: [{ ...span(text), kind: 'body' }], dates: [], counts: [],
    entities: [{ id: 'E1', type: 'person', name: 'أحمد', english: null, kb: null, key: null, country: null, sector: null, roles: [], mentions: [{ ...span('أحمد'), form: 'name' }] }],
    quotes: [{ id: 'Q1', ...span('قصفا وقع'), kind: 'indirect', speaker: 'E1', cue: span('قال'), via: [], rule: 'r', confidence: 0.9 }],
    events: [{ id: 'V1', ...span('قصفا وقع'), type: 'ASSAULT', mode: null, cameo: null, quad: 4, intensity: -9, context: [], trigger: span('قصفا'), actor: [], recipient: [], place: null, date: null, status: 'actual', via: ['E1'], quote: 'Q1', rule: 'r', confidence: 0.5 }],
  },
};

describe('findings', () => {
  it('turns bytes into places of the string', () => {
    const { marks, blocks } = findings(article);
    const words = marks.map((mark) => `${mark.row} ${mark.core ? 'core' : 'wide'} ${text.slice(mark.begin, mark.end)}`);
    expect(words).toEqual(['V1 wide قصفا وقع', 'V1 core قصفا', 'Q1 wide قصفا وقع', 'Q1 core قال', 'E1 core أحمد']);
    expect(blocks.map((block) => text.slice(block.begin, block.end))).toEqual([text]);
  });
});
