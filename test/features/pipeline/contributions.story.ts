import { load } from 'cheerio';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { gunzipSync } from 'node:zlib';
import type { YearOfContributions } from '../../../src/funded-projects/domain/contributions.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { PipelineFigures } from '../../../src/pipeline/pipeline-figures.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { get, linesOf } from '../../support/institutes/sheets.js';

interface Listed {
  id: string;
  acronym: string;
  title: string;
  start: string | null;
  organisations: { id: string; role: string; country: string }[];
}
/** CORDIS data on 6,511 projects, if present next to the checkout; otherwise made-up projects are used. */
const FILE = join(__dirname, '../../../../shared/evaluation/history.jsonl.gz');
const madeUp = (): Listed[] =>
  Array.from({ length: 400 }, (_, i) => ({
    id: String(100_000 + i),
    acronym: `P${i}`,
    title: `Project ${i}`,
    start: i % 40 === 0 ? null : `${2008 + (i % 10)}-03-01`,
    organisations: Array.from({ length: 6 }, (_, n) => ({
      id: String(900_000_000 + ((i + n * n) % 25)),
      role: n === 0 ? 'coordinator' : 'participant',
      country: 'FR',
    })),
  }));
const projects: Listed[] = existsSync(FILE)
  ? gunzipSync(readFileSync(FILE))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Listed)
  : madeUp();

/** Participant numbers, most frequent first. */
const PICS = [
  ...projects
    .flatMap((p) => p.organisations.map((o) => o.id))
    .reduce((counts, pic) => counts.set(pic, (counts.get(pic) ?? 0) + 1), new Map<string, number>()),
]
  .sort((a, b) => b[1] - a[1])
  .map(([pic]) => pic);
const CLAIMED = { a: [PICS[0]!], b: [PICS[0]!, PICS[1]!], c: [PICS[2]!], d: [] as string[] };
const profile = (id: keyof typeof CLAIMED): Profile =>
  aProfile(id, {
    language: 'en',
    trackRecord: Profile.shape.trackRecord.parse(CLAIMED[id].map((pic) => ({ pic, all: true }))),
  });

describe('contributions to claimed projects', () => {
  let world: InboxTest;
  let database: DataSource;
  beforeAll(async () => {
    world = await startInbox((['a', 'b', 'c', 'd'] as const).map(profile), []);
    database = world.test.app.get(DataSource);
    await database.query(
      `INSERT INTO history_project (id, acronym, title, programme, start_on, topic_codes)
       SELECT id::bigint, acronym, title, 'H2020', start::date, '{}' FROM jsonb_to_recordset($1::jsonb) AS p (id text, acronym text, title text, start text)`,
      [JSON.stringify(projects)],
    );
    // The sample has no amounts and no terminated participants: both are made up, to the cent.
    const parts = projects.flatMap(({ id, organisations }) =>
      organisations.map((o, i) => ({
        ...{ id, pic: o.id, role: o.role, country: o.country },
        net: (Number(id) + i) % 13 === 0 ? null : ((Number(id) * 7_919 + i * 104_729) % 90_000_000) / 100,
        ended: (Number(id) + i) % 17 === 0,
      })),
    );
    await database.query(
      `INSERT INTO history_participant (project_id, pic, role, country, name, net_ec_contribution, ended)
       SELECT id::bigint, pic, role, country, 'X', net, ended FROM jsonb_to_recordset($1::jsonb) AS p (id text, pic text, role text, country text, net numeric, ended boolean)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(parts)],
    );
  });
  afterAll(() => world?.stop());

  const of = (profileId: string | null): Promise<YearOfContributions[]> =>
    acrossInstitutes('what is counted', () => world.test.app.get(PipelineFigures).contributions(profileId));

  /** Returns the sums for these participant numbers. Each of them claims all of its projects. */
  const counted = (pics: string[]): Promise<object[]> =>
    database.query(
      `WITH own AS (SELECT a.project_id, a.pic, a.role, a.net_ec_contribution AS net, a.ended IS TRUE AS ended, extract(year FROM p.start_on)::int AS year,
                           bool_and(a.ended IS TRUE) OVER (PARTITION BY a.project_id) AS gone
                      FROM history_participant a JOIN history_project p ON p.id = a.project_id WHERE a.pic = ANY($1))
       SELECT year::text AS year, count(DISTINCT project_id) FILTER (WHERE NOT ended)::int AS projects,
              sum(net) FILTER (WHERE NOT ended)::float8 AS total, (count(*) FILTER (WHERE NOT ended AND net IS NULL))::int AS unknown,
              sum(net) FILTER (WHERE NOT ended AND role = 'coordinator')::float8 AS coordinated,
              sum(net) FILTER (WHERE NOT ended AND role <> 'coordinator')::float8 AS joined,
              count(DISTINCT project_id) FILTER (WHERE gone)::int AS left, sum(net) FILTER (WHERE gone)::float8 AS "leftNet"
         FROM own GROUP BY 1 ORDER BY 1 NULLS LAST`,
      [pics],
    );
  const flat = (years: YearOfContributions[]): object[] =>
    years.map(({ year, projects: n, total, coordinated, joined, left }) => ({
      ...{ year, projects: n, total: total.amount, unknown: total.unknown },
      ...{ coordinated: coordinated.amount, joined: joined.amount },
      ...{ left: left.projects, leftNet: left.net.amount },
    }));

  it('are to the cent what SQL of its own counts, by year and role, without those who left', async () => {
    for (const id of ['a', 'b', 'c'] as const) {
      const years = await of(id);
      expect(flat(years)).toEqual(await counted(CLAIMED[id]));
      expect(years.length).toBeGreaterThan(3);
      expect(years.some((y) => y.left.projects > 0)).toBe(true);
    }
  });

  it('of the network count once what two institutes claim', async () => {
    const years = await of(null);
    const sums = (rows: object[]): unknown => rows.map((r) => ({ ...r, left: 0, leftNet: 0 }));
    expect(sums(flat(years))).toEqual(sums(await counted([...new Set(Object.values(CLAIMED).flat())])));
  });

  it('are a chart that prints, a table behind it, and lines of the sheet', async () => {
    const officer = await somebody(world.test, { role: 'officer', profile: 'a' });
    const years = await of('a');
    const page = load((await officer.get('/institutes/a/figures')).body);
    const section = page('section[aria-labelledby=contributions]');
    expect(section.text()).toContain('€110 million for the whole network in 2014');
    expect(section.find('svg .chart-row').length).toBe(years.filter((y) => y.year !== null).length);
    expect(section.find('tbody tr').length).toBe(years.length);
    // Screen readers list the parts of a page by name.
    const parts = page('section[aria-labelledby], [role=region]').get();
    const names = parts.map((part) => page(part).attr('aria-labelledby') ?? page(part).attr('aria-label'));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const lines = await linesOf(
      await get(world.test.url, '/institutes/a/figures.xlsx', { cookie: officer.cookie }),
    );
    const [first] = years;
    const line = lines.find((l) => l['Figure'] === `European contributions – ${first!.year} – Total`)!;
    expect([Number(line['Value']), line['Based on']]).toEqual([first!.total.amount, String(first!.projects)]);
  });

  it('say so where nothing is claimed', async () => {
    const officer = await somebody(world.test, { role: 'officer', profile: 'd' });
    expect(await of('d')).toEqual([]);
    expect((await officer.get('/institutes/d/figures')).body).toContain(
      'No funded project in your profile yet',
    );
  });
});
