import { load } from 'cheerio';
import { join } from 'node:path';
import { ClaimedProjects } from '../../../src/matching/corpus.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { HistoryImport } from '../../../src/funded-projects/history-import.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { aCall } from '../../support/matching/calls.js';
import { CEA, CordisFolder, manyRows, OWN, SAMPLE, type Row } from '../../support/harvest/cordis.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const nothing = () => undefined;
const imported = (server: TestApp, folder: CordisFolder) =>
  server.app.get(HistoryImport).run((name) => join(folder.path, name), {
    waiting: nothing,
    absent: nothing,
    begins: nothing,
    moves: nothing,
    stores: nothing,
    ends: nothing,
  });
const trackRecord = [
  {
    pic: CEA,
    projects: ['HYPERION', 'MISSPELT'],
    rules: [{ city: 'Grenoble', words: ['hydrogen'], from: '2014-01-01' }],
    all: false,
    except: ['101050001'],
  },
  { pic: OWN, projects: [], rules: [], all: true, except: [] },
];
const claiming = aProfile('institute', {
  trackRecord,
  competences: [{ label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 }],
});

/** Starts an application with these projects imported before the tests, and stops it after them. */
function serving(
  config: ReturnType<typeof configWith>,
  folder: CordisFolder,
  started: (server: TestApp) => void,
): void {
  let server: TestApp | undefined;
  beforeAll(async () => {
    started((server = await startApp({}, { working: false, adjust: on(config.dir) })));
    await imported(server, folder);
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
    folder.remove();
  });
}

describe('the track record of an institute', () => {
  const config = configWith([
    claiming,
    aProfile('other'),
    aProfile('shared', { trackRecord: [{ pic: CEA, projects: [], rules: [], all: true, except: [] }] }),
  ]);
  const folder = new CordisFolder(SAMPLE);
  let server: TestApp;
  serving(config, folder, (started) => {
    server = started;
  });
  const get = (path = '') => api(server.url, `/v1/profiles/institute/track-record${path}`);
  const content = async () => (await api(server.url, '/v1/profiles/institute')).body;

  it('shows what it claims and why, the latest first, what is left, and names that nothing bears', async () => {
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      next: null,
      total: 4,
      unclaimed: 3,
      unknown: [{ pic: CEA, name: 'MISSPELT' }],
    });
    expect(body.items.map((i: any) => [i.id, i.why])).toEqual([
      [
        '101050002',
        [
          { by: 'rule', pic: CEA, rule: 1, found: ['2023-06-01', 'Grenoble', 'hydrogen'] },
          { by: 'all', pic: OWN },
        ],
      ],
      ['700002', [{ by: 'all', pic: OWN }]],
      ['101050003', [{ by: 'all', pic: OWN }]],
      ['700001', [{ by: 'project', pic: CEA, name: 'HYPERION' }]],
    ]);
    expect(body.items[3]).toEqual({
      id: '700001',
      acronym: 'HYPERION',
      title: 'Fuel cells "made to last"; for ships',
      programme: 'H2020',
      start: '2016-03-01',
      end: '2019-02-28',
      fundingScheme: 'RIA',
      subjects: ['fuel cells'],
      topics: [{ code: 'FCH-01.2-2015', title: 'Cell and stack components' }],
      status: 'SIGNED',
      totalCost: 2_500_000,
      ecMaxContribution: 1_999_999.5,
      roles: ['coordinator'],
      left: false,
      own: [
        { pic: CEA, role: 'coordinator', ecContribution: null, netEcContribution: null, totalCost: null },
      ],
      participants: 2,
      why: expect.any(Array),
    });
  });

  it('comes page by page, each project once, also those without a day', async () => {
    const ids: string[] = [];
    for (let path: string | null = '?limit=1', pages = 0; path && pages < 10; pages += 1) {
      const { body }: { body: any } = await get(path);
      ids.push(...body.items.map((i: any) => i.id));
      path = body.next && `?limit=1&cursor=${body.next}`;
    }
    expect(ids).toEqual(['101050002', '700002', '101050003', '700001']);
    const all = (await api(server.url, '/v1/profiles/shared/track-record')).body;
    expect(all.items.at(-1)).toMatchObject({ id: '700003', start: null });
    const rest = await api(server.url, `/v1/profiles/shared/track-record?limit=3`);
    expect(
      (await api(server.url, `/v1/profiles/shared/track-record?cursor=${rest.body.next}`)).body.items,
    ).toEqual(all.items.slice(3));
    expect((await get('?cursor=x')).status).toBe(400);
  });

  it('may be claimed by two institutes, and by none', async () => {
    expect((await api(server.url, '/v1/profiles/shared/track-record')).body).toMatchObject({
      total: 6,
      unclaimed: 0,
      unknown: [],
    });
    expect((await api(server.url, '/v1/profiles/other/track-record')).body).toEqual({
      items: [],
      next: null,
      total: 0,
      money: {
        projects: 0,
        ecMaxContribution: { amount: null, unknown: 0 },
        netEcContribution: { amount: null, unknown: 0 },
      },
      unclaimed: 0,
      unknown: [],
    });
    expect((await api(server.url, '/v1/profiles/none/track-record')).status).toBe(404);
    expect((await api(server.url, '/v1/profiles/institute/track-record', { token: null })).status).toBe(401);
    const stranger = await somebody(server, { role: 'officer', profile: 'other' });
    expect((await stranger.get('/v1/profiles/institute/track-record')).status).toBe(403);
  });

  it('is kept by the form, which does not show it', async () => {
    const officer = await somebody(server, { role: 'officer', profile: 'institute' });
    const path = '/institutes/institute/profile';
    const fields = Object.fromEntries(
      load((await officer.get(path)).body)('#editor')
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    );
    expect(
      (
        await officer.post(path, {
          ...fields,
          'competences.0.keywords': 'wind turbine\r\ntidal stream',
          action: 'save',
        })
      ).status,
    ).toBe(303);
    expect(await content()).toMatchObject({
      version: 2,
      trackRecord,
      competences: [{ keywords: ['wind turbine', 'tidal stream'] }],
    });
    expect((await officer.post(`${path}/preview`, fields)).status).toBe(200);
    const start = {
      action: 'next',
      version: '2',
      name: 'Carnot institute',
      language: 'en',
      contact: '',
      'competences.0.label': 'Wind',
      'competences.0.keywords': 'wind turbine',
    };
    expect((await officer.post('/institutes/institute/start/profile', start)).status).toBe(303);
    expect(await content()).toMatchObject({ version: 3, confirmed: true, trackRecord });
  });

  it('goes out and in as YAML, is matched anew where it changes, and its change is told', async () => {
    const yaml = '/v1/profiles/institute/profile.yaml';
    const put = async (text: string) => {
      const response = await fetch(new URL(yaml, server.url), {
        method: 'PUT',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/yaml' },
        body: text,
      });
      return { status: response.status, body: (await response.json()) as any };
    };
    const { body: text } = await api<string>(server.url, yaml);
    expect(text).toContain('trackRecord:\n  - pic: "999992401"\n    projects: [HYPERION, MISSPELT]\n');
    const before = await content();
    expect(await put(text)).toMatchObject({ status: 200, body: { version: before.version } });
    expect(await put(text.replace(', MISSPELT', ''))).toMatchObject({
      status: 200,
      body: {
        version: before.version + 1,
        revision: before.revision + 1,
        trackRecord: [{ projects: ['HYPERION'] }, {}],
      },
    });
    const said = async (from: string, to: string) =>
      (await put(text.replace(from, to))).body.errors?.map((e: any) => e.message).join();
    expect(await said('"999992401"', '999992401')).toMatch(
      /^line \d+: must be a text \(it is 999992401\)\. Fix: Write one text; put it in quotes/,
    );
    expect(await said('all: true', 'all: false')).toMatch(
      /claims nothing; give projects, rules or "all" \(true\)/,
    );
    expect(await said('city: Grenoble', 'town: Grenoble')).toMatch(/is not a known field/);
    const officer = await somebody(server, { role: 'officer', profile: 'institute', language: 'en' });
    const version = (await officer.get(`/institutes/institute/profile/versions/${before.version}`)).body;
    expect(load(version).text()).toContain('Own projects');
    await api(server.url, `/v1/profiles/institute/versions/${before.version}/restore`, { method: 'POST' });
    expect(await content()).toMatchObject({ trackRecord });
  });

  it('is seeded from a file', () => {
    expect(readInstitutes(config.dir).find((f) => f.profile.id === 'institute')!.profile.trackRecord).toEqual(
      trackRecord,
    );
  });
});

describe('the money of a track record', () => {
  const config = configWith([claiming, aProfile('empty')]);
  const money: Record<string, Row> = {
    [`700001 ${CEA}`]: { endOfParticipation: 'true', netEcContribution: '100' },
    [`700002 ${OWN}`]: { netEcContribution: '528340.97', ecContribution: '600000' },
    [`101050003 ${OWN}`]: { netEcContribution: '0.1', role: 'thirdParty' },
    [`700001 999000222`]: { endOfParticipation: 'true' },
  };
  const folder = new CordisFolder({
    ...SAMPLE,
    'project.csv': SAMPLE['project.csv']!.map((p) => ({
      ...p,
      ...(p['id'] === '700002'
        ? { status: 'TERMINATED' }
        : p['id'] === '101050003'
          ? { ecMaxContribution: '' }
          : {}),
    })),
    'organization.csv': SAMPLE['organization.csv']!.map((o) => ({
      ...o,
      ...money[`${o['projectID']} ${o['organisationID']}`],
    })),
  });
  let server: TestApp;
  serving(config, folder, (started) => {
    server = started;
  });

  it('is told project by project, summed where it is known, and a project that was left counts for nothing', async () => {
    const { body } = await api(server.url, '/v1/profiles/institute/track-record?limit=2');
    expect(body).toMatchObject({
      total: 4,
      unclaimed: 3,
      unknown: [{ name: 'MISSPELT' }],
      money: {
        projects: 3,
        ecMaxContribution: { amount: 3_999_999, unknown: 1 },
        netEcContribution: { amount: 528_341.07, unknown: 2 },
      },
    });
    const { items } = (await api(server.url, '/v1/profiles/institute/track-record')).body;
    expect(
      items.map((i: any) => [
        i.id,
        i.status,
        i.left,
        i.participants,
        i.ecMaxContribution,
        i.own.map((o: any) => [o.pic, o.role, o.netEcContribution]),
      ]),
    ).toEqual([
      [
        '101050002',
        'SIGNED',
        false,
        2,
        1_999_999.5,
        [
          [CEA, 'participant', null],
          [OWN, 'participant', null],
        ],
      ],
      ['700002', 'TERMINATED', false, 2, 1_999_999.5, [[OWN, 'coordinator', 528_340.97]]],
      ['101050003', 'SIGNED', false, 1, null, [[OWN, 'thirdParty', 0.1]]],
      ['700001', 'SIGNED', true, 0, 1_999_999.5, [[CEA, 'coordinator', 100]]],
    ]);
  });

  it('stands on a page of the profile, in the words of its reader, with who left', async () => {
    const seen = async (language: 'en' | 'fr', path = 'institute') => {
      const officer = await somebody(server, { role: 'officer', profile: path, language });
      expect(
        load((await officer.get(`/institutes/${path}/profile`)).body)(
          `a[href="/institutes/${path}/profile/track-record"]`,
        ),
      ).toHaveLength(1);
      const page = load((await officer.get(`/institutes/${path}/profile/track-record`)).body)('main');
      const text = (selector: string) =>
        page
          .find(selector)
          .map((_, e) => load(e).text().replace(/\s+/g, ' ').trim())
          .get();
      return { facts: text('dl.facts dd'), rows: text('tbody tr'), all: page.text().replace(/\s+/g, ' ') };
    };
    const english = await seen('en');
    expect(english.facts).toEqual([
      '3',
      '€3,999,999 (1 amount not stated)',
      '€528,341 (2 amounts not stated)',
    ]);
    expect(english.rows[1]).toMatch(
      /Sonnenöl.*Oil of the sun.*terminated early.*January 2021 – not stated.*coordinator.*€2 million.*€528,341/,
    );
    expect(english.rows[2]).toMatch(/MONK.*third party.*not stated.*€0/);
    expect(english.rows[3]).toMatch(/HYPERION.*left early.*€100/);
    for (const says of [
      'Not found among the imported projects: MISSPELT',
      'Projects that the institute left are shown, but not counted.',
      '3 more projects have the same participant number',
    ])
      expect(english.all).toContain(says);
    const french = await seen('fr');
    expect(french.facts).toEqual([
      '3',
      '3 999 999 € (1 montant non indiqué)',
      '528 341 € (2 montants non indiqués)',
    ]);
    expect(french.rows[3]).toMatch(/sorti en cours de projet.*mars 2016 – février 2019.*coordinateur/);
    expect((await seen('en', 'empty')).all).toContain('No project is attributed to the institute');
    const stranger = await somebody(server, { role: 'officer', profile: 'empty' });
    expect((await stranger.get('/institutes/institute/profile/track-record')).status).toBe(403);
  });

  it('goes with the projects that are matched: one that was left is none of them', async () => {
    const { projects } = await server.app.get(ClaimedProjects).forProfile(claiming);
    expect(projects.map((p) => p.id).sort()).toEqual(['101050002', '101050003', '700002']);
  });
});

describe('the types of the projects of a track record', () => {
  const rows = manyRows(60, 1);
  /**
   * The institute has twelve of the sixty projects: nine of the eighteen innovation actions, and three of the
   * others.
   */
  const own = (all: Row[] | undefined, told: (row: Row, i: number) => Row): Row[] =>
    all!.map((row, i) => ({ ...row, ...told(row, i) }));
  const folder = (ias: number) =>
    new CordisFolder({
      ...rows,
      'project.csv': own(rows['project.csv'], (_, i) => ({
        fundingScheme: i < 9 || (i >= 12 && i < ias + 3) ? 'HORIZON-IA' : 'HORIZON-CSA',
      })),
      'organization.csv': own(rows['organization.csv'], (row, i) => (i < 12 ? { organisationID: OWN } : row)),
    });
  const title = (i: string) => `Wind turbine ${i}`;
  const calls = [
    ['IA', ['HORIZON Innovation Actions']],
    ['CSA', ['HORIZON-CSA HORIZON Coordination and Support Actions']],
    ['NONE', []],
  ] as const;
  let inbox: InboxTest;
  const folders = [folder(18), folder(57)];
  beforeAll(async () => {
    const claims = aProfile('institute', {
      trackRecord: [{ pic: OWN, projects: [], rules: [], all: true, except: [] }],
      competences: [
        { label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 },
      ],
    });
    inbox = await startInbox(
      [claims],
      calls.map(([name, typesOfAction]) =>
        aCall(name, {
          title: title(name),
          typesOfAction: [...typesOfAction],
          sections: [
            { kind: 'scope', title: '', text: 'A wind turbine that lasts, and how a wind turbine is made.' },
          ],
        }),
      ),
    );
  });
  afterAll(async () => {
    await inbox?.stop();
    for (const f of folders) f.remove();
  });
  const typeIn = (of: any[]) => of.find((r) => r.signal === 'types-of-action') ?? null;
  const matchOf = async (name: string) => {
    const { items } = (await api(inbox.test.url, '/v1/matches?profile=institute&limit=100')).body;
    return (
      await api(
        inbox.test.url,
        `/v1/matches/${items.find((m: any) => m.call.title === title(name)).id}?language=en`,
      )
    ).body;
  };
  const explain = async (name: string, language: string) =>
    (await api(inbox.test.url, `/v1/profiles/institute/explain?call=HORIZON-${name}&language=${language}`))
      .body;
  const rematch = async () => {
    const due = await inbox.test.app.get(MatchJob).due();
    for (const { data } of due) await inbox.test.app.get(MatchJob).run(data as { profileId: string });
    return due.length;
  };

  it('are a reason for or against a call once they are imported, with their figures, and another one when the import changes', async () => {
    for (const [name] of calls) expect(typeIn((await explain(name, 'en')).reasons)).toBeNull();
    await imported(inbox.test, folders[0]!);
    expect(await rematch()).toBe(1);
    const [ia, csa, none] = [await matchOf('IA'), await matchOf('CSA'), await matchOf('NONE')];
    expect(typeIn(ia.reasons)).toMatchObject({
      term: 'IA',
      points: expect.any(Number),
      says: expect.stringMatching(
        /^Your institute takes part in innovation actions \(IA\) more often than average \(9 of its 12 projects of a known type, 75%, against 30% on average\): \d points?\.$/,
      ),
    });
    expect(typeIn(csa.reasons).says).toMatch(
      /less often than average \(3 of its 12 projects of a known type, 25%, against 70% on average\): \u2212\d points?\.$/,
    );
    expect(typeIn(none.reasons)).toBeNull();
    expect([typeIn(ia.reasons).contribution > 0, typeIn(csa.reasons).contribution < 0]).toEqual([true, true]);
    for (const m of [ia, csa, none])
      expect(m.evidence.reduce((n: number, e: any) => n + e.contribution, 0)).toBeCloseTo(m.score, 6);
    expect(typeIn(ia.evidence)).toMatchObject({ habit: { own: 9, of: 12, usual: 0.3 } });
    expect(
      (await explain('IA', 'fr')).reasons.some((r: any) =>
        /^Votre institut participe plus souvent que la moyenne à des actions d’innovation \(IA\) \(9 de ses 12/.test(
          r.says,
        ),
      ),
    ).toBe(true);
    const page = load((await inbox.officer.get(`/institutes/institute/calls/${ia.call.id}`)).body);
    expect(page('.reasons').text()).toMatch(
      /Types of action of your projects.*IA.*9 of 12 projects; 30% of all projects/s,
    );
    await imported(inbox.test, folders[1]!);
    expect(await rematch()).toBe(1);
    const anew = await matchOf('IA');
    const type = typeIn(anew.evidence);
    expect(type).toMatchObject({ habit: { own: 9, of: 12, usual: 0.95 } });
    expect(type.contribution).toBeLessThan(0);
    expect(anew.score).toBeLessThan(ia.score);
  });
});
