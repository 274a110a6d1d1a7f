import type { MigrationInterface, QueryRunner } from 'typeorm';

const AUDITED = `CREATE FUNCTION audit_passkey() RETURNS trigger LANGUAGE plpgsql AS $$
   DECLARE
     made boolean := TG_OP = 'INSERT';
     entry passkey;
     owner person;
   BEGIN
     IF made THEN entry := NEW; ELSE entry := OLD; END IF;
     SELECT * INTO owner FROM person WHERE id = entry.person_id;
     -- Who is erased is entered as erased, and their name is gone.
     IF owner.id IS NULL THEN RETURN NULL; END IF;
     PERFORM pg_advisory_xact_lock(7041918);
     PERFORM audit_note(CASE WHEN made THEN 'passkey.made' ELSE 'passkey.removed' END, owner.profile_id,
       'person/' || audit_pseudonym('person/' || owner.id, owner.name, owner.email), jsonb_build_object('passkey', entry.id), NULL, NULL);
     RETURN NULL;
   END $$`;

/**
 * Passkeys as a second factor: of each the public half; and of each session whether a second factor was shown
 * in it, and the one challenge that its browser may answer.
 */
export class Passkeys1791743000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE passkey (
      id uuid PRIMARY KEY, person_id uuid NOT NULL CONSTRAINT passkey_person_id_fkey REFERENCES person (id) ON DELETE CASCADE, name text NOT NULL,
      credential text NOT NULL, public_key bytea NOT NULL, counter bigint NOT NULL, transports text[] NOT NULL,
      created_at timestamptz NOT NULL, last_used_at timestamptz)`);
    await runner.query('CREATE UNIQUE INDEX passkey_credential ON passkey (credential)');
    await runner.query('CREATE INDEX passkey_person ON passkey (person_id)');
    await runner.query(
      'ALTER TABLE session ADD second_factor_at timestamptz, ADD challenge text, ADD challenge_until timestamptz',
    );
    await runner.query(AUDITED);
    for (const statement of ['INSERT', 'DELETE'])
      await runner.query(
        `CREATE CONSTRAINT TRIGGER audit_passkey_${statement.toLowerCase()} AFTER ${statement} ON passkey DEFERRABLE INITIALLY DEFERRED
           FOR EACH ROW EXECUTE FUNCTION audit_passkey()`,
      );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
