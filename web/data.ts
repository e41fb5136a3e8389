// What the pages take from the project's own tables when they are built, so that it stands in one place only:
// names of countries, PLOVER's types with their scores, and the measured accuracy (test/eval/floors.tsv).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const project = new URL('../', import.meta.url);

function table(path: string): string[][] {
  return readFileSync(new URL(path, project), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
}

/** The lowest F1 that the project's tests allow, a layer a row. */
export function floors(): { layer: string; f1: number }[] {
  return table('test/eval/floors.tsv').map(([layer = '', f1 = '']) => ({ layer, f1: Number(f1) }));
}

/** Code, Arabic and English name of each state. */
export function countries(): [string, string, string][] {
  const [head = [], ...rows] = table('lexicon/countries.tsv');
  const at = (name: string): number => head.indexOf(name);
  return rows.map((row) => [row[at('code')] ?? '', row[at('name')] ?? '', row[at('english')] ?? '']);
}

/** Type and modes with quad code and score, in the order of the table. */
export function types(): { type: string; mode: string; quad: number; score: number | null }[] {
  const [head = [], ...rows] = table('lexicon/events.tsv');
  const at = (name: string): number => head.indexOf(name);
  return rows.map((row) => {
    const score = row[at('score')] ?? '';
    return {
      type: row[at('type')] ?? '',
      mode: row[at('mode')] ?? '',
      quad: Number(row[at('quad')]),
      score: score === '' ? null : Number(score),
    };
  });
}

/** Id, Arabic and English name of each news agency: reports name them by id. */
export function agencies(): [string, string, string][] {
  const [head = [], ...rows] = table('lexicon/outlets.tsv');
  const at = (name: string): number => head.indexOf(name);
  return rows.filter((row) => row[at('kind')] === 'agency').map((row) => [row[at('id')] ?? '', row[at('name')] ?? '', row[at('english')] ?? '']);
}

const sources: Record<string, () => unknown> = {
  'virtual:isnad/floors': floors,
  'virtual:isnad/agencies': agencies,
  'virtual:isnad/countries': countries,
  'virtual:isnad/types': types,
};

const FONTS = ['@fontsource-variable/noto-naskh-arabic', '@fontsource-variable/source-serif-4', '@fontsource/ibm-plex-sans-arabic'];

/** The licences of everything that goes into the built pages, as their packages carry them. */
function licences(modules: Iterable<string>): string {
  const names = new Set<string>(FONTS);
  for (const id of modules) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1];
    if (name) names.add(name);
  }
  return [...names].sort().map((name) => {
    const folder = new URL(`node_modules/${name}/`, import.meta.url);
    const { version, license } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as { version: string; license: string };
    const file = existsSync(folder) ? readdirSync(folder).find((one) => /^licen[cs]e/i.test(one)) : undefined;
    if (!file) throw new Error(`${name} carries no licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(new URL(file, folder), 'utf8').trim()}\n`;
  }).join(`\n${'='.repeat(80)}\n\n`);
}

/** Vite plugin: the tables as modules; limits.json and the licences beside the pages. */
export function projectTables(): Plugin {
  return {
    name: 'isnad-tables',
    resolveId(id) {
      return id in sources ? `\0${id}` : undefined;
    },
    load(id) {
      const make = id.startsWith('\0') ? sources[id.slice(1)] : undefined;
      return make ? `export default ${JSON.stringify(make())};` : undefined;
    },
    generateBundle() {
      const source = `${JSON.stringify({ measure: 'F1, lowest value the tests allow', floors: floors() })}\n`;
      this.emitFile({ type: 'asset', fileName: 'limits.json', source });
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licences(this.getModuleIds()) });
    },
    buildStart() {
      for (const path of ['test/eval/floors.tsv', 'lexicon/countries.tsv', 'lexicon/events.tsv', 'lexicon/outlets.tsv']) {
        this.addWatchFile(fileURLToPath(new URL(path, project)));
      }
    },
  };
}
