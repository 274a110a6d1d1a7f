import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A link to "my messages" as earlier versions signed it into a message that they stored. */
const SIGNED = `recipient_id || '\\.[0-9a-z]{1,12}\\.[A-Za-z0-9_-]{43}'`;
/** The mark in place of the link that stops the messages, by which that of the other is named. */
const MARK = `substring(unsubscribe_url from '/link-([0-9a-f-]{36})$')`;

/**
 * A text with a mark where either kind of link to "my messages" stands: the link is written when the message
 * leaves.
 */
const marked = (column: string): string =>
  `${column} = regexp_replace(replace(${column}, '/telling/link-' || ${MARK}, '/telling/settings-' || ${MARK}), ${SIGNED}, 'settings-' || ${MARK}, 'g')`;

/**
 * What came with those who leave, and with contacts that confirm, is held to the rules of the rest. A key of
 * a service ends with who made it, also where their row does; contacts go with their institute; the mail that
 * tells somebody of their removal stays as long as it counts. The keys that sign links to "my messages" are
 * sealed by the next step of the start, and are made by the program alone from now on; such a link stands in
 * no stored message.
 */
export class LeavingSealed1790620000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'UPDATE api_key k SET maker_id = NULL WHERE maker_id IS NOT NULL AND NOT EXISTS (SELECT FROM person p WHERE p.id = k.maker_id)',
    );
    await runner.query(
      'ALTER TABLE api_key ADD CONSTRAINT api_key_maker_id_fkey FOREIGN KEY (maker_id) REFERENCES person (id) ON DELETE CASCADE',
    );
    for (const table of ['contact', 'contact_change']) {
      await runner.query(
        `DELETE FROM ${table} t WHERE NOT EXISTS (SELECT FROM profile p WHERE p.id = t.profile_id)`,
      );
      await runner.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${table}_profile_id_fkey FOREIGN KEY (profile_id) REFERENCES profile (id) ON DELETE CASCADE`,
      );
    }
    await runner.query('CREATE INDEX person_leaves_letter ON person (leaves_letter_id)');
    await runner.query(
      'UPDATE person n SET leaves_letter_id = NULL WHERE leaves_letter_id IS NOT NULL AND NOT EXISTS (SELECT FROM letter l WHERE l.id = n.leaves_letter_id)',
    );
    await runner.query(
      'ALTER TABLE person ADD CONSTRAINT person_leaves_letter_id_fkey FOREIGN KEY (leaves_letter_id) REFERENCES letter (id) ON DELETE NO ACTION DEFERRABLE INITIALLY DEFERRED',
    );
    await runner.query('ALTER TABLE recipient ALTER COLUMN link_key DROP DEFAULT');
    await runner.query(
      `UPDATE notification SET ${['text', 'html', 'payload'].map(marked).join(', ')} WHERE ${MARK} IS NOT NULL`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
