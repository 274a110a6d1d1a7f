import { DataSource } from 'typeorm';
import { databaseOptions, migrate } from '../../src/app/database/data-source.js';
import { HistoryImportRepository } from '../../src/funded-projects/store/history-import.repository.js';
import { HistoryRepository } from '../../src/funded-projects/store/history.repository.js';
import type { TestDatabase } from '../support/database/database.js';
import { earlierDatabase } from '../support/database/earlier-database.js';

describe('a database with projects that were imported before their money was read', () => {
  let made: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    const earlier = await earlierDatabase('HistoryMoney');
    made = earlier.made;
    for (const statement of [
      `INSERT INTO history_project (id, acronym, title, programme, topic_codes) VALUES (1, 'A', 'T', 'H2020', '{}')`,
      `INSERT INTO history_participant (project_id, pic, role, country, name) VALUES (1, '999992401', 'coordinator', 'FR', 'N')`,
      `INSERT INTO history_file (hash, kind, rows, bad, problems, lost, changed, imported_at) VALUES ('h', 'project', 1, 0, '[]', 0, 1, now())`,
      `INSERT INTO history_progress (kind, hash, byte_offset, line, rows, bad, problems) VALUES ('participant', 'p', 10, 2, 1, 0, '[]')`,
      `INSERT INTO history_staged_participant (line, project_id, pic, role, country, name) VALUES (2, 1, '999992401', 'coordinator', 'FR', 'N')`,
    ])
      await earlier.source.query(statement);
    await earlier.source.destroy();
    await migrate(made.url);
    source = await new DataSource(databaseOptions(made.url)).initialize();
  });
  afterAll(async () => {
    await source?.destroy();
    await made?.drop();
  });

  it('keeps them with nothing said of their money, and with everybody as a partner', async () => {
    const history = new HistoryRepository(source);
    const [found] = await history.projectsOf([
      { pic: '999992401', projects: [], rules: [], all: true, except: [] },
    ]);
    expect(found).toMatchObject({
      left: false,
      project: {
        status: null,
        totalCost: null,
        ecMaxContribution: null,
        participants: [{ netEcContribution: null, ended: null }],
      },
    });
    expect(await history.size()).toEqual({ projects: 1, participants: 1, ended: 0 });
  });

  it('reads their files again, the one that was half read from its beginning, and forgets no change that was not told', async () => {
    const files = new HistoryImportRepository(source);
    expect(await files.imported('h')).toBeNull();
    expect(await files.progress({ kind: 'participant', hash: 'p' })).toBeNull();
    expect(await source.query('SELECT count(*)::int AS n FROM history_staged_participant')).toEqual([
      { n: 0 },
    ]);
    await files.log();
    expect(await new HistoryRepository(source).lastImport()).toBe(1);
  });
});
