// The strings of the pages in the reader's language. A message is a string with {places}, or the forms that the language's
// plural rules ask for, chosen by {n}.
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { ar } from './ar';
import { en, type Key } from './en';
import { makeFormat, type Format } from './format';
import type { Lang } from './locale';

export type Forms = { other: string } & Partial<Record<Exclude<Intl.LDMLPluralRule, 'other'>, string>>;
export type Message = string | Forms;
export type Messages = Record<Key, Message>;
export type { Key, Lang, Format };

export interface Words {
  readonly lang: Lang;
  readonly format: Format;
  /** The message with its places filled; numbers are written in the reader's digits, other values are isolated. */
  t(key: Key, values?: Record<string, string | number>): string;
  /** The message's pattern, for those that put elements into its places. */
  pattern(key: Key, n?: number): string;
  /** A label out of the tables of codes (types, statuses, kinds): the code itself where there is none. */
  label(prefix: string, code: string | null | undefined): string;
}

export const tables: Record<Lang, Messages> = { ar, en };

const ISOLATE = '\u2068';
const POP = '\u2069';

export function makeWords(lang: Lang, preferred: readonly string[]): Words {
  const messages = tables[lang];
  const format = makeFormat(lang, preferred);

  function pattern(key: Key, n?: number): string {
    const message: Message = messages[key];
    if (typeof message === 'string') return message;
    const form = n === undefined ? 'other' : n === 0 && message.zero !== undefined ? 'zero' : format.plural(n);
    return message[form] ?? message.other;
  }

  return {
    lang,
    format,
    pattern,
    t(key, values = {}) {
      const n = values['n'];
      return pattern(key, typeof n === 'number' ? n : undefined).replace(/\{(\w+)\}/g, (place, name: string) => {
        const value = values[name];
        if (value === undefined) return place;
        return typeof value === 'number' ? format.number(value) : `${ISOLATE}${value}${POP}`;
      });
    },
    label(prefix, code) {
      if (code === null || code === undefined || code === '') return '';
      const key = `${prefix}.${code}`;
      const message = (messages as Record<string, Message | undefined>)[key];
      return typeof message === 'string' ? message : code;
    },
  };
}

export const WordsContext = createContext<Words>(makeWords('en', []));
export const useWords = (): Words => useContext(WordsContext);
