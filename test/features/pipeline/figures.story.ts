import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { STAGES } from '../../../src/pipeline/domain/stage.js';
import { PipelineFigures, type Period } from '../../../src/pipeline/pipeline-figures.js';
import type { Figures } from '../../../src/pipeline/domain/figures.js';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { get, linesOf, WIND } from '../../support/institutes/sheets.js';

const INSTITUTES = ['wind-a', 'wind-b', 'wind-c', 'wind-d'];
const CALLS = 80;
const sector = (id: string, members: string[] | 'all') => ({
  ...{ id, members, name: { fr: `Secteur ${id}`, en: `Sector ${id}` } },
  confirmed: false,
  source: 'A test.',
});
const SECTORS = [
  sector('everybody', 'all'),
  sector('sea', ['wind-a', 'wind-b', 'wind-c']),
  sector('small', ['wind-c', 'wind-d']),
];
const TYPES = ['HORIZON Research and Innovation Actions', 'HORIZON Innovation Actions'];

describe('figures', () => {
  let world: InboxTest;
  let database: DataSource;
  beforeAll(async () => {
    world = await startInbox(
      INSTITUTES.map((id) => aProfile(id, { language: 'en' })),
      Array.from({ length: CALLS }, (_, i) =>
        aCall(`F${i}`, { title: `Call ${i}`, sections: WIND, typesOfAction: [TYPES[i % 2]!] }),
      ),
      SECTORS,
    );
    database = world.test.app.get(DataSource);
    await fillYear();
  });
  afterAll(() => world?.stop());

  /** Inserts the rows of a made-up year of verdicts, proposals and results. */
  async function fillYear(): Promise<void> {
    const calls: { id: string }[] = await database.query('SELECT id FROM call ORDER BY id');
    for (const [p, profile] of INSTITUTES.entries())
      for (const [i, { id }] of calls.entries()) {
        if ((i + p) % 4 === 3) continue;
        const at = new Date(Date.UTC(2026, i % 12, (i % 28) + 1, 9));
        const verdict = (i + p) % 3 === 0 ? 'not' : 'relevant';
        await database.query(
          `INSERT INTO review (profile_id, call_id, seen_version, seen_at, verdict, reason, verdict_by, verdict_at, verdict_version) VALUES ($1, $2, 1, $3, $4, $5, 'x', $3, 1)`,
          [profile, id, at, verdict, verdict === 'not' ? 'topic' : null],
        );
        if (verdict === 'not') continue;
        // Half of them have a result, and one role is rare.
        const result = i % 4 === 0 ? 'funded' : 'rejected';
        const stage = i % 2 === 0 ? result : STAGES[(i * 7 + p) % STAGES.length]!;
        const role = i % 31 === 0 ? 'subcontractor' : i % 5 === 1 ? null : 'partner';
        await database.query(
          `INSERT INTO opportunity (id, profile_id, call_id, stage, stage_at, role, partners, requested, currency, share, milestones, created_at, updated_at, deadline_at)
           VALUES ($1, $2, $3, $4, $5, $6, '{}', $7, $8, $9, '[]', $5, $5, $10)`,
          [
            ...[randomUUID(), profile, id, stage, at, role],
            ...[1_000_000 + i * 1_000, i % 17 === 0 ? 'CHF' : 'EUR', i % 9 === 0 ? null : 100_000 + i * 100],
            // Half an hour before and after midnight in Brussels, which is the year before in UTC.
            i % 7 === 0
              ? null
              : new Date(Date.UTC(2023 + (Math.floor(i / 3) % 3), 11, 31, i % 5 < 2 ? 22 : 23, 30)),
          ],
        );
      }
  }

  const figures = () => world.test.app.get(PipelineFigures);
  const of = (profile: string, period: Period = {}): Promise<Figures> =>
    figures().ofInstitute(profile, period);
  const PERIOD = { from: '2026-02-01', to: '2026-12-14' };
  const WITHIN = `>= '2026-02-01' AT TIME ZONE 'Europe/Brussels' AND`;
  const during = (column: string) =>
    `${column} ${WITHIN} ${column} < '2026-12-15' AT TIME ZONE 'Europe/Brussels'`;

  it('of a period are what SQL of its own counts', async () => {
    for (const profile of INSTITUTES.slice(0, 2)) {
      const figures = await of(profile, PERIOD);
      const [{ decided, relevant, days }] = await database.query<
        [{ decided: number; relevant: number; days: number }]
      >(
        `SELECT count(*)::int AS decided, sum((verdict = 'relevant')::int)::int AS relevant,
                percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM verdict_at) - extract(epoch FROM first_seen_at)) / 86400) AS days
           FROM review JOIN call ON call.id = call_id WHERE profile_id = $1 AND ${during('verdict_at')}`,
        [profile],
      );
      expect(figures.activity).toMatchObject({ decided, relevant, read: decided });
      expect(figures.activity.medianDays).toBeCloseTo(days, 6);
      const groups = async (expression: string) =>
        database.query<{ name: string | null; hits: number; of: number }[]>(
          `SELECT ${expression} AS name, count(*) FILTER (WHERE stage = 'funded')::int AS hits, count(*)::int AS of
             FROM opportunity o JOIN call ON call.id = o.call_id WHERE profile_id = $1 AND stage IN ('funded', 'rejected') AND ${during('stage_at')}
            GROUP BY 1 ORDER BY 3 DESC, 1`,
          [profile],
        );
      const told = (rates: Figures['byRole']) =>
        rates
          .map(({ name, hits, of: n, rate }) => ({ name, hits, of: n, rate }))
          .sort((a, b) => b.of - a.of || (a.name ?? '').localeCompare(b.name ?? ''));
      const wanted = (rows: { name: string | null; hits: number; of: number }[]) =>
        rows
          .map((r) => ({ ...r, rate: r.of < 10 ? null : r.hits / r.of }))
          .sort((a, b) => b.of - a.of || (a.name ?? '').localeCompare(b.name ?? ''));
      expect(told(figures.byRole)).toEqual(wanted(await groups('role')));
      const outcomes = async (expression: string, order: string) =>
        database.query(
          `SELECT ${expression} AS name, count(*) FILTER (WHERE stage = 'funded')::int AS hits, count(*) FILTER (WHERE stage IN ('funded', 'rejected'))::int AS of, count(*)::int AS bids,
                  sum(share) FILTER (WHERE currency = 'EUR') AS asked, count(*) FILTER (WHERE currency = 'EUR' AND share IS NULL)::int AS unstated, sum(share) FILTER (WHERE currency = 'EUR' AND stage = 'funded') AS won
             FROM opportunity o JOIN call ON call.id = o.call_id
            WHERE profile_id = $1 AND stage IN ('submitted', 'reserve-list', 'funded', 'rejected') AND ${during('stage_at')} GROUP BY 1 ORDER BY ${order}`,
          [profile],
        );
      const flat = (found: Figures['byYear']) =>
        found.map(({ name, hits, of: n, bids, submitted, won }) => {
          const [asked, gained] = [submitted, won].map((m) => m.find((one) => one.currency === 'EUR')?.share);
          return {
            ...{ name, hits, of: n, bids, asked: asked?.amount ?? null },
            ...{ unstated: asked?.unknown ?? 0, won: gained?.amount ?? null },
          };
        });
      const year = `to_char(o.deadline_at AT TIME ZONE 'Europe/Brussels', 'YYYY')`;
      expect(flat(figures.byYear)).toEqual(await outcomes(year, 'name NULLS LAST'));
      expect(figures.byYear.length).toBeGreaterThan(3);
      expect(flat(figures.byProgramme)).toEqual(await outcomes('programme', 'bids DESC, name'));
      expect(told(figures.byTypeOfAction)).toEqual(
        wanted(
          await groups(
            `CASE WHEN call.content->'typesOfAction'->>0 LIKE '%Research%' THEN 'RIA' ELSE 'IA' END`,
          ),
        ),
      );
      // Some are on either side of the limit.
      const all = [figures.success, ...figures.byRole, ...figures.byTypeOfAction];
      expect([all.some((r) => r.rate === null), all.some((r) => r.rate !== null)]).toEqual([true, true]);
    }
  });

  it('have what was requested and won to the euro, each currency by itself', async () => {
    const { submitted, won } = await of('wind-a');
    const sums = (stages: string) =>
      database.query(
        `SELECT currency, json_build_object('amount', sum(requested), 'unknown', count(*) - count(requested)) AS requested,
                json_build_object('amount', sum(share), 'unknown', count(*) - count(share)) AS share, count(*)::int AS bids FROM opportunity
          WHERE profile_id = 'wind-a' AND stage IN (${stages}) GROUP BY 1 ORDER BY 1`,
      );
    expect(submitted).toEqual(await sums(`'submitted', 'reserve-list', 'funded', 'rejected'`));
    expect(won).toEqual(await sums(`'funded'`));
    expect(submitted.map((m) => m.currency)).toEqual(['CHF', 'EUR']);
  });

  it('of the network are those of all institutes together', async () => {
    const coordinator = await somebody(world.test, { role: 'coordinator' });
    const all = await figures().ofNetwork({});
    const each = await Promise.all(INSTITUTES.map((id) => of(id)));
    const sum = (value: (f: Figures) => number): number => each.reduce((n, f) => n + value(f), 0);
    expect(all.activity.decided).toBe(sum((f) => f.activity.decided ?? 0));
    expect([all.go.hits, all.go.of]).toEqual([sum((f) => f.go.hits), sum((f) => f.go.of)]);
    expect([all.success.hits, all.success.of]).toEqual([
      sum((f) => f.success.hits),
      sum((f) => f.success.of),
    ]);
    // By sector, except for a sector with too few institutes.
    const [sea] = await database.query(
      `SELECT count(*) FILTER (WHERE stage = 'funded')::int AS hits, count(*)::int AS of FROM opportunity
        WHERE stage IN ('funded', 'rejected') AND profile_id IN ('wind-a', 'wind-b', 'wind-c')`,
    );
    expect(all.bySector.map(({ name, hits, of: n, rate }) => ({ name, hits, of: n, rate }))).toEqual([
      { name: 'sea', ...sea, rate: sea.hits / sea.of },
    ]);
    const page = load((await coordinator.get('/figures')).body);
    expect(page('main').text()).toContain('Sector sea');
    expect(page('main').text()).toContain('All institutes together');
    expect((await coordinator.get('/institutes/wind-a/figures')).status).toBe(403);
    expect((await world.officer.get('/figures')).status).toBe(403);
  });

  it('by year are a chart for readers of both kinds, its table and lines of the sheet', async () => {
    const { byYear } = await of('wind-a');
    for (const [language, no, share] of [
      ['en', 'No deadline', 'Our share'],
      ['fr', 'Sans date limite', 'Notre part'],
    ] as const) {
      const cookie = `${world.officer.cookie}; lang=${language}`;
      const shown = await get(world.test.url, '/institutes/wind-a/figures', { cookie });
      const page = load(await shown.text());
      const section = page('section[aria-labelledby=outcomes-0]');
      const chart = section.find('svg.bar-chart');
      expect(chart.find(`#${chart.attr('aria-labelledby')}`).text()).toContain('euros');
      expect(chart.find(`#${chart.attr('aria-describedby')}`).text()).not.toBe('');
      expect(
        chart
          .find('.chart-label')
          .toArray()
          .map((label) => page(label).text()),
      ).toEqual(byYear.map((y) => y.name ?? no));
      // The bars have the proportions of the amounts.
      const widths = (look: string) =>
        chart
          .find(`rect.chart-${look}`)
          .toArray()
          .map((bar) => Number.parseFloat(page(bar).attr('width')!));
      const asked = byYear.map((y) => y.submitted.find((m) => m.currency === 'EUR')!.share.amount!);
      for (const [i, width] of widths('beside').entries())
        expect(width / widths('beside')[0]!).toBeCloseTo(asked[i]! / asked[0]!, 2);
      expect(section.find('tbody tr').length).toBe(byYear.length);
      expect(section.find('tbody tr').first().text().replaceAll(/\s/g, '')).toContain(
        new Intl.NumberFormat(language).format(asked[0]!).replaceAll(/\s/g, ''),
      );
      const lines = await linesOf(await get(world.test.url, '/institutes/wind-a/figures.xlsx', { cookie }));
      expect(
        lines.filter((l) => Object.values(l)[0]!.endsWith(share) && Object.values(l)[0]!.includes(' 2025 '))
          .length,
      ).toBeGreaterThan(0);
    }
  });

  it('are a page with bars and tables, and the same as a sheet', async () => {
    const figures = await of('wind-a');
    const page = load((await world.officer.get('/institutes/wind-a/figures')).body);
    const rates = page('section[aria-labelledby=rates]');
    expect(rates.text()).toContain(`${figures.success.hits} of ${figures.success.of}`);
    expect(rates.find('svg').length).toBe(2);
    const lines = await linesOf(
      await get(world.test.url, '/institutes/wind-a/figures.xlsx', { cookie: world.officer.cookie }),
    );
    const line = lines.find((l) => l['Figure'] === 'Rate – Success rate')!;
    expect(line).toMatchObject({
      Value: String(figures.success.hits),
      'Based on': String(figures.success.of),
    });
    expect(Number(line['Rate (%)'])).toBeCloseTo(figures.success.rate! * 100, 1);
  });

  it('draw no chart where no amount is stated, and have the table all the same', async () => {
    await database.query(`UPDATE opportunity SET share = NULL WHERE profile_id = 'wind-d'`);
    const officer = await somebody(world.test, { role: 'officer', profile: 'wind-d' });
    const section = load((await officer.get('/institutes/wind-d/figures')).body)(
      'section[aria-labelledby=outcomes-0]',
    );
    expect(section.find('svg.bar-chart').length).toBe(0);
    expect(section.text()).toContain('No amount in euros is stated.');
    expect(section.find('tbody tr').length).toBe((await of('wind-d')).byYear.length);
  });
});
