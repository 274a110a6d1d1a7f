import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/** Each member that is another, with what it was and is. */
const CHANGES = `CREATE FUNCTION audit_changes(before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(k, jsonb_build_array(before->k, after->k)), '{}')
    FROM (SELECT jsonb_object_keys(coalesce(before, '{}')) UNION SELECT jsonb_object_keys(coalesce(after, '{}'))) AS names (k)
   WHERE before->k IS DISTINCT FROM after->k
$$`;

/** Of a profile what is one word or number: no contact, and no text that only its versions show. */
const plain = (row: string): string =>
  `(coalesce(${row}.content->'preferences', '{}') || (${row}.content - '{id,contacts,competences,preferences,trackRecord,vocabulary}'::text[]))`;

/** What the function that enters changes reads now, and what it says instead. */
const SAID = [
  [
    `CASE WHEN TG_OP = 'UPDATE' THEN jsonb_build_object('fields', to_jsonb(array_remove(ARRAY[`,
    `CASE WHEN TG_OP = 'UPDATE' THEN jsonb_build_object('changes', audit_changes(OLD.preferences, NEW.preferences), 'fields', to_jsonb(array_remove(ARRAY[`,
  ],
  [
    `CASE WHEN made THEN '{}' ELSE jsonb_build_object('fields', (`,
    `CASE WHEN made THEN '{}' ELSE jsonb_build_object('changes', audit_changes(${plain('OLD')}, ${plain('NEW')}), 'fields', (`,
  ],
  [
    `PERFORM audit_note('preferences.changed', row.profile_id, 'profile/' || row.profile_id, '{}', NULL, NULL);`,
    `PERFORM audit_note('preferences.changed', row.profile_id, 'profile/' || row.profile_id, jsonb_build_object('changes',
           audit_changes(CASE WHEN made THEN '{}' ELSE OLD.preferences END, CASE WHEN gone THEN '{}' ELSE NEW.preferences END)), NULL, NULL);`,
  ],
] as const;

/** Has the function that enters changes say other things, each in the place of another. */
async function reworded(runner: QueryRunner, said: readonly (readonly [string, string])[]): Promise<void> {
  const [found] = await runner.manager.query<{ text: string }[]>(
    `SELECT pg_get_functiondef('audit_row'::regproc) AS text`,
  );
  let { text } = found!;
  for (const [before, after] of said) {
    if (!text.includes(before)) throw new Error(`audit_row does not read "${before}"`);
    text = text.replace(before, () => after);
  }
  await runner.query(text);
}

/** The audit log enters what a setting was and what it became, and not only that it is another. */
export class AuditValues1791749000000 implements MigrationInterface, SaysOfOldCode {
  /** It shows the names of the fields, as before. */
  readonly oldCode = 'may-go-on';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CHANGES);
    await reworded(runner, SAID);
  }

  async down(runner: QueryRunner): Promise<void> {
    await reworded(
      runner,
      SAID.map(([before, after]) => [after, before] as const),
    );
    await runner.query('DROP FUNCTION audit_changes(jsonb, jsonb)');
  }
}
