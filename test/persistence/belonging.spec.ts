import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../src/app/database/data-source.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';

/** Columns named like an owner that are not one, with the reason. */
const NO_OWNER: Record<string, string> = {
  'audit.profile_id': 'an entry stays, whatever becomes of what it is about',
  'audit_name.profile_id': 'a name stays as long as the entries that show it, until it is erased',
  'calendar.group_id': 'groups stand in config/groups.yaml',
  'call_note.source_id': 'sources are folders',
  'paper.group_id': 'groups are those of config/groups.yaml',
  'call_version.source_id': 'sources are folders',
  'harvest_run.source_id': 'sources are folders',
  'listed_topic.source_id': 'sources are folders',
  'partner_reading.source_id': 'sources are folders',
  'partner_search.source_id': 'sources are folders',
  'portal_project.source_id': 'sources are folders',
  'own_match.call_id': 'it goes with its match, by a key of institute and call',
  'source_record.source_id': 'sources are folders',
  'source_check.source_id': 'sources are folders',
  'source_list.source_id': 'sources are folders',
  'validator.source_id': 'sources are folders',
  'history_staged_participant.project_id': 'rows on their way in, of which those without a project are told',
  'history_staged_topic.project_id': 'the same',
  'history_staged_subject.project_id': 'the same',
  'notification.message_id': 'a header of the mail',
  'transactional_mail.message_id': 'a header of the mail',
  'notification.recipient_id': 'what was sent stays when the address is taken away',
};

const PROFILE = `INSERT INTO profile (id, content, revision, updated_at) VALUES ($1, '{"contacts": []}', 1, now())`;
const CALL = `INSERT INTO call (id, content, content_hash, version, first_seq, seq, source_status, search, first_seen_at) VALUES ($1, '{}', 'h', 1, 1, 1, 'open', '', now())`;
const MATCH = `INSERT INTO match (id, profile_id, call_id, score, result, profile_revision, call_version, matched_at) VALUES (gen_random_uuid(), $1, $2, 50, '{}', 1, 1, now())`;
const PERSON = `INSERT INTO person (id, email, name, name_since, language, role, profile_id, created_at) VALUES ($1::uuid, $1::text || '@x.eu', 'Ada', now(), 'fr', 'officer', $2, now())`;
const SESSION = `INSERT INTO session (id, token_hash, person_id, created_at, expires_at, last_seen_at) VALUES (gen_random_uuid(), $1::text, $1::uuid, now(), now(), now())`;
const NOTE = `INSERT INTO note (id, profile_id, call_id, author, person_id, text, created_at) VALUES (gen_random_uuid(), $1, $2, 'Ada', $3, 'of worth', now())`;

describe('rows that belong to rows', () => {
  const made: TestDatabase[] = [];
  const [call, person, gone] = [randomUUID(), randomUUID(), randomUUID()];
  const databases: DataSource[] = [];
  const kept = async (source: DataSource): Promise<unknown> =>
    (
      await source.query(
        `SELECT (SELECT count(*)::int FROM match) AS matches, (SELECT count(*)::int FROM session) AS sessions, (SELECT count(*)::int FROM person) AS people,
            (SELECT json_agg(person_id ORDER BY person_id) FROM note) AS notes`,
      )
    )[0];
  const ready = async (): Promise<DataSource> => {
    const database = await freshDatabase();
    made.push(database);
    const source = await new DataSource(await databaseOptions(database.url)).initialize();
    databases.push(source);
    return source;
  };
  afterEach(async () => {
    for (const source of databases.splice(0)) await source.destroy();
    for (const database of made.splice(0)) await database.drop();
  });

  it('are all known, with an index by which the rows of an owner are found', async () => {
    const source = await ready();
    const columns: { name: string; owned: boolean }[] = await source.query(
      `SELECT c.table_name || '.' || c.column_name AS name, EXISTS (
          SELECT FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
           WHERE f.contype = 'f' AND f.convalidated AND f.conrelid = format('%I', c.table_name)::regclass AND a.attname = c.column_name) AS owned
         FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.column_name LIKE '%\\_id' ORDER BY 1`,
    );
    expect(columns.filter((c) => !c.owned).map((c) => c.name)).toEqual(Object.keys(NO_OWNER).sort());
    const unfound = await source.query(
      `SELECT f.conname AS name FROM pg_constraint f WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = f.conrelid AND i.indkey[0] = f.conkey[1] AND i.indpred IS NULL)`,
    );
    expect(unfound).toEqual([]);
  });

  it('go with their owner where they are of no use without it, and hold it where they are', async () => {
    const source = await ready();
    await source.query(PROFILE, ['ours']);
    await source.query(CALL, [call]);
    await source.query(PERSON, [person, 'ours']);
    await source.query(MATCH, ['ours', call]);
    await source.query(SESSION, [person]);
    await source.query(NOTE, ['ours', call, person]);
    await expect(source.query(MATCH, ['ours', gone])).rejects.toThrow('match_call_id_fkey');
    await expect(source.query(`DELETE FROM profile WHERE id = 'ours'`)).rejects.toThrow(
      'person_profile_id_fkey',
    );
    await source.query('DELETE FROM person WHERE id = $1', [person]);
    expect(await kept(source)).toEqual({ matches: 1, sessions: 0, people: 0, notes: [null] });
    await source.query('DELETE FROM call WHERE id = $1', [call]);
    expect(await kept(source)).toEqual({ matches: 0, sessions: 0, people: 0, notes: null });
  });
});
