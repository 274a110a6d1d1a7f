import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions } from '../../src/app/database/data-source.js';
import { asInstitute } from '../../src/platform/database/request-context.js';
import { KnownRows, type Marked } from '../../src/platform/database/known-rows.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';

interface Note {
  id: string;
  words: string[];
}

/** The cache size in rows: five pages of two. */
const MOST = 10;

describe('rows that are known', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    source = await new DataSource((await databaseOptions(database.url)) as DataSourceOptions).initialize();
    await source.query('CREATE TABLE said (id text PRIMARY KEY, profile_id text, words text[])');
    await source.query('ALTER TABLE said ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
    await source.query(
      `CREATE POLICY own ON said USING (profile_id = current_setting('carnot.institute', true))`,
    );
  });
  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });
  let read: string[][];
  let rows: KnownRows<Note>;
  beforeEach(async () => {
    read = [];
    rows = new KnownRows<Note>(MOST, (ids) => {
      read.push(ids);
      return source.query('SELECT id, xmin AS mark, words FROM said WHERE id = ANY($1)', [ids]);
    });
    for (const institute of ['leti', '3bcar'])
      await asInstitute(institute, async () => {
        await source.query('DELETE FROM said');
        await source.query(
          'INSERT INTO said SELECT $1 || n, $1, ARRAY[$1 || n] FROM generate_series(1, 2) n',
          [institute],
        );
      });
  });

  /** Lists as a real list does: the page first, then its rows. */
  const list = (institute: string): Promise<string[]> =>
    asInstitute(institute, async () => {
      const page: Marked[] = await source.query('SELECT id, xmin AS mark FROM said ORDER BY id');
      const found = await rows.of(page);
      return page.flatMap(({ id }) => found.get(id)?.words ?? []);
    });

  it('are read once as long as they stand as they are', async () => {
    expect(await list('leti')).toEqual(['leti1', 'leti2']);
    expect(await list('leti')).toEqual(['leti1', 'leti2']);
    expect(read).toEqual([['leti1', 'leti2']]);
  });

  it('are read again where they were written since, those alone', async () => {
    await list('leti');
    await asInstitute('leti', () => source.query(`UPDATE said SET words = '{anew}' WHERE id = 'leti2'`));
    expect(await list('leti')).toEqual(['leti1', 'anew']);
    // Rewritten with the same contents.
    await asInstitute('leti', () => source.query(`UPDATE said SET words = words WHERE id = 'leti1'`));
    expect(await list('leti')).toEqual(['leti1', 'anew']);
    expect(read).toEqual([['leti1', 'leti2'], ['leti2'], ['leti1']]);
  });

  it('are those of before where what was written is taken back', async () => {
    await list('leti');
    await asInstitute('leti', () =>
      source.transaction(async (tx) => {
        await tx.query(`UPDATE said SET words = '{never}'`);
        throw new Error('taken back');
      }),
    ).catch(() => undefined);
    expect(await list('leti')).toEqual(['leti1', 'leti2']);
    expect(read).toHaveLength(1);
  });

  it('are shown to nobody whom the database does not show them', async () => {
    await list('leti');
    expect(await list('3bcar')).toEqual(['3bcar1', '3bcar2']);
    expect(await list('cetim')).toEqual([]);
    // Not even with a mark, if it is not the current one.
    const found = await asInstitute('3bcar', () => rows.of([{ id: 'leti1', mark: '0' }]));
    expect([...found]).toEqual([]);
  });

  it('are not there where they went between the page and the reading', async () => {
    const page = await asInstitute('leti', async () => {
      const marked: Marked[] = await source.query('SELECT id, xmin AS mark FROM said ORDER BY id');
      await source.query(`DELETE FROM said WHERE id = 'leti1'`);
      return rows.of(marked);
    });
    expect([...page.keys()]).toEqual(['leti2']);
  });

  it('are no more than was said, those asked for last', async () => {
    await asInstitute('leti', () =>
      source.query(`INSERT INTO said SELECT 'more' || n, 'leti', '{}' FROM generate_series(1, 10) n`),
    );
    const one = (id: string) =>
      asInstitute('leti', async () =>
        rows.of(await source.query('SELECT id, xmin AS mark FROM said WHERE id = $1', [id])),
      );
    for (let n = 1; n <= 10; n += 1) await one(`more${n}`);
    await one('more1');
    await one('leti1');
    await one('more1');
    expect(read).toHaveLength(11);
    await one('more2');
    expect(read[11]).toEqual(['more2']);
  });

  it('are not kept of a page so large that it would push out the others', async () => {
    await list('leti');
    await asInstitute('leti', () =>
      source.query(`INSERT INTO said SELECT 'more' || n, 'leti', '{}' FROM generate_series(1, 10) n`),
    );
    for (let turn = 1; turn <= 2; turn += 1) {
      await list('leti');
      expect(read[turn]).toHaveLength(10);
    }
  });

  it('cannot be changed by one for the others', async () => {
    await list('leti');
    const [note] = await asInstitute('leti', async () => {
      const page: Marked[] = await source.query('SELECT id, xmin AS mark FROM said ORDER BY id');
      return [...(await rows.of(page)).values()];
    });
    expect(() => note!.words.push('mine')).toThrow(TypeError);
    expect(await list('leti')).toEqual(['leti1', 'leti2']);
  });
});
