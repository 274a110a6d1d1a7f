import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The identity keys of calls that are open to every subject. */
const BOTTOM_UP = [
  'erc-[0-9]{4}-(stg|cog|adg|syg|poc|plus)([0-9]|-|$)',
  'horizon-msca-[0-9]{4}-(dn|pf|se|cofund|citizens)(-|$)',
  'horizon-eic-[0-9]{4}-(pathfinder|transition|accelerator)(open)?(-|$)',
  'oc-[0-9]{4}-[0-9]',
  'cost-oc-[0-9]{4}-[0-9]',
  'horizon-widera-[0-9]{4}-([0-9]{2}-widening|access|talents)(-|$)',
].join('|');

/**
 * Lists and their counts are read from indexes: what they are chosen by lies beside the whole text of a call,
 * which a count would have to pass over.
 */
export class Lists1791742000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE call ADD bottom_up boolean NOT NULL DEFAULT false');
    await runner.query(
      'UPDATE call SET bottom_up = true WHERE EXISTS (SELECT 1 FROM unnest(identity_keys) k WHERE k ~ $1)',
      [`^identifier (${BOTTOM_UP})`],
    );
    await runner.query(
      'CREATE INDEX call_listed ON call (id) INCLUDE (bottom_up, withdrawn_at, last_deadline_at, opens_at, source_status)',
    );
    await runner.query('CREATE INDEX source_record_missing ON source_record (source_id, missing_since)');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
