import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { normalise } from '../../src/calls/domain/normalise.js';
import { CarnotError } from '../../src/kernel/errors.js';
import { loadSources } from '../../src/harvest/source-registry.js';
import { scanOf } from '../../src/harvest/domain/scan-agreement.js';
import {
  defineSource,
  ParsedPage,
  SourceRequest,
  type ReadDocument,
  type SourceDefinition,
} from '../../src/harvest/domain/source.js';

const SOURCES = join(__dirname, '../../src/harvest/sources');
const MEDIA_TYPES: Record<string, string> = {
  '.json': 'application/json',
  '.html': 'text/html',
  '.xml': 'application/xml',
  '.csv': 'text/csv',
  '.pdf': 'application/pdf',
};
const SCANS = [1, 2] as const;
/** The topics are for a source that is asked for some. */
const CONTEXT = { languages: ['en'], topics: ['HORIZON-CL9-2028-01-AB-01'] };

const folders = readdirSync(SOURCES, { withFileTypes: true })
  .filter((e) => e.isDirectory() && e.name !== '_kit')
  .map((e) => e.name);

/** The saved pages of a source: all fixtures except expected results and notes. */
function pagesOf(folder: string): string[] {
  const fixtures = join(SOURCES, folder, 'fixtures');
  const files = existsSync(fixtures) ? readdirSync(fixtures) : [];
  return files
    .filter((f) => !f.endsWith('.expected.json') && extname(f) !== '.md')
    .map((f) => join(fixtures, f));
}

const stemOf = (page: string): string => basename(page, extname(page));

const slug = (path: string): string =>
  path
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Returns the saved page that answers a request: the one whose name is the end of the path. */
function answerTo(pages: string[], { path }: SourceRequest): string | undefined {
  const ends = [slug(path), slug(path.replace(/\?.*$/, ''))];
  return pages
    .filter((p) => ends.some((end) => `-${end}`.endsWith(`-${stemOf(p)}`)))
    .sort((a, b) => stemOf(b).length - stemOf(a).length)[0];
}

/** Loads a source, or the template, which is named after its folder without the underscore. */
async function sourceIn(folder: string): Promise<SourceDefinition> {
  const id = folder.replace(/^_/, '');
  return (
    (await import(`../../src/harvest/sources/${folder}/${id}.source.js`)) as { source: SourceDefinition }
  ).source;
}

const parse = (source: SourceDefinition, page: string, key = basename(page)): ParsedPage =>
  source.parse({
    key,
    mediaType: MEDIA_TYPES[extname(page)] ?? 'application/octet-stream',
    bytes: readFileSync(page),
  });

/** Scans a site to the end, like a harvest run: each batch follows once the previous one is answered. */
function scanned(
  source: SourceDefinition,
  scan: 1 | 2,
  answer: (request: SourceRequest, number: number) => ParsedPage,
): ReadDocument[] {
  const done: ReadDocument[] = [];
  for (let turn = 0; ; turn += 1) {
    const next = source.plan([...done], { scan, ...CONTEXT });
    if (!next.length) return done;
    // No source has this many saved pages, so a plan that continues never ends.
    if (turn === 100 || done.length > 1_000)
      throw new Error(`the plan does not end: ${next[0]!.key} after ${done.length} documents`);
    for (const request of next) {
      expect(new URL(request.path, source.origin).origin).toBe(source.origin);
      expect(done.map((d) => d.key)).not.toContain(request.key);
      done.push({ key: request.key, page: answer(request, done.length) });
    }
  }
}

/** Parses an answer that is not one of the source's pages: returns the kind of the error, or the page. */
function madeOf(source: SourceDefinition, bytes: Buffer, mediaType: string): string | ParsedPage {
  try {
    return source.parse({ key: 'page', mediaType, bytes });
  } catch (error) {
    return error instanceof CarnotError ? error.kind : `not an error of ours: ${String(error)}`;
  }
}

const CHALLENGES = {
  'Just a moment':
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script>(function(){window._cf_chl_opt={cType:"managed"};}());</script></body></html>',
  captcha:
    '<html><head><title>calls.example</title></head><body style="margin:0"><p id="cmsg">Please enable JS and disable any ad blocker</p><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>',
  'a frame of Imperva':
    '<html><head><META NAME="robots" CONTENT="noindex,nofollow"></head><body><iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31" frameborder=0>Request unsuccessful.</iframe></body></html>',
};
const GARBAGE = {
  nothing: '',
  blanks: ' \n ',
  'no text': '\u0000\u0001\u0002\ufffd',
  words: 'Service unavailable',
  'an empty object': '{}',
  'an empty list': '[]',
  'an empty page': '<!doctype html><html><head><title>x</title></head><body></body></html>',
  'an error as a page':
    '<!doctype html><html><head><title>Not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>',
  'XML of another kind': '<?xml version="1.0"?><urlset><url><loc>https://x.example/</loc></url></urlset>',
};

it('has sources to check', () =>
  expect(folders).toEqual(expect.arrayContaining(['_template', 'anr', 'eureka', 'funding-tenders'])));

describe.each(folders.map((folder) => [folder.replace(/^_/, ''), folder]))('source %s', (id, folder) => {
  const pages = pagesOf(folder);
  const named = pages.map((p) => [basename(p), p]);

  it('keeps the contract, under the name of its folder', async () => {
    const source = await sourceIn(folder);
    expect(defineSource(source)).toMatchObject({ id, name: source.name });
  });

  it('plans a first request, the same whenever it is asked', async () => {
    const source = await sourceIn(folder);
    for (const scan of SCANS) {
      const plan = () => source.plan([], { scan, ...CONTEXT });
      expect(plan()).not.toHaveLength(0);
      expect(plan()).toEqual(plan());
      for (const request of plan()) expect(SourceRequest.parse(request).key).toBe(request.key);
    }
  });

  it('keeps pages, and says where their form was seen', () => {
    expect(pages).not.toHaveLength(0);
    const where = readFileSync(join(SOURCES, folder, 'fixtures', 'where.md'), 'utf8');
    expect(where.length).toBeGreaterThan(100);
  });

  it.each(named)('reads %s as expected', async (_, page) => {
    const parsed = parse(await sourceIn(folder), page);
    expect(ParsedPage.parse(parsed)).toEqual(parsed);
    const file = `${page.slice(0, -extname(page).length)}.expected.json`;
    if (!existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(parsed, null, 2)}\n`);
      throw new Error(`${file} was missing and has been written from this run: read it, then run again`);
    }
    expect(parsed).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each(named)('gives calls that our rules take, from %s', async (_, page) => {
    for (const call of parse(await sourceIn(folder), page).calls) expect(normalise(call).title).not.toBe('');
  });

  it.each(named)('does not take a part of %s for the whole', async (_, page) => {
    const [source, whole] = [await sourceIn(folder), readFileSync(page)];
    for (const part of [0.25, 0.5, 0.75, 0.95]) {
      const cut = whole.subarray(0, Math.floor(whole.length * part));
      expect(madeOf(source, cut, MEDIA_TYPES[extname(page)]!)).toMatch(/^(Truncated|ShapeError)$/);
    }
  });

  it.each(Object.entries(CHALLENGES))('sees a check of the browser for what it is: %s', async (_, html) => {
    expect(madeOf(await sourceIn(folder), Buffer.from(html), 'text/html; charset=utf-8')).toBe('Challenge');
  });

  it.each(Object.entries(GARBAGE))('makes no page of %s', async (_, text) => {
    for (const mediaType of ['text/html', 'application/json', 'application/xml']) {
      expect(madeOf(await sourceIn(folder), Buffer.from(text), mediaType)).toMatch(
        /^(Truncated|ShapeError|Challenge|PageInstead)$/,
      );
    }
  });

  it.each(SCANS)('comes to an end in scan %d, whatever is answered', async (scan) => {
    const source = await sourceIn(folder);
    const read = pages.map((page) => parse(source, page));
    for (const page of read) scanned(source, scan, () => page);
    for (let first = 0; first < read.length; first += 1)
      scanned(source, scan, (_, n) => read[(first + n) % read.length]!);
  });

  it('finds all its calls on a site of its saved pages, the same in both scans', async () => {
    const source = await sourceIn(folder);
    // A source whose pages are not named after their paths has its own test for this.
    if (!answerTo(pages, source.plan([], { scan: 1, ...CONTEXT })[0]!)) return;
    const site = (request: SourceRequest): ParsedPage => {
      const page = answerTo(pages, request);
      if (!page) throw new Error(`no saved page answers ${request.path}: name it as the end of that path`);
      return parse(source, page, request.key);
    };
    const [one, two] = SCANS.map((scan) => scanOf(scanned(source, scan, site)));
    expect(one!.calls).toEqual(two!.calls);
    expect(one!.projects).toEqual(two!.projects);
    expect(one!.questions).toEqual(two!.questions);
    const all = scanOf(pages.map((page) => ({ key: page, page: parse(source, page) })));
    expect([...one!.calls.keys()].sort()).toEqual([...all.calls.keys()].sort());
  });

  it('looks again at the calls that it is asked for, and at no other site', async () => {
    const source = await sourceIn(folder);
    if (!source.quickCheck) return;
    const calls = pages.flatMap((page) => parse(source, page).calls);
    const elsewhere = {
      reference: 'x',
      url: 'https://elsewhere.example/x',
      kind: 'grant' as const,
      identifier: null,
      callIdentifier: null,
    };
    for (const scan of SCANS) {
      const requests = source.quickCheck([...calls, ...calls, elsewhere, { ...elsewhere, url: null }], {
        scan,
        languages: ['en'],
      });
      expect(requests).not.toHaveLength(0);
      expect(new Set(requests.map((r) => r.key)).size).toBe(requests.length);
      for (const { path } of requests) expect(new URL(path, source.origin).origin).toBe(source.origin);
      expect(JSON.stringify(requests)).not.toContain('elsewhere');
    }
  });
});

it('an address that is set for the search of the portal is asked by every source that asks there', async () => {
  const asked = async (portal = {}) =>
    Object.fromEntries((await loadSources({}, portal)).map((s) => [s.id, s.origin]));
  const [real, moved] = [await asked(), await asked({ search: 'http://localhost:8080' })];
  const elsewhere = Object.keys(real).filter((id) => real[id] !== moved[id]);
  expect(elsewhere.sort()).toEqual(['funded-projects', 'funding-tenders', 'portal-questions']);
  expect(new Set(elsewhere.map((id) => moved[id]))).toEqual(new Set(['http://localhost:8080']));
});
