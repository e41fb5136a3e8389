// The built pages, as files: how much script the front page needs, and that nothing in them breaks the content security policy.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const read = (path: string): string => readFileSync(join(dist, path), 'utf8');
const MOST_SCRIPT = 200_000;

/** Scripts that a page loads before it shows: those that it names, and what these import statically. */
function firstScripts(html: string): Set<string> {
  const found = new Set<string>();
  const wait = [...html.matchAll(/<(?:script|link)[^>]+(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  for (let path = wait.pop(); path !== undefined; path = wait.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const match of read(path).matchAll(/(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*${},\s]+from\s*)?["']\.\/([^"']+\.js)["']/g)) wait.push(`/assets/${match[1]}`);
  }
  return found;
}

describe.each(['index.html', 'ar/index.html', 'en/index.html'])('%s', (page) => {
  const html = read(page);
  it('needs less than 200 kB of script, unpacked', () => {
    const scripts = firstScripts(html);
    expect(scripts.size).toBeGreaterThan(0);
    const bytes = [...scripts].reduce((sum, path) => sum + statSync(join(dist, path)).size, 0);
    console.log(`${page}: ${bytes} bytes of script in ${scripts.size} file(s)`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MOST_SCRIPT);
  });
  it('holds no script or style of its own', () => {
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });
  it('fetches nothing from elsewhere', () => expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//));
});

describe('all files', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(dist, path)).isFile());
  it('carry the fonts and the licences of what is in them', () => {
    expect(files.filter((path) => path.endsWith('.woff2')).length).toBeGreaterThanOrEqual(6);
    expect(read('licences.txt')).toContain('SIL OPEN FONT LICENSE');
    expect(read('licences.txt')).toContain('preact');
  });
  it('name no address to fetch from', () => {
    for (const path of files.filter((one) => /\.(js|css)$/.test(one))) {
      for (const [address] of read(path).matchAll(/https?:\/\/[^\s"'`)]+/g)) expect(address, path).toMatch(/^http:\/\/www\.w3\.org\//);
      expect(read(path), path).not.toMatch(/url\((?:data:|["']?data:)/);
    }
  });
  it('have limits.json with the measured floors', () => {
    expect(existsSync(join(dist, 'limits.json'))).toBe(true);
    expect((JSON.parse(read('limits.json')) as { floors: unknown[] }).floors.length).toBeGreaterThan(10);
  });
  it('build no code out of strings', () => {
    for (const path of files.filter((one) => one.endsWith('.js'))) expect(read(path), path).not.toMatch(/\beval\(|new Function\(/);
  });
});
