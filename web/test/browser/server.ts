// A real `isnad serve` on a free port of the loopback, over a database made from the example articles and a few hostile ones.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const isnad = join(process.env['ISNAD_BUILD'] ?? join(project, 'build/release'), 'cli/isnad');

export const HOSTILE = {
  script: '<script>window.broken = 1</script><img src=x onerror="window.broken = 2"> وزير الخارجية يصل إلى عمان',
  bidi: '\u202e\u2066قال الوزير\u202d reversed\u2067 إن الاتفاق قائم',
};

const hostile = [
  { id: 'hostile-1', url: 'javascript:window.broken=3', outlet: '"><script>window.broken = 4</script>', published: '2022-05-01', title: HOSTILE.script, text: 'وصل وزير الخارجية الأردني إلى عمان يوم الأحد. وقال الوزير إن «<b onclick=alert(1)>الاتفاق</b> قائم».' },
  { id: 'hostile-2', url: 'data:text/html,<script>alert(1)</script>', outlet: 'قناة الأفق', published: '2022-05-02', title: HOSTILE.bidi, text: 'قال وزير الخارجية العراقي \u202eإن الاتفاق قائم\u202c في بغداد يوم الاثنين.' },
  { id: 'hostile-3', url: 'https://example.org/a?b="onmouseover=alert(1)', outlet: 'قناة الأفق', published: '2022-05-03', title: 'ا'.repeat(300), text: `التقى وزير الخارجية العراقي نظيره الأردني في بغداد. ${'كلمة'.repeat(120)}` },
];

export interface Server { base: string; folder: string; stop: () => Promise<void> }

export async function startServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'isnad-pages-'));
  const watched = join(folder, 'watched');
  mkdirSync(watched);
  const db = join(folder, 'news.db');
  const lines = join(folder, 'hostile.jsonl');
  writeFileSync(lines, hostile.map((one) => JSON.stringify(one)).join('\n'));
  const run = (...args: string[]): string => execFileSync(isnad, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  const examples = join(folder, 'examples.jsonl');
  run('code', '--metadata', 'examples/metadata.tsv', '--output', examples, 'examples/articles');
  run('add', '--db', db, '--records', examples);
  run('add', '--db', db, lines);
  run('stories', '--db', db);

  const child: ChildProcess = spawn(isnad, ['serve', '--db', db, '--port', '0', '--web', join(project, 'web/dist'), '--watch', watched], { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended; // it writes into the folder until it ends
    clearTimeout(late);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => void child.kill('SIGKILL'));
  const base = await new Promise<string>((done, fail) => {
    let heard = '';
    const late = setTimeout(() => fail(new Error(`isnad serve says no address: ${heard}`)), 20_000);
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      heard += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(heard)?.[0];
      if (address) {
        clearTimeout(late);
        done(address);
      }
    });
    child.on('exit', (code) => fail(new Error(`isnad serve ended (${code}): ${heard}`)));
  });
  return { base, folder: watched, stop };
}

export const axeSource = (): string => readFileSync(fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');
export const screens = (): string => {
  const folder = join(project, 'build/screens');
  mkdirSync(folder, { recursive: true });
  return folder;
};
