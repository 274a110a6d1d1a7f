import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which changes are entered: of which table, at which statement, where that is not all of them, and what. */
const AUDITED: [table: string, statement: 'INSERT' | 'UPDATE' | 'DELETE', when: string | null][] = [
  ['person', 'INSERT', null],
  [
    'person',
    'UPDATE',
    '(OLD.role, OLD.name, OLD.email, OLD.removed_at, OLD.leaves_at) IS DISTINCT FROM (NEW.role, NEW.name, NEW.email, NEW.removed_at, NEW.leaves_at)',
  ],
  ['person', 'DELETE', null],
  ['session', 'INSERT', null],
  ['session', 'UPDATE', 'OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL'],
  ['api_key', 'INSERT', null],
  ['api_key', 'UPDATE', 'OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL'],
  ['contact', 'INSERT', null],
  [
    'contact',
    'UPDATE',
    'OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at OR OLD.admitted_at IS DISTINCT FROM NEW.admitted_at',
  ],
  ['contact', 'DELETE', null],
  ['recipient', 'INSERT', `NEW.owner <> ''`],
  [
    'recipient',
    'UPDATE',
    `NEW.owner <> '' AND (OLD.address_hash, OLD.name, OLD.preferences, OLD.stopped_at, OLD.paused_until) IS DISTINCT FROM (NEW.address_hash, NEW.name, NEW.preferences, NEW.stopped_at, NEW.paused_until)`,
  ],
  ['recipient', 'DELETE', `OLD.owner <> ''`],
  ['profile', 'INSERT', null],
  ['profile', 'UPDATE', 'OLD.content IS DISTINCT FROM NEW.content'],
  ['preference_defaults', 'INSERT', null],
  ['preference_defaults', 'UPDATE', 'OLD.preferences IS DISTINCT FROM NEW.preferences'],
  ['preference_defaults', 'DELETE', null],
  ['calendar', 'INSERT', null],
  ['calendar', 'UPDATE', 'OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL'],
  ['feed', 'INSERT', null],
  ['feed', 'UPDATE', 'OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL'],
  ['researcher', 'INSERT', null],
  [
    'researcher',
    'UPDATE',
    '(OLD.name, OLD.email, OLD.competences) IS DISTINCT FROM (NEW.name, NEW.email, NEW.competences)',
  ],
  ['researcher', 'DELETE', null],
  ['setting', 'INSERT', `NEW.key IN ('admin-token-sha256', 'sending-held')`],
  ['setting', 'UPDATE', `NEW.key = 'admin-token-sha256' AND OLD.value IS DISTINCT FROM NEW.value`],
  ['setting', 'DELETE', `OLD.key = 'sending-held'`],
];

const TABLES = [
  `CREATE TABLE audit (
    position bigint PRIMARY KEY, at timestamptz NOT NULL, action text NOT NULL, actor_kind text NOT NULL, actor uuid, actor_profile text, via text, origin uuid,
    profile_id text, subject text, detail jsonb NOT NULL, previous text NOT NULL, hash text NOT NULL)`,
  'CREATE INDEX audit_profile ON audit (profile_id, position)',
  // Two who would follow the same entry: one of them fails.
  'CREATE UNIQUE INDEX audit_previous ON audit (previous)',
  `CREATE TABLE audit_name (
    key text NOT NULL, since timestamptz NOT NULL, pseudonym uuid NOT NULL, name text NOT NULL, address text, PRIMARY KEY (key, since))`,
  'CREATE INDEX audit_name_pseudonym ON audit_name (pseudonym, since)',
];

const FUNCTIONS = [
  `CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'insufficient_privilege';
   END $$`,
  // By whoever holds the lock of the log. A new name is a new row, so that an entry goes on showing the name
  // of its time.
  `CREATE FUNCTION audit_pseudonym(about text, called text, reached text) RETURNS uuid LANGUAGE plpgsql AS $$
   DECLARE
     last audit_name;
   BEGIN
     SELECT * INTO last FROM audit_name WHERE key = about ORDER BY since DESC LIMIT 1;
     IF last.key IS NOT NULL AND (called IS NULL OR (last.name, last.address) IS NOT DISTINCT FROM (called, reached)) THEN
       RETURN last.pseudonym;
     END IF;
     INSERT INTO audit_name (key, since, pseudonym, name, address)
     VALUES (about, clock_timestamp(), coalesce(last.pseudonym, gen_random_uuid()), coalesce(called, ''), reached) RETURNING * INTO last;
     RETURN last.pseudonym;
   END $$`,
  // The lock is taken at the end of a transaction and held until its commit, so that entries follow one
  // another as commits do.
  `CREATE FUNCTION audit_note(what text, institute text, about text, more jsonb, by_person uuid, by_session uuid) RETURNS void LANGUAGE plpgsql AS $$
   DECLARE
     acting jsonb := coalesce(nullif(current_setting('carnot.acting', true), '')::jsonb, '{"kind":"system"}');
     entry audit;
     last audit;
     who person;
   BEGIN
     PERFORM pg_advisory_xact_lock(7041918);
     IF by_person IS NOT NULL THEN
       acting := acting || jsonb_build_object('kind', 'person', 'person', by_person, 'via', 'session/' || by_session);
     END IF;
     entry.actor_kind := acting->>'kind';
     entry.via := acting->>'via';
     entry.actor_profile := acting->>'profile';
     IF acting->>'person' IS NOT NULL THEN
       SELECT * INTO who FROM person WHERE id = (acting->>'person')::uuid;
       entry.actor := audit_pseudonym('person/' || (acting->>'person'), who.name, who.email);
       entry.actor_profile := coalesce(entry.actor_profile, who.profile_id);
     ELSIF acting->>'key' IS NOT NULL THEN
       entry.actor := audit_pseudonym('key/' || (acting->>'key'), acting->>'name', NULL);
     END IF;
     IF acting->>'from' IS NOT NULL THEN
       entry.origin := audit_pseudonym('from/' || coalesce(acting->>'person', '') || '/' || (acting->>'from'), acting->>'from', NULL);
     END IF;
     SELECT * INTO last FROM audit ORDER BY position DESC LIMIT 1;
     entry.position := coalesce(last.position, 0) + 1;
     entry.at := clock_timestamp();
     entry.action := what;
     entry.profile_id := institute;
     entry.subject := about;
     entry.detail := more;
     entry.previous := coalesce(last.hash, '');
     entry.hash := encode(sha256(convert_to(jsonb_build_array(entry.previous, entry.position, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
       entry.action, entry.actor_kind, entry.actor, entry.actor_profile, entry.via, entry.origin, entry.profile_id, entry.subject, entry.detail)::text, 'UTF8')), 'hex');
     INSERT INTO audit SELECT entry.*;
   END $$`,
  `CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     row record;
     made boolean := TG_OP = 'INSERT';
     gone boolean := TG_OP = 'DELETE';
     what text;
   BEGIN
     IF gone THEN row := OLD; ELSE row := NEW; END IF;
     PERFORM pg_advisory_xact_lock(7041918);
     CASE TG_TABLE_NAME
       WHEN 'person' THEN
         what := CASE WHEN made THEN 'person.invited' WHEN gone THEN 'person.erased' ELSE 'person.changed' END;
         IF TG_OP = 'UPDATE' THEN
           what := CASE WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL THEN 'person.removed' WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL THEN 'person.invited'
             WHEN OLD.role <> NEW.role THEN 'person.role' WHEN OLD.leaves_at IS NULL AND NEW.leaves_at IS NOT NULL THEN 'person.removal-asked'
             WHEN OLD.leaves_at IS NOT NULL AND NEW.leaves_at IS NULL THEN 'person.kept' WHEN OLD.email <> NEW.email THEN 'person.address' ELSE 'person.renamed' END;
         END IF;
         PERFORM audit_note(what, row.profile_id, 'person/' || CASE WHEN gone THEN audit_pseudonym('person/' || row.id, NULL, NULL) ELSE audit_pseudonym('person/' || row.id, row.name, row.email) END,
           CASE WHEN what = 'person.role' THEN jsonb_build_object('from', OLD.role, 'to', NEW.role) ELSE jsonb_build_object('role', row.role) END, NULL, NULL);
       WHEN 'session' THEN
         IF made THEN
           PERFORM audit_note('session.begun', (SELECT profile_id FROM person WHERE id = row.person_id), 'session/' || row.id, '{}', row.person_id, row.id);
         ELSE
           PERFORM audit_note('session.ended', (SELECT profile_id FROM person WHERE id = row.person_id), 'session/' || row.id, '{}', NULL, NULL);
         END IF;
       WHEN 'api_key' THEN
         PERFORM audit_note(CASE WHEN made THEN 'key.made' ELSE 'key.revoked' END, row.profile_id, 'key/' || row.id,
           jsonb_build_object('scope', row.scope, 'of', CASE WHEN row.person_id IS NULL THEN 'service' ELSE 'person' END), NULL, NULL);
       WHEN 'contact' THEN
         PERFORM audit_note(CASE WHEN made THEN 'contact.added' WHEN gone THEN 'contact.removed' WHEN OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at THEN 'contact.confirmed' ELSE 'contact.admitted' END,
           row.profile_id, 'address/' || audit_pseudonym('address/' || row.address, '', row.address), '{}', NULL, NULL);
       WHEN 'recipient' THEN
         PERFORM audit_note(CASE WHEN made THEN 'channel.added' WHEN gone THEN 'channel.removed' ELSE 'channel.changed' END, row.profile_id, 'channel/' || row.id,
           jsonb_build_object('channel', row.channel) || CASE WHEN TG_OP = 'UPDATE' THEN jsonb_build_object('fields', to_jsonb(array_remove(ARRAY[
             CASE WHEN OLD.address_hash IS DISTINCT FROM NEW.address_hash THEN 'address' END, CASE WHEN OLD.name IS DISTINCT FROM NEW.name THEN 'name' END,
             CASE WHEN OLD.preferences IS DISTINCT FROM NEW.preferences THEN 'preferences' END, CASE WHEN OLD.stopped_at IS DISTINCT FROM NEW.stopped_at THEN 'stopped' END,
             CASE WHEN OLD.paused_until IS DISTINCT FROM NEW.paused_until THEN 'paused' END], NULL))) ELSE '{}' END, NULL, NULL);
       WHEN 'profile' THEN
         PERFORM audit_note(CASE WHEN made THEN 'profile.added' ELSE 'profile.changed' END, row.id, 'profile/' || row.id, jsonb_build_object('revision', row.revision) ||
           CASE WHEN made THEN '{}' ELSE jsonb_build_object('fields', (SELECT coalesce(jsonb_agg(k ORDER BY k), '[]') FROM (
             SELECT jsonb_object_keys(OLD.content) UNION SELECT jsonb_object_keys(NEW.content)) AS names (k) WHERE OLD.content->k IS DISTINCT FROM NEW.content->k)) END, NULL, NULL);
       WHEN 'preference_defaults' THEN
         PERFORM audit_note('preferences.changed', row.profile_id, 'profile/' || row.profile_id, '{}', NULL, NULL);
       WHEN 'researcher' THEN
         PERFORM audit_note(CASE WHEN made THEN 'researcher.added' WHEN gone THEN 'researcher.removed' ELSE 'researcher.changed' END, row.profile_id,
           'researcher/' || CASE WHEN gone THEN audit_pseudonym('researcher/' || row.id, NULL, NULL) ELSE audit_pseudonym('researcher/' || row.id, row.name, row.email) END, '{}', NULL, NULL);
       WHEN 'setting' THEN
         PERFORM audit_note(CASE WHEN row.key = 'admin-token-sha256' THEN 'admin-token.made' WHEN gone THEN 'sending.resumed' ELSE 'sending.held' END, NULL, NULL, '{}', NULL, NULL);
       ELSE -- Links by which a program or a calendar reads on.
         PERFORM audit_note(TG_TABLE_NAME || CASE WHEN made THEN '.made' ELSE '.revoked' END, row.profile_id, TG_TABLE_NAME || '/' || row.id, '{}', NULL, NULL);
     END CASE;
     RETURN NULL;
   END $$`,
];

/**
 * Who did what: each change of these tables is entered when it is committed, in the same transaction, chained
 * to the entry before; nobody changes an entry.
 */
export class Audit1791600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...FUNCTIONS]) await runner.query(statement);
    await runner.query(
      'CREATE TRIGGER audit_only_added_to BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()',
    );
    await runner.query(
      'CREATE TRIGGER audit_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()',
    );
    // Names go where somebody is erased; none is ever another.
    await runner.query(
      'CREATE TRIGGER audit_name_kept BEFORE UPDATE ON audit_name FOR EACH ROW EXECUTE FUNCTION audit_refuse()',
    );
    for (const [table, statement, when] of AUDITED)
      await runner.query(
        `CREATE CONSTRAINT TRIGGER audit_${table}_${statement.toLowerCase()} AFTER ${statement} ON ${table} DEFERRABLE INITIALLY DEFERRED
           FOR EACH ROW ${when === null ? '' : `WHEN (${when})`} EXECUTE FUNCTION audit_row()`,
      );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
