import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { DataSource } from 'typeorm';
import {
  acrossInstitutes,
  inContext,
  contextStorage,
  asInstitute,
  NETWORK_ROWS,
} from '../../src/platform/database/request-context.js';
import { RowLevelSecurity } from '../../src/platform/database/row-scope.js';
import { REMIND } from '../../src/pipeline/remind.job.js';
import { type JobDefinition, ofItsInstitute, Queues } from '../../src/platform/queue/job.js';
import { JobRunner, Jobs } from '../../src/platform/queue/job-runner.js';
import { CONTACTS } from '../../src/profiles/jobs.js';
import { startApp, type TestApp } from '../support/app.js';
import { somebody } from '../support/access/people.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';

/** The tables through which a row belongs to an institute, directly or through its owner. */
const OWNERS = ['profile', 'person', 'recipient', 'joint_opportunity'];
const PORTALS = 'what public sources say';
const RUNS = 'how the installation reads its sources';
const OPERATOR = 'the state of the installation, for its operator';
/** Tables without a policy: they hold nothing of an institute or a person. */
const OF_NOBODY: Record<string, string> = {
  alarm: OPERATOR,
  analysed_call: PORTALS,
  archive_count: 'how many calls have each word, found by its hash',
  call: PORTALS,
  call_note: PORTALS,
  call_version: PORTALS,
  committee_document: PORTALS,
  draft_topic: PORTALS,
  embedding: 'numbers, found by the hash of a text',
  embedding_progress: 'how far a model has read: the revision of each profile',
  harvest_request: RUNS,
  harvest_run: RUNS,
  history_file: RUNS,
  history_participant: PORTALS,
  history_progress: RUNS,
  history_project: PORTALS,
  history_staged_participant: PORTALS,
  history_staged_project: PORTALS,
  history_staged_subject: PORTALS,
  history_staged_topic: PORTALS,
  history_subject: PORTALS,
  history_topic: PORTALS,
  listed_topic: PORTALS,
  migration: OPERATOR,
  monitor: OPERATOR,
  partner_reading: RUNS,
  partner_search: PORTALS,
  portal_project: PORTALS,
  question: PORTALS,
  raw_document: PORTALS,
  reader_state: 'whether the language model answers',
  setting: OPERATOR,
  sign_in_rate_limit: 'counts by hashes of what was typed, read before anybody is known',
  source: RUNS,
  source_check: RUNS,
  source_list: RUNS,
  source_rate_limit: RUNS,
  source_record: PORTALS,
  stem: PORTALS,
  translation: 'passages of calls in another language',
  validator: RUNS,
  written_form: PORTALS,
};
const forNobody = <T>(work: () => T): T => contextStorage.exit(work);
const forNetwork = <T>(work: () => T): T => inContext({ kind: 'operator', rows: NETWORK_ROWS }, work);

describe('row-level security', () => {
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
        `INSERT INTO own_match (profile_id, call_id, score, result) SELECT profile_id, call_id, score, result FROM match WHERE profile_id = 'leti'`,
      ],
      [
        `INSERT INTO own_threshold (profile_id, score, logits, decisions, kept, expected) VALUES ('leti', 36, 0.5, 9, 8, 6.5)`,
      ],
      [
        `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, held, made_at, state) VALUES ($1, 'k', 'call', $2, 'new', false, now(), 'waiting')`,
        recipient,
        call,
      ],
      [
        `INSERT INTO reader_request (id, model, call_id, institutes, asked_at, prompt_tokens, completion_tokens) VALUES (gen_random_uuid(), 'm', $1, '{leti}', now(), 1, 1)`,
        call,
      ],
      [
        `INSERT INTO reading (key, model, prompt_version, reason_en, times, read_at) VALUES ('k', 'm', 1, 'they build turbines', 1, now())`,
      ],
      [`UPDATE match SET reading_key = 'k' WHERE profile_id = 'leti' AND call_id = $1`, call],
      [
        `INSERT INTO waiting_sheet (person_id, profile_id, sheet, sent_at) VALUES ($1, 'leti', '{}', now())`,
        person,
      ],
      [`UPDATE paper SET sent_to = '{leti}'`],
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

  it('stands before every table of the catalogue, except those with nothing of an institute or a person', async () => {
    const found: { name: string; walled: boolean }[] = await database().query(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*') AS walled
         FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm', 'f') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    expect(found.filter((t) => !t.walled).map((t) => t.name)).toEqual(Object.keys(OF_NOBODY).sort());
    const owned: { name: string }[] = await database().query(
      `SELECT DISTINCT f.conrelid::regclass::text AS name FROM pg_constraint f WHERE f.contype = 'f' AND f.confrelid::regclass::text = ANY($1)
       UNION SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('profile_id', 'person_id', 'recipient_id')`,
      [OWNERS],
    );
    expect(owned.map((t) => t.name).filter((name) => name in OF_NOBODY)).toEqual([]);
    expect(await world.test.app.get(RowLevelSecurity).holds()).toBe(true);
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
    // Both see what happens to all calls, and the coordinator who acted in their entries.
    expect(shared.filter((table) => !['event', 'audit_name'].includes(table))).toEqual([]);
    expect(
      await asInstitute('3bcar', () =>
        database().query(`SELECT name FROM audit_name WHERE profile_id <> '3bcar'`),
      ),
    ).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining(['audit_name', 'paper', 'reader_request', 'reading']));
    expect(seen.length).toBeGreaterThan(25);
  });

  describe('before a job', () => {
    const OWN = [
      'profile',
      'person',
      'contact',
      'match',
      'own_threshold',
      'own_match',
      'note',
      'review',
      'proposal',
      'opportunity',
    ];

    /** The tables in which a job finds rows of leti when a worker runs it for an institute. */
    async function foundOfLeti(definition: JobDefinition, profileId: string): Promise<string[]> {
      const found: string[] = [];
      const run = async (): Promise<[]> => {
        for (const table of OWN) {
          const column = table === 'profile' ? 'id' : 'profile_id';
          const [row] = await database().query(`SELECT FROM "${table}" WHERE ${column} = 'leti' LIMIT 1`);
          if (row) found.push(table);
        }
        return [];
      };
      const runner = new JobRunner(world.test.app.get(Queues), {
        byName: () => new Map([[definition.name, { definition, runs: { run } }]]),
      });
      const { shape } = definition.data as z.ZodObject;
      const data = Object.fromEntries(
        Object.keys(shape).map((key) => [key, key === 'profileId' ? profileId : randomUUID()]),
      );
      const attempt = { name: definition.name, data, attempt: 1, attempts: 1 };
      expect(await runner.run(attempt)).toEqual({ is: 'done' });
      return found;
    }

    const definitions = (): JobDefinition[] =>
      [...world.test.app.get(Jobs).byName().values()].map(({ definition }) => definition);

    it('that works for one institute leaves nothing of another to be found', async () => {
      const forOne = definitions().filter(({ rows }) => rows === ofItsInstitute);
      expect(forOne).toContain(REMIND);
      for (const job of forOne) {
        const found = [await foundOfLeti(job, 'leti'), await foundOfLeti(job, '3bcar')];
        expect({ job: job.name, found }).toEqual({ job: job.name, found: [OWN, []] });
      }
    });

    it('leaves out those alone that say why they see all', async () => {
      expect(await foundOfLeti(CONTACTS, '3bcar')).toEqual(OWN);
      const forAll = definitions().filter(({ rows }) => rows !== ofItsInstitute);
      expect(forAll).toContain(CONTACTS);
      expect(forAll.filter(({ rows }) => !rows.why)).toEqual([]);
    });
  });

  it('shows the network what institutes share, and nothing of what stays inside', async () => {
    const [all, network] = [await counts(), await forNetwork(counts)];
    const hidden = tables.filter((table) => network[table] !== all[table]);
    expect(hidden).toEqual([
      'api_key',
      'audit_name',
      'calendar',
      // Of a match whose score decisions change.
      'event',
      'feed',
      'milestone_template',
      'newsletter',
      'newsletter_copy',
      'newsletter_reader',
      'note',
      'opportunity',
      'opportunity_comment',
      'opportunity_step',
      'own_match',
      'own_suggestions',
      'own_threshold',
      'proposal',
      'proposal_settings',
      'recall_sample',
      'researcher',
      'researcher_objection',
      'review',
      'waiting_sheet',
    ]);
    // Of these the network sees some.
    const SOME: Record<string, string> = { audit_name: `AND key LIKE 'researcher/%'`, event: 'AND inside' };
    for (const table of hidden) {
      const ofInstitutes = (): Promise<unknown[]> =>
        database().query(`SELECT 1 FROM ${table} WHERE profile_id IS NOT NULL ${SOME[table] ?? ''}`);
      expect([table, await forNetwork(ofInstitutes)]).toEqual([table, []]);
    }
  });

  it('shows a joint opportunity to an institute from its acceptance on, for as long as its interest in the call is open', async () => {
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
    expect(await asOther()).toEqual([0, 0, 0]);
    const accepted = 'UPDATE interest SET joined_at = now(), joined_after =';
    await opened(`${accepted} 1 WHERE call_id = $1`);
    // What was there before stays with those who were.
    expect(await asOther()).toEqual([1, 0, 1]);
    await opened(`${accepted} 0 WHERE call_id = $1`);
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
