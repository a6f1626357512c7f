import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSite } from './site-build.ts';

const cache = join(import.meta.dirname, '..', 'node_modules', '.cache');
let place: string;
let folder: string;

beforeEach(() => {
  mkdirSync(cache, { recursive: true });
  place = mkdtempSync(join(cache, 'test-site-'));
  folder = join(place, 'dist');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const pageIn = (site: string) => join(site, 'index.html');
const writePage = (site: string, text: string) => {
  mkdirSync(site, { recursive: true });
  writeFileSync(pageIn(site), text);
};
const outputOf = ({ args }: { args: string[] }) => args[args.indexOf('--outDir') + 1]!;

test('the site that is served stays whole while another is built', async () => {
  writePage(folder, 'old');
  await buildSite(async (build) => {
    writePage(outputOf(build), 'new');
    expect(readFileSync(pageIn(folder), 'utf8')).toBe('old');
  }, folder);
  expect(readFileSync(pageIn(folder), 'utf8')).toBe('new');
  expect(readdirSync(place)).toEqual(['dist']);
});

test('two builds at once leave one whole site', async () => {
  const build = (text: string) => buildSite(async (started) => writePage(outputOf(started), text), folder);
  await Promise.all(['one', 'two', 'three'].map(build));
  expect(['one', 'two', 'three']).toContain(readFileSync(pageIn(folder), 'utf8'));
});

test('a build that fails leaves the site as it was', async () => {
  writePage(folder, 'old');
  const failing = buildSite(async () => {
    throw new Error('no such component');
  }, folder);
  await expect(failing).rejects.toThrow('no such component');
  expect(readFileSync(pageIn(folder), 'utf8')).toBe('old');
});
