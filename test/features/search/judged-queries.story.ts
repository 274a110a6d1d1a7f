import MiniSearch from 'minisearch';
import pg from 'pg';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callsIn, matchable } from '../../../src/commands/learning/benchmark.js';
import { CallSearch } from '../../../src/calls/api/call-search.js';
import { bare, fold } from '../../../src/kernel/stem.js';
import { Corpus } from '../../../src/matching/corpus.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';

/** Queries as officers type them, with the calls of a real day about each; next to the checkout if there. */
const DATA = join(__dirname, '../../../../shared/evaluation');
const [QUERIES, CALLS] = [join(DATA, 'search'), join(DATA, 'live', 'calls.jsonl.gz')];
const there = existsSync(QUERIES) && existsSync(CALLS);
if (!there)
  console.warn(`SKIPPED: the search is not held to judged queries, because ${QUERIES} is not there`);

/**
 * Real projects of 2025 and 2026, described anew from what is publicly known of them, and the topic of that
 * day: that which funded them where calls of their own stand under it, else the one that goes on with their
 * work, since a topic that funded a project no longer takes proposals.
 */
const PROJECTS = [
  {
    name: 'the partnership Agriculture of Data, since October 2025',
    topic: 'HORIZON-CL6-2026-04-GOVERNANCE-01',
    text: `Fifty-six research centres, funders and public authorities of twenty-four countries work for seven years on the use of
      data in farming. Satellite images, measurements in the field and records of the administration are brought together,
      harmonised and shared, so that farmers get tools to produce with less water, fertiliser and emissions, and so that
      paying agencies and ministries can see what agricultural and environmental policies achieve. The partners open joint
      calls for research projects, test new digital services with their users, and train advisers and officials.`,
  },
  {
    name: 'EDITO2, since 2025',
    topic: 'HORIZON-MISS-2026-03-OCEAN-05',
    text: `The project builds the second phase of a virtual copy of the ocean. It adds data sets, computing power and tools to an
      open platform on which marine observations, numerical models and artificial intelligence work together, so that
      authorities, researchers and companies can try out what-if scenarios: how a coast reacts to storms, where pollution
      drifts, what protection of habitats would change. Grants of two million euros bring models, data and applications of
      the marine community onto the platform, and national and regional projects are connected to it.`,
  },
  {
    name: 'CONNECT-NM, since the end of 2024',
    topic: 'HORIZON-EURATOM-2026-01-08',
    text: `National research centres coordinate their work on materials for nuclear reactors of all generations. Steels, claddings,
      fuels, ceramics, concrete and polymers of cables are designed, made and qualified faster: by models of how radiation and
      corrosion age them, by tests in reactors and hot cells, by non-destructive examination of components, by new ways of
      manufacturing, and by digital methods that replace trial and error. Open calls add partners, and experts of
      industry say what has to be licensed first.`,
  },
  {
    name: 'the partnership on pandemic preparedness, BE READY NOW',
    topic: 'HORIZON-HLTH-2026-03-DISEASE-13',
    text: `Ministries, funders and institutes of public health of the Union and its neighbours prepare for the next epidemic.
      They agree on what has to be researched between crises, fund transnational studies of emerging viruses and other
      pathogens, keep networks of clinical trials and laboratories ready that start within days when an outbreak is
      declared, and link research on vaccines, treatments and diagnostics with social sciences and animal health. Data are
      shared early, and all countries can take part.`,
  },
  {
    name: 'the partnership on raw materials',
    topic: 'HORIZON-CL4-INDUSTRY-2025-01-MATERIALS-64',
    text: `Public funders of many countries pool their budgets for research on primary and secondary raw materials that batteries,
      magnets, electronics and construction need. A joint call funds projects on the exploration of mineral deposits, on
      mining with less impact, on the processing and refining of critical metals, on the recycling of products at the end of
      their life, and on the substitution of scarce elements, together with studies of what local people accept.`,
  },
];

const MOST = 10;
const KINDS = ['all', 'french', 'english', 'typo', 'prefix', 'identifier'];
interface Figures {
  queries: number;
  'nDCG@10': number;
  found3: number;
}
interface Searched {
  id: string;
  title: string;
  identifier: string;
  text: string;
}
/** Returns the ids of the calls that a query finds, the best first. */
type Search = (q: string) => Promise<string[]>;

/** What the program itself shows above the line of what is only near. */
const ours =
  (app: TestApp['app']): Search =>
  async (q) => {
    const { items } = await app.get(CallSearch).page({ q }, { limit: MOST, language: 'en' });
    return items.flatMap(({ reference, near }) => (near ? [] : [reference]));
  };

/** A search library with its usual means against slips, on words without accents. */
function minisearch(calls: Searched[]): Search {
  const index = new MiniSearch<Searched>({
    fields: ['title', 'identifier', 'text'],
    processTerm: (word) => bare(fold(word)),
  });
  index.addAll(calls);
  const options = { fuzzy: 0.2, prefix: true, combineWith: 'AND' as const, boost: { title: 3 } };
  return (q) =>
    Promise.resolve(
      index
        .search(q, options)
        .slice(0, MOST)
        .map(({ id }) => String(id)),
    );
}

/** PostgreSQL's full text, with extensions against accents and slips that only a superuser creates. */
async function postgres(client: pg.Client, calls: Searched[]): Promise<Search> {
  await client.query('CREATE EXTENSION IF NOT EXISTS unaccent; CREATE EXTENSION IF NOT EXISTS pg_trgm');
  await client.query(
    `CREATE TEMP TABLE searched AS SELECT c->>'id' AS id, unaccent(c->>'title') AS title,
            setweight(to_tsvector('english', unaccent(c->>'title') || ' ' || (c->>'identifier')), 'A') || to_tsvector('english', unaccent(c->>'text')) AS words
       FROM jsonb_array_elements($1::jsonb) c`,
    [JSON.stringify(calls)],
  );
  return async (q) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM searched, websearch_to_tsquery('english', unaccent($1)) asked
        WHERE words @@ asked OR word_similarity(unaccent($1), title) > 0.6
        ORDER BY ts_rank(words, asked) + word_similarity(unaccent($1), title) DESC, id LIMIT ${MOST}`,
      [q],
    );
    return rows.map(({ id }) => id);
  };
}

(there ? describe : describe.skip)('what officers type into the search', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-search-'));
  let server: TestApp;
  const figures: Record<string, Record<string, Figures>> = {};

  async function scored(name: string, search: Search): Promise<void> {
    const run = join(folder, `${name}.tsv`);
    const lines: string[] = [];
    for (const line of readFileSync(join(QUERIES, 'queries.tsv'), 'utf8').trim().split('\n')) {
      const [id, q] = line.split('\t');
      for (const call of await search(q!)) lines.push(`${id}\t${call}\n`);
    }
    writeFileSync(run, lines.join(''));
    const { stdout } = spawnSync(process.execPath, [join(QUERIES, 'score.mjs'), '--run', run], {
      encoding: 'utf8',
    });
    figures[name] = Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => [line.split(' ')[0]!, JSON.parse(line.slice(line.indexOf('{'))) as Figures]),
    );
  }

  beforeAll(async () => {
    server = await startApp({}, { working: false });
    const calls = callsIn(CALLS).map((listed) => ({ id: listed.id, ...matchable(listed) }));
    await storeCalls(
      server.app,
      calls.map(({ id, identifier, kind = 'grant', typesOfAction, title, destination, sections }) =>
        aCall(id, { identifier, kind, typesOfAction, title, destination, sections }),
      ),
    );
    await server.app.get(Corpus).refresh();
    const plain = calls.map(({ id, title, identifier, sections }) => ({
      id,
      title,
      identifier: identifier ?? '',
      text: sections.map(({ text }) => text).join('\n'),
    }));
    const url = new URL(process.env['TEST_SUPERUSER_URL']!);
    url.pathname = new URL(server.wiring.env.DATABASE_URL!).pathname;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    await scored('ours', ours(server.app));
    await scored('minisearch', minisearch(plain));
    await scored('PostgreSQL', await postgres(client, plain));
    await client.end();
    const row = (cells: string[]): string => `| ${cells.join(' | ')} |\n`;
    process.stdout.write(
      row(['nDCG@10, a right one among the first three', ...KINDS]) +
        row(['---', ...KINDS.map(() => '---')]) +
        Object.entries(figures)
          .map(([name, of]) =>
            row([
              name,
              ...KINDS.map((kind) => `${of[kind]!['nDCG@10'].toFixed(2)}, ${of[kind]!.found3.toFixed(2)}`),
            ]),
          )
          .join(''),
    );
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['all', 0.75, 0.875],
    ['french', 0.68, 0.83],
    ['english', 0.81, 0.91],
    ['typo', 0.68, 0.75],
    ['prefix', 0.74, 1],
    ['identifier', 0.97, 1],
  ])('finds the calls about it, and a right one among the first three: %s', (kind, least, found3) => {
    expect(figures['ours']![kind]!['nDCG@10']).toBeGreaterThanOrEqual(least);
    expect(figures['ours']![kind]!.found3).toBeGreaterThanOrEqual(found3);
  });

  it.each(KINDS)('finds more than a search library, and than PostgreSQL with its extensions: %s', (kind) => {
    for (const other of ['minisearch', 'PostgreSQL'])
      expect(figures['ours']![kind]!['nDCG@10']).toBeGreaterThan(figures[other]![kind]!['nDCG@10']);
  });

  it('finds the topics of three of five projects by a summary of each, among the first ten', async () => {
    const places: string[] = [];
    for (const { name, text, topic } of PROJECTS) {
      const { body } = await api<{ calls: { call: { identifier: string } }[] }>(
        server.url,
        '/v1/calls/like',
        {
          method: 'POST',
          body: { text },
        },
      );
      const place = body.calls.findIndex(({ call }) => call.identifier === topic);
      if (place >= 0 && place < MOST) places.push(name);
      process.stdout.write(`For a project: ${name}: ${place < 0 ? 'not found' : `place ${place + 1}`}\n`);
    }
    expect(places.length).toBeGreaterThanOrEqual(3);
  });
});
