import type { EntityManager } from 'typeorm';
import { GONE } from '../domain/traces.js';
import type { Subject } from './erased-person.js';
import { AT, valuesOf, type Whose } from './whose.js';

/**
 * Columns with the name of whoever did something, and the column with their id. All of them: a test compares
 * the list with the database.
 */
export const BYLINES: readonly (readonly [table: string, name: string, id: string])[] = [
  ['api_key', 'created_by', 'maker_id'],
  ['person', 'invited_by', 'invited_by_id'],
  ['person', 'leaves_asked_by', 'leaves_asked_by_id'],
  ['preference_defaults', 'updated_by', 'updated_by_id'],
  ['profile_version', 'by', 'by_id'],
  ['contact', 'admitted_by', 'admitted_by_id'],
  ['contact_change', 'asked_by', 'asked_by_id'],
  ['notification', 'resent_by', 'resent_by_id'],
  ['review', 'verdict_by', 'verdict_by_id'],
  ['proposal', 'asked_by', 'person_id'],
  ['proposal', 'reminded_by', 'reminded_by_id'],
  ['proposal_settings', 'updated_by', 'updated_by_id'],
  ['note', 'author', 'person_id'],
  ['opportunity_step', 'by', 'person_id'],
  ['opportunity_comment', 'author', 'person_id'],
  ['milestone_template', 'updated_by', 'updated_by_id'],
  ['interest', 'by', 'person_id'],
  ['joint_opportunity_step', 'by', 'person_id'],
];

/** Columns of JSON that name people by id: who is to do something. */
const ASSIGNED = [
  ['opportunity', 'milestones'],
  ['opportunity', 'tasks'],
  ['opportunity_step', 'changes'],
] as const;

/** Statements by the ids of people ($1), wherever they are named. */
export const UNNAMED = [
  ...BYLINES.map(
    ([table, name, id]) => `UPDATE ${table} SET ${name} = '${GONE}', ${id} = NULL WHERE ${id} = ANY($1)`,
  ),
  `UPDATE review SET previous = previous || '{"verdictBy": "${GONE}", "verdictById": null}' WHERE previous->>'verdictById' = ANY($1::text[])`,
  ...ASSIGNED.map(
    ([table, column]) =>
      `UPDATE ${table} SET ${column} = regexp_replace(${column}::text, '"(' || array_to_string($1::uuid[], '|') || ')"', 'null', 'g')::jsonb
        WHERE cardinality($1::uuid[]) > 0 AND ${column}::text ~ ('"(' || array_to_string($1::uuid[], '|') || ')"')`,
  ),
  `UPDATE opportunity_comment SET notified = ARRAY(SELECT id FROM unnest(notified) AS told (id) WHERE id <> ALL($1::uuid[])) WHERE notified && $1::uuid[]`,
];

const others = (contacts: string): string =>
  `(SELECT coalesce(jsonb_agg(c ORDER BY n), '[]') FROM jsonb_array_elements(${contacts}) WITH ORDINALITY AS e(c, n) WHERE lower(c->>'email') <> $1)`;
const isIn = (contacts: string): string =>
  `EXISTS (SELECT FROM jsonb_array_elements(${contacts}) c WHERE lower(c->>'email') = $1)`;
const ENDED = `state = CASE WHEN state IN ('pending', 'sending') THEN 'failed' ELSE state END`;
/** Another institute that names the recipient `r` as its contact. */
const OTHER_CONTACT = `SELECT f.target FROM follow f WHERE f.recipient_id = r.id AND f.kind = 'profile' AND f.origin = 'contact' AND f.left_at IS NULL AND NOT $2 AND f.target IS DISTINCT FROM $3`;
const RECIPIENT = `((r.owner = '' AND lower(r.address) = $1) OR r.address_hash = $4)`;

/** Statements for an address ($1; its hash is $4), in this order. */
export const ERASED = [
  `UPDATE opportunity_step SET by = '${GONE}' WHERE proposal_id IN (SELECT id FROM proposal WHERE lower(email) = $1) AND ${AT()}`,
  `UPDATE proposal SET name = '${GONE}', email = '', text = '', word = NULL, other = NULL, remind_on = NULL WHERE lower(email) = $1 AND ${AT()}`,
  `UPDATE transactional_mail SET to_name = NULL, to_address = '', reply_to = NULL, subject = '', text = '', html = '', sent_where = NULL, error = NULL, ${ENDED}
    WHERE (lower(to_address) = $1 OR lower(reply_to) = $1) AND ${AT()}`,
  `UPDATE notification SET address = '', name = NULL, subject = '', text = '', html = '', payload = NULL, unsubscribe_url = '', error = NULL, sent_where = NULL, tries = '[]', ${ENDED}
    WHERE (lower(address) = $1 OR recipient_id IN (SELECT id FROM recipient r WHERE ${RECIPIENT})) AND ${AT()}`,
  `UPDATE profile SET content = jsonb_set(content, '{contacts}', ${others(`content->'contacts'`)}), revision = revision + 1 WHERE ${isIn(`content->'contacts'`)} AND ${AT('id')}`,
  `UPDATE profile SET file_conflict = jsonb_set(file_conflict, '{contacts}', ${others(`file_conflict->'contacts'`)}) WHERE ${isIn(`file_conflict->'contacts'`)} AND ${AT('id')}`,
  `UPDATE profile_version SET content = jsonb_set(content, '{contacts}', ${others(`content->'contacts'`)}) WHERE ${isIn(`content->'contacts'`)} AND ${AT()}`,
  `UPDATE contact_change SET contacts = ${others('contacts')} WHERE ${isIn('contacts')} AND ${AT()}`,
  `DELETE FROM contact WHERE lower(address) = $1 AND ${AT()}`,
  `DELETE FROM researcher WHERE lower(email) = $1 AND ${AT()}`,
  `DELETE FROM person WHERE email = $1 AND ${AT()}`,
];

/** Statements for what is sent to an address: an institute that names it too goes on writing there. */
export const ADDRESSED = [
  `DELETE FROM follow f USING recipient r WHERE r.id = f.recipient_id AND f.kind = 'profile' AND f.target = $3 AND NOT $2 AND ${RECIPIENT}`,
  `UPDATE recipient r SET profile_id = (${OTHER_CONTACT} ORDER BY f.since, f.target LIMIT 1) WHERE ${RECIPIENT} AND ${AT('r.profile_id')} AND EXISTS (${OTHER_CONTACT})`,
  `DELETE FROM recipient r WHERE ${RECIPIENT} AND ${AT('r.profile_id')}`,
];

/** Tables in which an address is not looked for: they hold none, and are large or only added to. */
const WITHOUT_ADDRESSES = ['audit', 'audit_name', 'event', 'match', 'reading'];
/** Those of the operator in which it is. */
const OF_OPERATOR = ['alarm'];

/**
 * Statements that replace the address in every column that can hold one, as answers of mail servers do: the
 * tables are those of the catalogue.
 */
export async function sweeps(
  tx: EntityManager,
  whose: Whose,
  { email, people, researchers }: Subject,
): Promise<[string, unknown[]][]> {
  const columns: { table: string; name: string; type: string }[] = await tx.query(
    `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND format_type(a.atttypid, a.atttypmod) IN ('text', 'text[]', 'jsonb')
        AND ((c.relrowsecurity AND c.relname <> ALL($1)) OR c.relname = ANY($2)) ORDER BY 1, 2`,
    [WITHOUT_ADDRESSES, people.length + researchers.length || whose.at === 'everywhere' ? OF_OPERATOR : []],
  );
  const owned: { table: string }[] = await tx.query(
    `SELECT table_name AS "table" FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'profile_id'`,
  );
  const literal = email.replace(/[^a-z0-9]/g, (char) => (char === '@' ? '(@|%40)' : `\\${char}`));
  const pattern = `(?<![[:alnum:]._%+-])${literal}(?![[:alnum:]_-]|\\.[[:alnum:]])`;
  const statements: [string, unknown[]][] = [];
  for (const table of new Set(columns.map((c) => c.table))) {
    const all = columns.filter((c) => c.table === table);
    const scope = OF_OPERATOR.includes(table)
      ? 'true'
      : owned.some((o) => o.table === table)
        ? AT()
        : table === 'profile'
          ? AT('id')
          : '$2';
    const cleared = all.map(({ name, type }) =>
      type === 'text[]'
        ? `"${name}" = ARRAY(SELECT regexp_replace(v, $1, '${GONE}', 'gi') FROM unnest("${name}") WITH ORDINALITY AS e (v, n) ORDER BY n)`
        : `"${name}" = regexp_replace("${name}"::text, $1, '${GONE}', 'gi')::${type}`,
    );
    statements.push([
      `UPDATE "${table}" SET ${cleared.join()} WHERE concat_ws(' ', ${all.map(({ name }) => `"${name}"::text`).join()}) ~* $1 AND ${scope}`,
      [pattern, ...valuesOf(whose).slice(1)],
    ]);
  }
  return statements;
}
