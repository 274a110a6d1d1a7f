import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { normalise } from '../../src/domain/call/normalise.js';
import { defineSource, ParsedPage, SourceRequest, type SourceDefinition } from '../../src/domain/source/source.js';

const SOURCES = join(__dirname, '../../src/sources');
const MEDIA_TYPES: Record<string, string> = {
  '.json': 'application/json', '.html': 'text/html', '.xml': 'application/xml', '.csv': 'text/csv', '.pdf': 'application/pdf',
};

const folders = readdirSync(SOURCES, { withFileTypes: true })
  .filter((e) => e.isDirectory() && !e.name.startsWith('_'))
  .map((e) => e.name);

/** The saved pages of a source: what is neither an expected result nor a note. */
function pagesOf(id: string): string[] {
  const folder = join(SOURCES, id, 'fixtures');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((f) => !f.endsWith('.expected.json') && extname(f) !== '.md').map((f) => join(folder, f));
}

const sourceOf = async (id: string): Promise<SourceDefinition> =>
  ((await import(`../../src/sources/${id}/${id}.source.js`)) as { source: SourceDefinition }).source;

const parse = (source: SourceDefinition, page: string): ParsedPage =>
  source.parse({
    key: basename(page),
    mediaType: MEDIA_TYPES[extname(page)] ?? 'application/octet-stream',
    bytes: readFileSync(page),
  });

it('has sources to check', () => expect(folders).toContain('funding-tenders'));

describe.each(folders)('source %s', (id) => {
  const pages = pagesOf(id);

  it('keeps the contract, under the name of its folder', async () => {
    const source = await sourceOf(id);
    expect(defineSource(source)).toMatchObject({ id, name: source.name });
  });

  it('plans a first request, the same whenever it is asked', async () => {
    const source = await sourceOf(id);
    for (const scan of [1, 2] as const) {
      const plan = () => source.plan([], { scan, languages: ['en'] });
      expect(plan()).not.toHaveLength(0);
      expect(plan()).toEqual(plan());
      for (const request of plan()) expect(SourceRequest.parse(request).key).toBe(request.key);
    }
  });

  it('keeps pages, and says where their form was seen', () => {
    expect(pages).not.toHaveLength(0);
    const where = readFileSync(join(SOURCES, id, 'fixtures', 'where.md'), 'utf8');
    expect(where.length).toBeGreaterThan(100);
  });

  it.each(pages.map((p) => [basename(p), p]))('reads %s as expected', async (_, page) => {
    const parsed = parse(await sourceOf(id), page);
    expect(ParsedPage.parse(parsed)).toEqual(parsed);
    const file = `${page.slice(0, -extname(page).length)}.expected.json`;
    if (!existsSync(file)) {
      writeFileSync(file, `${JSON.stringify(parsed, null, 2)}\n`);
      throw new Error(`${file} was missing and has been written from this run: read it, then run again`);
    }
    expect(parsed).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it.each(pages.map((p) => [basename(p), p]))('gives calls that our rules take, from %s', async (_, page) => {
    for (const call of parse(await sourceOf(id), page).calls) expect(normalise(call).title).not.toBe('');
  });
});
