import { DataSource } from 'typeorm';
import {
  acrossInstitutes,
  actingAs,
  actingStorage,
  asInstitute,
} from '../../src/platform/database/acting.js';
import { SecondWall } from '../../src/platform/database/second-wall.js';
import { NETWORK } from '../../src/platform/database/sight.js';
import { startApp, type TestApp } from '../support/app.js';
import { somebody } from '../support/access/people.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';

/** The tables through which a row belongs to an institute, directly or through its owner. */
const OWNERS = ['profile', 'person', 'recipient'];
const forNobody = <T>(work: () => T): T => actingStorage.exit(work);
const forNetwork = <T>(work: () => T): T => actingAs({ kind: 'operator', sees: NETWORK }, work);

describe('the second wall', () => {
  let world: TwoInstitutes;
  let tables: string[];
  const database = (): DataSource => world.test.app.get(DataSource);
  beforeAll(async () => {
    world = await startTwoInstitutes();
    await fillTheRest();
    tables = (
      await database().query(
        'SELECT relname AS name FROM pg_class WHERE relforcerowsecurity AND relrowsecurity ORDER BY 1',
      )
    ).map((t: { name: string }) => t.name);
  });
  afterAll(() => world?.stop());

  /** Fills the remaining empty tables with rows of leti. */
  async function fillTheRest(): Promise<void> {
    const { person, call, recipient } = world.ids;
    for (const [statement, ...values] of [
      [`INSERT INTO contact_change (profile_id, contacts, asked_at) VALUES ('leti', '[]', now())`],
      [
        `INSERT INTO identity (provider, subject, person_id, created_at) VALUES ('p', 's', $1, now())`,
        person,
      ],
      [`INSERT INTO pipeline_reminder (person_id, key, at) VALUES ($1, 'k', now())`, person],
      [`INSERT INTO proposal_settings (profile_id, updated_by, updated_at) VALUES ('leti', 'Ada', now())`],
      [
        `INSERT INTO researcher_objection (profile_id, address_hash, objected_at) VALUES ('leti', 'h', now())`,
      ],
      [
        `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, held, made_at, state) VALUES ($1, 'k', 'call', $2, 'new', false, now(), 'waiting')`,
        recipient,
        call,
      ],
    ] as [string, ...string[]][])
      await database().query(statement, values);
  }

  const count = async (table: string): Promise<number> =>
    (await database().query<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${table}"`))[0]!.n;
  const counts = async (): Promise<Record<string, number>> => {
    const all: Record<string, number> = {};
    for (const table of tables) all[table] = await count(table);
    return all;
  };
  const rows = async (table: string): Promise<string[]> =>
    (await database().query<{ row: string }[]>(`SELECT ctid::text AS row FROM "${table}"`)).map((r) => r.row);

  it('stands before each table whose rows are of an institute, or of somebody of one', async () => {
    const found: { name: string }[] = await database().query(
      `SELECT DISTINCT f.conrelid::regclass::text AS name FROM pg_constraint f WHERE f.contype = 'f' AND f.confrelid::regclass::text = ANY($1 || '{joint_opportunity}'::text[])
       UNION SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('profile_id', 'person_id', 'recipient_id')`,
      [OWNERS],
    );
    expect(found.map((t) => t.name).filter((name) => !tables.includes(name))).toEqual([]);
    expect(tables).toEqual(expect.arrayContaining(OWNERS));
    expect(await world.test.app.get(SecondWall).holds()).toBe(true);
  });

  it('shows nothing of any of them to a statement for which nobody said whose rows it needs', async () => {
    const stored = await counts();
    const empty = Object.keys(stored).filter((table) => stored[table] === 0);
    expect(empty).toEqual([]);
    const shown = await forNobody(counts);
    // Events of calls are visible to everybody.
    const { event, ...others } = shown;
    expect(Object.keys(others).filter((table) => others[table] !== 0)).toEqual([]);
    const [ofSomebody]: { n: number }[] = await forNobody(() =>
      database().query('SELECT count(*)::int AS n FROM event WHERE profile_id IS NOT NULL'),
    );
    expect([event, ofSomebody!.n]).toEqual([expect.any(Number), 0]);
  });

  it('shows an institute its own alone, in each of them', async () => {
    const shared: string[] = [];
    const seen: string[] = [];
    for (const table of tables) {
      const leti = await asInstitute('leti', () => rows(table));
      const other = new Set(await asInstitute('3bcar', () => rows(table)));
      if (leti.length) seen.push(table);
      if (leti.some((row) => other.has(row))) shared.push(table);
    }
    expect(shared.filter((table) => table !== 'event')).toEqual([]);
    expect(seen.length).toBeGreaterThan(25);
  });

  it('shows the network what institutes share, and nothing of what stays inside', async () => {
    const [all, network] = [await counts(), await forNetwork(counts)];
    const hidden = tables.filter((table) => network[table] !== all[table]);
    expect(hidden).toEqual([
      'api_key',
      'calendar',
      'feed',
      'milestone_template',
      'note',
      'opportunity',
      'opportunity_comment',
      'opportunity_step',
      'proposal',
      'proposal_settings',
      'recall_sample',
      'researcher',
      'researcher_objection',
      'review',
    ]);
    for (const table of hidden) {
      const ofInstitutes = (): Promise<unknown[]> =>
        database().query(`SELECT 1 FROM ${table} WHERE profile_id IS NOT NULL`);
      expect([table, await forNetwork(ofInstitutes)]).toEqual([table, []]);
    }
  });

  it('shows a joint opportunity to an institute for as long as its interest in the call is open', async () => {
    const seen = async () => [await count('joint_opportunity'), await count('joint_opportunity_step')];
    const change = async (): Promise<number> =>
      (await database().query('UPDATE joint_opportunity SET wanted = wanted'))[1];
    const asOther = async () => asInstitute('3bcar', async () => [...(await seen()), await change()]);
    const opened = (statement: string) =>
      asInstitute('3bcar', () => database().query(statement, [world.ids.call]));
    expect([await asInstitute('leti', seen), await asOther()]).toEqual([
      [1, 1],
      [0, 0, 0],
    ]);
    await opened(
      `INSERT INTO interest (profile_id, call_id, competences, leads, tell, by, opened_at, notified_at) VALUES ('3bcar', $1, '{}', false, false, 'x', now(), now())`,
    );
    expect(await asOther()).toEqual([1, 1, 1]);
    await opened('DELETE FROM interest WHERE call_id = $1');
    expect(await asOther()).toEqual([0, 0, 0]);
  });

  it('lets nobody write into another institute', async () => {
    const note = (profile: string) =>
      database().query(
        `INSERT INTO note (id, profile_id, call_id, author, text, created_at) VALUES (gen_random_uuid(), $1, $2, 'Ada', 'x', now())`,
        [profile, world.ids.call],
      );
    await expect(asInstitute('3bcar', () => note('leti'))).rejects.toThrow('row-level security');
    await asInstitute('3bcar', () => note('3bcar'));
    const [, changed] = await asInstitute('3bcar', () =>
      database().query(`UPDATE note SET text = 'mine' WHERE profile_id = 'leti'`),
    );
    expect(changed).toBe(0);
  });

  it('holds whatever was said before on the connection, in a transaction too, and after one that failed', async () => {
    const seenBy = async (institute: string | null) => {
      const own = (): Promise<{ id: string }[]> =>
        database().query('SELECT DISTINCT profile_id AS id FROM match ORDER BY 1');
      return (await (institute === null ? forNobody(own) : asInstitute(institute, own))).map((r) => r.id);
    };
    const failing = (institute: string) =>
      database()
        .transaction(async (tx) => {
          await asInstitute(institute, () => tx.query('SELECT FROM match'));
          throw new Error('undone');
        })
        .catch(() => undefined);
    const asked = Array.from({ length: 90 }, async (_, n) => {
      const institute = ['leti', '3bcar', null][n % 3]!;
      if (n % 4 === 0) await (n % 8 ? failing('leti') : forNobody(() => failing('3bcar')));
      return [institute, await seenBy(institute)];
    });
    for (const [institute, seen] of await Promise.all(asked))
      expect(seen).toEqual(institute === null ? [] : [institute]);
  });

  it('lets no statement through for which it could not be told whose rows it needs', async () => {
    const [before, runner] = [await count('note'), database().createQueryRunner()];
    await asInstitute('leti', () => runner.query('SELECT 1'));
    // PostgreSQL text never contains this character.
    for (const [statement, values] of [
      ['DELETE FROM note'],
      ['DELETE FROM note WHERE $1', [true]],
    ] as const) {
      const untold = asInstitute('\u0000', () => runner.query(statement, values && [...values]));
      await expect(untold).rejects.toThrow(/invalid (message|byte sequence)/);
    }
    await runner.release();
    expect([before > 0, await count('note')]).toEqual([true, before]);
  });

  it('has its exceptions for as long as they are needed, one inside the other', async () => {
    const seen = await asInstitute('3bcar', async () => {
      const before = await count('review');
      const across = await acrossInstitutes('a test looks at all of them', () => count('review'));
      return [before, across, await count('review')];
    });
    expect(seen).toEqual([seen[2], await count('review'), seen[0]]);
    expect(seen[1]).toBeGreaterThan(seen[0]!);
  });

  it('is said not to be there where the role of the program is a superuser, at the start and to the network', async () => {
    const superuser = new URL(process.env['TEST_SUPERUSER_URL']!);
    const databaseUrl = Object.assign(superuser, {
      pathname: new URL(world.test.wiring.env.DATABASE_URL!).pathname,
    }).href;
    const said: string[] = [];
    const heard = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')].map((spy) =>
      spy.mockImplementation((text) => said.push(String(text)) > 0),
    );
    const unwalled = await startApp({ LOG_LEVEL: 'warn' }, { working: false, databaseUrl }).finally(() =>
      heard.forEach((spy) => spy.mockRestore()),
    );
    try {
      expect(said.join('')).toContain('is a superuser or has BYPASSRLS');
      const page = async (test: TestApp, role: 'coordinator' | 'officer'): Promise<string> => {
        const who = await somebody(test, {
          role,
          ...(role === 'officer' && { profile: 'leti' }),
          language: 'fr',
        });
        return (await who.get('/sources')).body;
      };
      expect(await page(unwalled, 'coordinator')).toContain('s’y connecte en superutilisateur');
      expect(await page(unwalled, 'officer')).not.toContain('superutilisateur');
      expect(await page(world.test, 'coordinator')).not.toContain('superutilisateur');
    } finally {
      await unwalled.stop();
    }
  });
});
