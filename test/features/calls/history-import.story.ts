import { DataSource } from 'typeorm';
import { HistoryImport, type FileReport } from '../../../src/funded-projects/history-import.js';
import type { HistoryProject } from '../../../src/funded-projects/domain/history-project.js';
import { HistoryRepository, TEXT } from '../../../src/funded-projects/store/history.repository.js';
import { WonProjectRepository } from '../../../src/funded-projects/store/won-project.repository.js';
import { TrackRecord } from '../../../src/profiles/domain/track-record.js';
import { join } from 'node:path';
import { startApp, type TestApp } from '../../support/app.js';
import { CEA, CordisFolder, cordisText, OWN, SAMPLE, type Row } from '../../support/harvest/cordis.js';
import { configWith, on } from '../../support/matching/profiles.js';

const WATCHING = {
  waiting: () => undefined,
  absent: () => undefined,
  begins: () => undefined,
  moves: () => undefined,
  stores: () => undefined,
  ends: () => undefined,
};
const [projects, organisations] = [SAMPLE['project.csv']!, SAMPLE['organization.csv']!];

describe('the import of funded projects', () => {
  const config = configWith([]);
  let server: TestApp;
  let history: HistoryRepository;
  let folder: CordisFolder;
  beforeEach(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    history = server.app.get(HistoryRepository);
    folder = new CordisFolder(SAMPLE);
  });
  afterEach(async () => {
    folder.remove();
    await server.stop();
  });
  afterAll(() => config.remove());

  const run = (from = folder, watching = {}): Promise<FileReport[]> =>
    server.app.get(HistoryImport).run((name) => join(from.path, name), { ...WATCHING, ...watching });
  const changed = async (from = folder) => (await run(from)).map((r) => r.changed);
  const claimed = async (record: object[]) =>
    (await history.projectsOf(TrackRecord.parse(record))).map((c) => c.project);
  const query = (sql: string, values: unknown[] = []) => server.app.get(DataSource).query(sql, values);
  const projectsAfter = (id: string, limit: number): Promise<Omit<HistoryProject, 'participants'>[]> =>
    query(`SELECT ${TEXT} FROM history_project p WHERE p.id > $1 ORDER BY p.id LIMIT $2`, [id, limit]);
  /** The active participants of projects, most frequent first, with the name and country from the latest. */
  const partnersOf = (ids: string[]): Promise<{ pic: string }[]> =>
    query(
      `SELECT pic, (array_agg(name ORDER BY project_id DESC, role))[1] AS name, (array_agg(country ORDER BY project_id DESC, role))[1] AS country, count(DISTINCT project_id)::int AS projects
         FROM history_participant WHERE project_id = ANY($1::bigint[]) AND ended IS NOT TRUE GROUP BY pic ORDER BY projects DESC, pic`,
      [ids],
    );

  it('stores every project with its topics, subjects and participants', async () => {
    expect(await run()).toEqual(
      [
        { name: 'project.csv', rows: 8, changed: 8 },
        { name: 'organization.csv', rows: 13, changed: 13 },
        { name: 'topics.csv', rows: 4, changed: 4 },
        { name: 'euroSciVoc.csv', rows: 3, changed: 3 },
      ].map((r) => ({ ...r, bad: 0, lost: 0, problems: [], before: false })),
    );
    expect(await history.size()).toEqual({ projects: 8, participants: 13, ended: 0 });
    const [first] = await claimed([{ pic: CEA, projects: ['700001'] }]);
    expect(first).toEqual({
      id: '700001',
      acronym: 'HYPERION',
      title: 'Fuel cells "made to last"; for ships',
      objective: 'We build fuel cells.\nAnd test them: "well".',
      programme: 'H2020',
      start: '2016-03-01',
      end: '2019-02-28',
      fundingScheme: 'RIA',
      status: 'SIGNED',
      totalCost: 2_500_000,
      ecMaxContribution: 1_999_999.5,
      subjects: ['fuel cells'],
      topics: [{ code: 'FCH-01.2-2015', title: 'Cell and stack components' }],
      participants: [
        {
          pic: CEA,
          role: 'coordinator',
          country: 'FR',
          city: 'GRENOBLE CEDEX 9',
          name: `Organisation ${CEA}`,
        },
        {
          pic: '999000222',
          role: 'participant',
          country: 'DE',
          city: 'Köln',
          name: 'Organisation 999000222',
        },
        { pic: '999000222', role: 'thirdParty', country: 'DE', city: null, name: 'Organisation 999000222' },
      ].map((p) => ({
        ...p,
        sme: false,
        activityType: 'REC',
        nutsCode: null,
        ecContribution: null,
        netEcContribution: null,
        totalCost: null,
        ended: false,
      })),
    });
    const all = await projectsAfter('0', 100);
    expect(all.map(({ id }) => id)).toEqual(projects.map((p) => p['id']));
    expect(all[2]).toMatchObject({
      start: null,
      subjects: ['electrochemistry', 'quantum dots'],
      topics: [{ code: 'FETOPEN-01-2016', title: null }],
    });
    expect(all[3]).toEqual(
      expect.objectContaining({ objective: null, fundingScheme: null, topics: [], subjects: [] }),
    );
    expect((await projectsAfter('700003', 2)).map(({ id }) => id)).toEqual(['700004', '101050001']);
    expect(Object.keys(all[0]!)).not.toContain('participants');
  });

  it('tells who takes part in some projects, and finds those of a number by rules', async () => {
    await run();
    expect(await partnersOf(['700001', '101050001', '700002'])).toEqual([
      { pic: CEA, name: `Organisation ${CEA}`, country: 'FR', projects: 3 },
      { pic: '999000222', name: 'Organisation by another name', country: 'DE', projects: 2 },
      { pic: OWN, name: `Organisation ${OWN}`, country: 'FR', projects: 1 },
    ]);
    expect(await partnersOf([])).toEqual([]);
    const ids = async (record: object[]) => (await claimed(record)).map((p) => p.id);
    expect(
      await ids([{ pic: CEA, rules: [{ city: 'Grenoble', words: ['fuel cell', 'hydrogen'] }] }]),
    ).toEqual(['700001', '101050002']);
    expect(
      await ids([
        { pic: CEA, rules: [{ topics: ['HORIZON-JTI-CLEANH2'] }, { subjects: ['electrochemistry'] }] },
      ]),
    ).toEqual(['700003', '101050001']);
    expect(
      await ids([
        { pic: OWN, all: true, except: ['MONK'] },
        { pic: CEA, projects: ['hyperion'] },
      ]),
    ).toEqual(['700001', '700002', '101050001', '101050002']);
    expect([
      await history.countOf([CEA]),
      await history.countOf([CEA, OWN]),
      await history.countOf([]),
    ]).toEqual([6, 7, 0]);
    expect(await ids([])).toEqual([]);
  });

  it('knows every topic by its code, however many projects another has', async () => {
    await query(
      `INSERT INTO history_project (id, acronym, title, programme, topic_codes) SELECT n, 'A' || n, 'A fellow', 'HORIZON', '{}' FROM generate_series(1, 2001) n`,
    );
    await query(
      `INSERT INTO history_topic (project_id, code, title) SELECT n, CASE WHEN n = 2001 THEN 'FELLOWS-2024' ELSE 'FELLOWS-2023' END, 'Fellowships' FROM generate_series(1, 2001) n`,
    );
    const found = await server.app.get(WonProjectRepository).topics(['FELLOWS-2023', 'FELLOWS-2024']);
    expect(found.map(({ code }) => code)).toEqual(['FELLOWS-2023', 'FELLOWS-2024']);
  });

  it('changes nothing where the same files come again, and says so', async () => {
    expect(await history.lastImport()).toBe(0);
    await run();
    const before = await projectsAfter('0', 100);
    expect(await history.lastImport()).toBe(1);
    expect((await run()).map(({ rows, changed, before }) => ({ rows, changed, before }))).toEqual(
      [8, 13, 4, 3].map((rows) => ({ rows, changed: 0, before: true })),
    );
    // Different bytes with the same content.
    for (const name of ['project.csv', 'topics.csv'] as const)
      folder.write(name, cordisText(name, [...SAMPLE[name]!].reverse(), { mark: true, end: '\r\n' }));
    expect(await changed()).toEqual([0, 0, 0, 0]);
    expect({ last: await history.lastImport(), after: await projectsAfter('0', 100) }).toEqual({
      last: 1,
      after: before,
    });
  });

  it('takes over what a new edition says: new, other, and gone of a project that it has', async () => {
    await run();
    const other = (row: Row): Row =>
      row['id'] === '700004' ? { ...row, title: 'Cleaner rivers', endDate: '2030-01-01' } : row;
    folder.write(
      'project.csv',
      cordisText('project.csv', [
        ...projects.slice(2).map(other),
        { ...projects[0]!, id: '101059999', acronym: 'NEW' },
      ]),
    );
    folder.write(
      'organization.csv',
      cordisText('organization.csv', [
        ...organisations.filter((o) => o['projectID'] !== '700001' || o['organisationID'] === CEA),
        { ...organisations[0]!, projectID: '101059999' },
      ]),
    );
    expect(await changed()).toEqual([2, 3, 0, 0]);
    // Rows missing from an edition are kept; the other programme's file lacks them too.
    expect(await history.size()).toEqual({ projects: 9, participants: 12, ended: 0 });
    expect((await projectsAfter('700003', 1))[0]).toMatchObject({
      title: 'Cleaner rivers',
      end: '2030-01-01',
    });
    expect((await partnersOf(['700001'])).map((p) => p.pic)).toEqual([CEA]);
    expect(await history.lastImport()).toBe(2);
  });

  it('takes nothing away from a project of which an edition has a row that cannot be read', async () => {
    await run();
    const broken = (row: Row): Row =>
      row['projectID'] === '700001' && row['organisationID'] === CEA
        ? { ...row, totalCost: 'Grenoble' }
        : row;
    folder.write('organization.csv', cordisText('organization.csv', organisations.map(broken)));
    const topics = SAMPLE['topics.csv']!.map((t) => (t['projectID'] === '700001' ? { ...t, topic: '' } : t));
    folder.write('topics.csv', cordisText('topics.csv', topics));
    expect((await run()).map(({ bad, changed }) => [bad, changed])).toEqual([
      [0, 0],
      [1, 0],
      [1, 0],
      [0, 0],
    ]);
    expect(await claimed([{ pic: CEA, projects: ['700001'] }])).toMatchObject([
      { topics: [{ code: 'FCH-01.2-2015', title: 'Cell and stack components' }] },
    ]);
  });

  it('takes no row whose letters are in another encoding, and keeps what was known', async () => {
    await run();
    const accented = organisations.map((row) =>
      row['organisationID'] === CEA ? { ...row, name: "Commissariat à l'énergie" } : row,
    );
    folder.write('organization.csv', Buffer.from(cordisText('organization.csv', accented), 'latin1'));
    const { changed, problems } = (await run())[1]!;
    expect(changed).toBe(0);
    expect(new Set(problems.map(({ why }) => why))).toEqual(new Set(['is not in UTF-8']));
  });

  it('reads the two programmes one after the other, with columns in another order', async () => {
    const of = (programme: string) => projects.filter((p) => p['frameworkProgramme'] === programme);
    const partsOf = (programme: string) =>
      organisations.filter((o) => of(programme).some((p) => p['id'] === o['projectID']));
    const [first, second] = ['H2020', 'HORIZON'].map(
      (p) => new CordisFolder({ 'project.csv': of(p), 'organization.csv': partsOf(p) }),
    );
    second!.write(
      'project.csv',
      cordisText('project.csv', of('HORIZON'), {
        columns: [
          'objective',
          'topics',
          'acronym',
          'new',
          'id',
          'frameworkProgramme',
          'title',
          'endDate',
          'startDate',
          'fundingScheme',
        ],
      }),
    );
    const absent: string[] = [];
    await run(first, { absent: (name: string) => absent.push(name) });
    await run(second);
    expect(absent).toEqual(['topics.csv', 'euroSciVoc.csv']);
    expect(await history.size()).toEqual({ projects: 8, participants: 13, ended: 0 });
    expect(await projectsAfter('101050003', 5)).toMatchObject([
      { acronym: 'ALONE', topics: [{ code: 'ERC-2022-STG', title: null }] },
    ]);
    [first, second].forEach((f) => f!.remove());
  });

  it('counts bad rows and tells line and reason, and stores all others', async () => {
    const [head, ...rows] = cordisText('project.csv', projects.slice(4)).trimEnd().split('\n');
    folder.write(
      'project.csv',
      [
        head,
        '"1";"short"',
        rows[0]!.replace('"101050001"', '"no number"'),
        rows[1],
        rows[2]!.replace('The project', 'The "project" of'),
        rows[3]!.slice(0, rows[3]!.indexOf('an objective')),
        '',
      ].join('\n'),
    );
    folder.write(
      'topics.csv',
      cordisText('topics.csv', [...SAMPLE['topics.csv']!, { projectID: '5', topic: 'X' }]),
    );
    const [first, second, third] = await run();
    expect(first).toMatchObject({
      rows: 5,
      bad: 3,
      changed: 2,
      problems: [
        { line: 2, why: 'has 2 cells, and the header 21' },
        { line: 3, why: 'id is "no number", which is no project number' },
        { line: 6, why: 'has a quote that is opened and not closed' },
      ],
    });
    expect((await projectsAfter('101050002', 1))[0]!.title).toBe('The "project" of MONK');
    expect(second).toMatchObject({ rows: 13, changed: 3, bad: 10 });
    expect(third!.problems).toContainEqual({
      line: 6,
      why: 'projectID is 5, and no project.csv that was imported has that project',
    });
    // The same organisations find their projects once the projects exist.
    folder.write('project.csv', cordisText('project.csv', projects));
    expect(await changed()).toEqual([7, 10, 3, 3]);
  });

  it('refuses a file of which no row can be read, keeps what was known, and reads it again the next time', async () => {
    await run();
    const text = cordisText(
      'organization.csv',
      organisations.map((o) => ({ ...o, SME: 'maybe' })),
    );
    folder.write('organization.csv', text);
    folder.write('topics.csv', cordisText('topics.csv', [{ projectID: '700001', topic: '' }]));
    folder.write('project.csv', cordisText('project.csv', [{ ...projects[0]!, title: 'Renamed' }]));
    for (const changed of [1, 0]) {
      const ended: [string, number, boolean][] = [];
      const ends = (r: FileReport) => ended.push([r.name, r.changed, r.before]);
      await expect(run(folder, { ends })).rejects.toMatchObject({
        name: 'NoHistoryRows',
        message: expect.stringMatching(
          /^organization\.csv was not imported: none of its rows can be read \(line 2: SME is "maybe", which is neither true nor false\)\..*\ntopics\.csv was not imported: none of its rows can be read \(line 2: topic is empty\)/,
        ),
      });
      expect(ended).toEqual([
        ['project.csv', changed, !changed],
        ['organization.csv', 0, false],
        ['topics.csv', 0, false],
        ['euroSciVoc.csv', 0, true],
      ]);
    }
    expect(await history.size()).toEqual({ projects: 8, participants: 13, ended: 0 });
    expect(await history.lastImport()).toBe(2);
  });

  it('keeps the money in euros, what is not stated as missing, and reads an edition that lacks these columns', async () => {
    const told: Row = {
      SME: 'true',
      activityType: 'PRC',
      nutsCode: 'FRK24',
      ecContribution: '0',
      netEcContribution: '528340.97',
      totalCost: '960619,95',
    };
    folder.write(
      'organization.csv',
      cordisText(
        'organization.csv',
        organisations.map((o, i) => (i === 0 ? { ...o, ...told } : o)),
      ),
    );
    folder.write(
      'project.csv',
      cordisText(
        'project.csv',
        projects.map((p, i) =>
          i === 0 ? { ...p, status: 'TERMINATED', totalCost: '', ecMaxContribution: '0' } : p,
        ),
      ),
    );
    await run();
    const [first] = await claimed([{ pic: CEA, projects: ['700001'] }]);
    expect(first).toMatchObject({ status: 'TERMINATED', totalCost: null, ecMaxContribution: 0 });
    expect(first!.participants[0]).toMatchObject({
      sme: true,
      activityType: 'PRC',
      nutsCode: 'FRK24',
      ecContribution: 0,
      netEcContribution: 528_340.97,
      totalCost: 960_619.95,
    });
    const without = ['projectID', 'organisationID', 'name', 'city', 'country', 'role'];
    folder.write('organization.csv', cordisText('organization.csv', organisations, { columns: without }));
    expect(await changed()).toEqual([0, 13, 0, 0]);
    const [again] = await claimed([{ pic: CEA, projects: ['700001'] }]);
    expect(again!.participants[0]).toMatchObject({
      sme: null,
      activityType: null,
      ecContribution: null,
      netEcContribution: null,
      totalCost: null,
      ended: null,
    });
  });

  it('keeps who left a project, counts them nowhere, and of two rows of a part that which goes on', async () => {
    const left = { endOfParticipation: 'true' };
    const [cea, german, thirdParty, ...others] = organisations;
    folder.write(
      'organization.csv',
      cordisText('organization.csv', [
        { ...cea!, ...left },
        german!,
        { ...german!, ...left, city: 'Bonn' },
        { ...thirdParty!, ...left },
        ...others,
      ]),
    );
    const [, reported] = await run();
    expect(reported).toMatchObject({ rows: 14, bad: 0, changed: 13 });
    expect(await history.size()).toEqual({ projects: 8, participants: 11, ended: 2 });
    expect((await partnersOf(['700001'])).map((p) => p.pic)).toEqual(['999000222']);
    expect([await history.countOf([CEA]), await history.countOf(['999000222'])]).toEqual([5, 2]);
    const [project] = await history.projectsOf(TrackRecord.parse([{ pic: CEA, projects: ['700001'] }]));
    expect(project).toMatchObject({
      left: true,
      project: {
        participants: [
          { pic: CEA, ended: true },
          { pic: '999000222', city: 'Köln', ended: false },
          { role: 'thirdParty', ended: true },
        ],
      },
    });
  });

  it('goes on behind whatever is broken, and tells every line that was lost', async () => {
    const [head, ...rows] = cordisText('organization.csv', organisations).trimEnd().split('\n');
    const broken = [
      rows[0]!.replace('"GRENOBLE CEDEX 9"', '"GRENOBLE CEDEX 9'),
      rows[1]!.replace('"false"', '"maybe"'),
      rows[2]!.slice(0, -1),
      rows[3]!.replace('"PARIS 15"', 'PARIS "15'),
      `${rows[4]!};"more"`,
      rows[5]!.replace(/^"/, ''),
      rows[6]!.replace(/"participant"/, `"${'long '.repeat(200)}"`),
      rows[7]!.replace('"participant";""', '"participant";"12.3.4"'),
      '',
      '"',
      ...rows.slice(8),
    ];
    folder.write('organization.csv', [head, ...broken, ''].join('\n'));
    const [, { rows: read, bad, problems, changed: stored }] = (await run()) as [FileReport, FileReport];
    expect(problems).toEqual(
      [
        [2, 'has 24 cells, and the header 25'],
        [3, 'SME is "maybe", which is neither true nor false'],
        [4, 'has a quote that is opened and not closed'],
        [6, 'has 26 cells, and the header 25'],
        [7, 'projectID is "700003"", which is no project number'],
        [8, 'role has 999 characters, and 500 is the most'],
        [9, 'ecContribution is "12.3.4", which is no amount'],
        [11, 'has a quote that is opened and not closed'],
      ].map(([line, why]) => ({ line, why })),
    );
    expect({ read, bad, stored }).toEqual({ read: 14, bad: 8, stored: 6 });
    expect(await history.size()).toMatchObject({ participants: 6 });
    expect((await claimed([{ pic: CEA, projects: ['700002'] }]))[0]!.participants).toMatchObject([
      { city: 'PARIS "15' },
    ]);
  });

  it('reads a file again that an earlier version had read without columns that count now', async () => {
    await run();
    await query('UPDATE history_file SET reading = 1');
    await query('UPDATE history_participant SET net_ec_contribution = 1');
    expect((await run()).map(({ changed, before }) => ({ changed, before }))).toEqual(
      [0, 13, 0, 0].map((n) => ({ changed: n, before: false })),
    );
    expect((await run()).every((r) => r.before)).toBe(true);
  });

  it.each<[string, (f: CordisFolder) => void, RegExp]>([
    ['a required file', (f) => f.drop('organization.csv'), /organization\.csv is missing\. Fix: /],
    [
      'a column',
      (f) => f.write('topics.csv', '"projectID";"topic"\n'),
      /topics\.csv lacks the column title\. Fix: /,
    ],
    [
      'two columns',
      (f) =>
        f.write(
          'project.csv',
          cordisText('project.csv', projects, {
            columns: ['id', 'title', 'objective', 'startDate', 'endDate', 'topics', 'fundingScheme'],
          }),
        ),
      /lacks the columns acronym, frameworkProgramme\./,
    ],
    [
      'everything',
      (f) => f.write('euroSciVoc.csv', ''),
      /euroSciVoc\.csv lacks the columns projectID, euroSciVocTitle\./,
    ],
  ])('does nothing where %s is missing, and names it', async (_, harm, says) => {
    harm(folder);
    const error = await run().catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'NoHistoryFiles', message: expect.stringMatching(says) });
    expect(await history.size()).toEqual({ projects: 0, participants: 0, ended: 0 });
  });

  it('goes on where it was, and begins a file anew of which another edition had been begun', async () => {
    class Stopped extends Error {}
    const stop = {
      stores: () => {
        throw new Stopped();
      },
    };
    await expect(run(folder, stop)).rejects.toThrow(Stopped);
    expect([await history.size(), await query('SELECT rows FROM history_progress')]).toEqual([
      { projects: 0, participants: 0, ended: 0 },
      [{ rows: 8 }],
    ]);
    const begun: [string, number][] = [];
    const begins = (name: string, _size: number, rows: number) => begun.push([name, rows]);
    await run(folder, { begins });
    expect(begun).toEqual([
      ['project.csv', 8],
      ['organization.csv', 0],
      ['topics.csv', 0],
      ['euroSciVoc.csv', 0],
    ]);
    folder.write('project.csv', cordisText('project.csv', projects.slice(1)));
    await expect(run(folder, stop)).rejects.toThrow(Stopped);
    folder.write('project.csv', cordisText('project.csv', [{ ...projects[0]!, id: '5' }]));
    await run(folder);
    expect(await history.size()).toEqual({ projects: 9, participants: 13, ended: 0 });
    expect([
      await query('SELECT * FROM history_progress'),
      await query('SELECT count(*)::int AS n FROM history_staged_project'),
    ]).toEqual([[], [{ n: 0 }]]);
  });

  it('is one at a time', async () => {
    let waited = 0;
    const reports = await Promise.all([
      run(folder, {
        waiting: () => {
          waited += 1;
        },
      }),
      run(folder, {
        waiting: () => {
          waited += 1;
        },
      }),
    ]);
    expect([waited, reports.map((r) => r.some((f) => !f.before)).sort()]).toEqual([1, [false, true]]);
    expect(await history.lastImport()).toBe(1);
  });
});
