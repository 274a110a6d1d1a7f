import pg from 'pg';
import { Command, ran } from '../support/command.js';
import { CordisFolder, manyRows, SAMPLE } from '../support/harvest/cordis.js';
import { freshDatabase } from '../support/database/database.js';
import { beforeRelease } from '../support/release.js';

const TABLES = [
  'history_project',
  'history_participant',
  'history_topic',
  'history_subject',
  'history_progress',
  'history_staged_project',
  'history_staged_participant',
];
/** Returns what an import writes, without timestamps. */
async function stored(url: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const states = [];
  for (const table of TABLES)
    states.push(
      (
        await client.query(
          `SELECT '${table}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM ${table} t`,
        )
      ).rows[0],
    );
  states.push(
    (
      await client.query(
        'SELECT kind, hash, rows, bad, problems, lost, logged FROM history_file ORDER BY kind',
      )
    ).rows,
    (await client.query(`SELECT value FROM setting WHERE key LIKE 'history%'`)).rows,
  );
  await client.end();
  return states;
}

beforeRelease('an import of funded projects by a command')('the import-history command', () => {
  const databases: Awaited<ReturnType<typeof freshDatabase>>[] = [];
  const folders: CordisFolder[] = [];
  const database = async () => databases[databases.push(await freshDatabase()) - 1]!;
  const folderOf = (rows: ConstructorParameters<typeof CordisFolder>[0]) =>
    folders[folders.push(new CordisFolder(rows)) - 1]!;
  afterAll(async () => {
    await Promise.all(databases.map((d) => d.drop()));
    folders.forEach((f) => f.remove());
  });

  it('reads a folder, says what became of each file, and has nothing to do the second time', async () => {
    const env = { DATABASE_URL: (await database()).url };
    const folder = folderOf({
      'project.csv': SAMPLE['project.csv']!,
      'organization.csv': [
        ...SAMPLE['organization.csv']!,
        { projectID: '1', organisationID: 'none', name: 'X' },
      ],
      'topics.csv': SAMPLE['topics.csv']!,
    });
    const first = await ran(['import-history', folder.path], env);
    expect(first).toMatchObject({ status: 0 });
    for (const line of [
      'euroSciVoc.csv is not there. The import goes on without it.',
      '  project.csv: 100 %, 8 rows',
      'project.csv: 8 rows, 8 new or changed',
      'organization.csv: 14 rows, 13 new or changed, 1 bad row',
      '  organization.csv, line 15: organisationID is "none", which is no number',
      'topics.csv: 4 rows, 4 new or changed',
    ])
      expect(first.output.split('\n')).toContain(line);
    expect(first.output).toMatch(/\n8 projects with 13 participations are known, after [\d.]+ s\.\n/);
    expect((await ran(['import-history', folder.path], env)).output).toContain(
      'project.csv: imported before, nothing to do\n',
    );
  });

  it.each<[string, string[], RegExp]>([
    [
      'two folders',
      ['a', 'b'],
      /Name one folder with project\.csv.*Fix: npm run cli -- import-history FOLDER/,
    ],
    ['an option that there is not', ['--x'], /Unknown option '--x'/],
  ])('with %s: one sentence, and status 1', async (_, args, says) => {
    const { status, output } = await ran(['import-history', ...args], { DATABASE_URL: databases[0]!.url });
    expect({ status, output }).toEqual({ status: 1, output: expect.stringMatching(says) });
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('with a folder that lacks files: says which, and imports nothing', async () => {
    const empty = folderOf({});
    const { status, output } = await ran(['import-history', empty.path], { DATABASE_URL: databases[0]!.url });
    expect({ status, output }).toEqual({
      status: 1,
      output: expect.stringMatching(
        /Nothing was imported\.\n.*project\.csv is missing.*\n.*organization\.csv is missing/,
      ),
    });
  });

  describe('that reads much', () => {
    it('and is killed again and again goes on where it stopped, and ends with the same as one that was never disturbed', async () => {
      const folder = folderOf(manyRows(6_000, 4));
      const [calm, shaken] = [await database(), await database()];
      expect(await ran(['import-history', folder.path], { DATABASE_URL: calm.url })).toMatchObject({
        status: 0,
      });
      let resumed = 0;
      for (const at of [
        /project\.csv: [4-9]\d %/,
        /organization\.csv: [2-5]\d %/,
        /organization\.csv: [6-9]\d %/,
      ]) {
        const command = new Command(['import-history', folder.path], { DATABASE_URL: shaken.url });
        // Immediately: the next batch follows within milliseconds.
        while (!at.test(command.output) && !/are known/.test(command.output))
          await new Promise((resolve) => setTimeout(resolve, 1));
        await command.kill();
        resumed += Number(/goes on after/.test(command.output));
      }
      const last = await ran(['import-history', folder.path], { DATABASE_URL: shaken.url });
      expect(last).toMatchObject({ status: 0 });
      expect(resumed).toBeGreaterThanOrEqual(2);
      expect(await stored(shaken.url)).toEqual(await stored(calm.url));
    });
  });
});
