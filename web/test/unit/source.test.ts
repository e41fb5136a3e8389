import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));

it('never makes markup out of text', () => {
  expect(sources.length).toBeGreaterThan(25);
  for (const path of sources) {
    const text = readFileSync(join(root, 'src', path), 'utf8');
    expect(text, path).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc/);
    expect(text, path).not.toMatch(/<[a-z][^<>]*\sstyle=/); // the content security policy allows no style attributes
  }
});

it('names no registry in the lock file', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/);
});
