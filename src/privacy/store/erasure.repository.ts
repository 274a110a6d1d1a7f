import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  apply,
  AT,
  changesOf,
  type ErasedText,
  type Subject,
  subjectOf,
  tellsAnswer,
  type Untouched,
  untouchedBy,
  valuesOf,
  type Whose,
} from './erased-texts.js';
import { GONE } from '../domain/traces.js';
import { sha256 } from '../../kernel/hash.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { FOLLOWS } from '../../notifications/store/recipient.repository.js';

/** All data that identify a person, in the order of the export; without hashes and keys. */
const EXPORTS: Record<string, string> = {
  account: `SELECT email, name, name_since, former_names, language, role, profile_id AS institute, created_at, invited_by, last_seen_at, pipeline_mails, telephone, shows_contact, removed_at FROM person WHERE email = $1 AND ${AT()}`,
  accounts: `SELECT i.provider, i.subject, i.created_at FROM identity i JOIN person p ON p.id = i.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY i.provider`,
  passkeys: `SELECT k.name, k.created_at, k.last_used_at FROM passkey k JOIN person p ON p.id = k.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY k.created_at`,
  sessions: `SELECT s.created_at, s.authenticated_at, s.second_factor_at, s.last_seen_at, s.expires_at, s.revoked_at, s.user_agent, s.provider FROM session s JOIN person p ON p.id = s.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY s.created_at`,
  keys: `SELECT k.name, k.hint, k.scope, k.created_at, k.expires_at, k.last_used_at, k.revoked_at FROM api_key k JOIN person p ON p.id IN (k.person_id, k.maker_id) WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY k.created_at`,
  calendars: `SELECT c.name, c.kind, c.created_at, c.last_read_at, c.revoked_at FROM calendar c JOIN person p ON p.id = c.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  tables: `SELECT f.name, f.content, f.query, f.created_at, f.last_read_at, f.revoked_at FROM feed f JOIN person p ON p.id = f.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  newsletters: `SELECT n.list, n.title, n.intro, n.items, n.updated_at, n.issued_at FROM newsletter n JOIN person p ON p.id = n.updated_by_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY n.updated_at`,
  'lists of newsletters': `SELECT profile_id AS institute, list, name, origin, added_at, left_at, stopped_at FROM newsletter_reader WHERE address = $1 AND ${AT()} ORDER BY added_at`,
  searches: `SELECT s.name, s.page, s.query, s.created_at FROM saved_search s JOIN person p ON p.id = s.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  'sheets to import': `SELECT w.sheet->>'file' AS file, w.sheet->'rows' AS rows, w.sent_at FROM waiting_sheet w JOIN person p ON p.id = w.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  notes: `SELECT n.text, n.created_at, n.call_id FROM note n JOIN person p ON p.id = n.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY n.created_at`,
  contact: `SELECT profile_id AS institute, address, created_at, confirmed_at, admitted_at FROM contact WHERE lower(address) = $1 AND ${AT()}`,
  'named in profiles': `SELECT p.id AS institute, c->>'name' AS name, c->>'email' AS email FROM profile p, jsonb_array_elements(p.content->'contacts') c WHERE lower(c->>'email') = $1 AND ${AT('p.id')}`,
  notifications: `SELECT channel, name, address, language, preferences, since, paused_until, stopped_at, stopped_why FROM recipient WHERE owner = '' AND lower(address) = $1 AND ${AT()}`,
  follows: `SELECT f.kind, f.target, f.origin, f.since, f.left_at FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.owner = '' AND lower(r.address) = $1 AND ${AT('r.profile_id')} ORDER BY f.since`,
  messages: `SELECT kind, subject, state, created_at, sent_at FROM notification WHERE lower(address) = $1 AND ${AT()} ORDER BY created_at`,
  mails: `SELECT kind, subject, state, created_at, sent_at FROM transactional_mail WHERE lower(to_address) = $1 AND ${AT()} ORDER BY created_at`,
  'dates of bids': `SELECT o.call_id, m->>'label' AS label, m->>'on' AS day FROM opportunity o CROSS JOIN LATERAL jsonb_array_elements(o.milestones) m JOIN person p ON m->>'personId' = p.id::text WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  interests: `SELECT i.call_id, i.brings, i.competences, i.opened_at FROM interest i JOIN person p ON p.id = i.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY i.opened_at`,
  'tasks of bids': `SELECT o.call_id, t->>'text' AS text, t->>'due' AS due, t->>'doneAt' AS done_at FROM opportunity o CROSS JOIN LATERAL jsonb_array_elements(o.tasks) t JOIN person p ON t->>'personId' = p.id::text WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  'comments on bids': `SELECT o.call_id, c.text, c.created_at, c.edited_at, c.deleted_at FROM opportunity_comment c JOIN opportunity o ON o.id = c.opportunity_id JOIN person p ON p.id = c.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY c.created_at`,
  'messages on joint opportunities': `SELECT j.call_id, s.changes->'message'->>'to' AS text, s.at FROM joint_opportunity_step s JOIN joint_opportunity j ON j.id = s.joint_id JOIN person p ON p.id = s.person_id WHERE s.kind = 'said' AND p.email = $1 AND ${AT('p.profile_id')} ORDER BY s.at`,
  researcher: `SELECT profile_id AS institute, name, name_since, former_names, email, language, competences, created_at, updated_at FROM researcher WHERE lower(email) = $1 AND ${AT()}`,
  proposals: `SELECT profile_id AS institute, call_id, name, subject, text, created_at, reminded_at, answer, word, other, answered_at FROM proposal WHERE lower(email) = $1 AND ${AT()} ORDER BY created_at`,
  'audit log': `SELECT a.position, a.at, a.action, a.via, (SELECT o.name FROM audit_name o WHERE o.hash = a.origin_name) AS "from" FROM audit a JOIN (
      SELECT DISTINCT n.pseudonym FROM audit_name n JOIN person p ON n.key = 'person/' || p.id WHERE p.email = $1 AND ${AT('p.profile_id')}) mine ON mine.pseudonym = a.actor ORDER BY a.position`,
};

/** The kinds of data in an export, in order. */
export const TOLD = Object.keys(EXPORTS);

export type PersonalData = Record<string, Record<string, unknown>[]>;

/** The data kept about a person, in all tables. */
@Injectable()
export class PersonalDataRepository {
  constructor(private readonly database: DataSource) {}

  /** All of it by kind; empty kinds are omitted. */
  async findByPerson(whose: Whose): Promise<PersonalData> {
    const found: PersonalData = {};
    for (const [what, statement] of Object.entries(EXPORTS)) {
      const rows: Record<string, unknown>[] = await this.database.query(statement, valuesOf(whose));
      if (rows.length) found[what] = rows;
    }
    return found;
  }
}

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
  ['newsletter', 'updated_by', 'updated_by_id'],
  ['newsletter_reader', 'added_by', 'added_by_id'],
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
const UNNAMED = [
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
/** SQL for whether an address is among these contacts of a profile. */
export const isAmong = (contacts: string, email = '$1'): string =>
  `EXISTS (SELECT FROM jsonb_array_elements(${contacts}) c WHERE lower(c->>'email') = ${email})`;
const ENDED = `state = CASE WHEN state IN ('pending', 'sending') THEN 'failed' ELSE state END`;
const EMPTIED = `UPDATE notification SET address = '', name = NULL, subject = '', text = '', html = '', payload = NULL, unsubscribe_url = '', error = NULL, sent_where = NULL, tries = '[]', ${ENDED}`;
/** Another institute that names the recipient `r` as its contact. */
const OTHER_CONTACT = `SELECT f.target FROM follow f WHERE f.recipient_id = r.id AND f.kind = 'profile' AND f.origin = 'contact' AND f.left_at IS NULL AND NOT $2 AND f.target IS DISTINCT FROM $3`;
const RECIPIENT = `((r.owner = '' AND lower(r.address) = $1) OR r.address_hash = $4)`;

/** Statements for an address ($1; its hash is $4), in this order. */
const ERASED = [
  `UPDATE opportunity_step SET by = '${GONE}' WHERE proposal_id IN (SELECT id FROM proposal WHERE lower(email) = $1) AND ${AT()}`,
  `UPDATE proposal SET name = '${GONE}', email = '', text = '', word = NULL, other = NULL, remind_on = NULL WHERE lower(email) = $1 AND ${AT()}`,
  `UPDATE transactional_mail SET to_name = NULL, to_address = '', reply_to = NULL, subject = '', text = '', html = '', unsubscribe_url = NULL, sent_where = NULL, error = NULL, ${ENDED}
    WHERE (lower(to_address) = $1 OR lower(reply_to) = $1) AND ${AT()}`,
  `${EMPTIED}
    WHERE (lower(address) = $1 OR recipient_id IN (SELECT id FROM recipient r WHERE ${RECIPIENT})) AND ${AT()}`,
  `UPDATE profile SET content = jsonb_set(content, '{contacts}', ${others(`content->'contacts'`)}), revision = revision + 1 WHERE ${isAmong(`content->'contacts'`)} AND ${AT('id')}`,
  `UPDATE profile SET file_conflict = jsonb_set(file_conflict, '{contacts}', ${others(`file_conflict->'contacts'`)}) WHERE ${isAmong(`file_conflict->'contacts'`)} AND ${AT('id')}`,
  `UPDATE profile_version SET content = jsonb_set(content, '{contacts}', ${others(`content->'contacts'`)}) WHERE ${isAmong(`content->'contacts'`)} AND ${AT()}`,
  `UPDATE contact_change SET contacts = ${others('contacts')} WHERE ${isAmong('contacts')} AND ${AT()}`,
  `DELETE FROM contact WHERE lower(address) = $1 AND ${AT()}`,
  // Who has left a list is not put back on it: the hash stays, as that of an objection does.
  `UPDATE newsletter_reader SET address = '', name = NULL, stopped_why = NULL, removed_at = coalesce(removed_at, now()), address_hash = CASE WHEN left_at IS NULL THEN id::text ELSE address_hash END WHERE (address = $1 OR address_hash = $4) AND ${AT()}`,
  `DELETE FROM researcher WHERE lower(email) = $1 AND ${AT()}`,
  `DELETE FROM person WHERE email = $1 AND ${AT()}`,
];

/** Statements for what is sent to an address: an institute that names it too goes on writing there. */
const ADDRESSED = [
  `DELETE FROM follow f USING recipient r WHERE r.id = f.recipient_id AND f.kind = 'profile' AND f.target = $3 AND (f.origin <> 'own' OR r.profile_id = f.target) AND NOT $2 AND ${RECIPIENT}`,
  // Whoever works elsewhere keeps what they chose there.
  `UPDATE recipient r SET profile_id = p.profile_id FROM person p WHERE p.email = $1 AND p.removed_at IS NULL AND r.owner = '' AND lower(r.address) = $1 AND ${AT('r.profile_id')}`,
  `UPDATE recipient r SET profile_id = (${OTHER_CONTACT} ORDER BY f.since, f.target LIMIT 1) WHERE ${RECIPIENT} AND ${AT('r.profile_id')} AND EXISTS (${OTHER_CONTACT})`,
  `DELETE FROM recipient r WHERE ${RECIPIENT} AND ${AT('r.profile_id')}`,
];

/** The recipient that the person $1 was, unless they work elsewhere, or are a contact of an institute. */
const OWN_RECIPIENT = `SELECT r.id FROM recipient r JOIN person p ON p.email = r.address
  WHERE p.id = $1 AND r.channel = 'email' AND r.owner = '' AND NOT ${FOLLOWS} AND NOT EXISTS (SELECT FROM person o WHERE o.email = p.email AND o.removed_at IS NULL)
    AND NOT EXISTS (SELECT FROM contact k WHERE lower(k.address) = p.email)
    AND NOT EXISTS (SELECT FROM profile f WHERE ${isAmong(`f.content->'contacts'`, 'p.email')})`;
const OF_ACCOUNT = [
  `${EMPTIED} WHERE recipient_id IN (${OWN_RECIPIENT})`,
  `DELETE FROM recipient WHERE id IN (${OWN_RECIPIENT})`,
];

/** Tables in which an address is not looked for: they hold none, and are large or only added to. */
const WITHOUT_ADDRESSES = ['audit', 'audit_name', 'event', 'match', 'reading'];
/** Those of the operator in which it is. */
const OF_OPERATOR = ['alarm'];

/**
 * Statements that replace the address in every column that can hold one, as answers of mail servers do: the
 * tables are those of the catalogue.
 */
async function sweeps(
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

/** Erases somebody: by their ids, by their address, and from the texts of their institute. */
@Injectable()
export class ErasureRepository {
  constructor(private readonly database: DataSource) {}

  /** The texts that an erasure would change; `mark` identifies them as they are now. */
  async texts(whose: Whose, now: Date): Promise<{ texts: ErasedText[]; mark: string }> {
    const tx = this.database.manager;
    const changes = await changesOf(tx, await subjectOf(tx, whose, now), false);
    const mark = sha256(JSON.stringify(changes.map((c) => [c.place, c.row, c.field, c.before])));
    return { texts: changes, mark };
  }

  /**
   * Texts of others that the session sees and that name them: those are not changed. Of what other institutes
   * write inside, nothing is said.
   */
  async untouched(whose: Whose, now: Date): Promise<Untouched[]> {
    const tx = this.database.manager;
    return untouchedBy(tx, whose, await subjectOf(tx, whose, now));
  }

  /**
   * Erases a person who was removed, a researcher or a contact: deletes rows that are only about them, and
   * removes them from rows that document an institute's work. One transaction; returns how many rows and
   * texts were changed.
   */
  async erase(whose: Whose, now: Date): Promise<{ rows: number; texts: number }> {
    return this.database.transaction(async (tx) => {
      const subject = await subjectOf(tx, whose, now);
      const values = [...valuesOf(whose), sha256(whose.email.toLowerCase())];
      let rows = 0;
      const run = async (statement: string, given: unknown[]): Promise<void> => {
        // Passes only the parameters that the statement uses.
        const used = Math.max(0, ...[...statement.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)));
        const [, count]: [unknown, number] = await tx.query(statement, given.slice(0, used));
        rows += count;
      };
      const changes = await changesOf(tx, subject, true);
      await apply(tx, changes);
      await run(
        `UPDATE notification t SET text = '', html = '', payload = NULL WHERE state IN ('sent', 'failed') AND ${tellsAnswer('$1', '$2')}`,
        [subject.researchers, subject.email],
      );
      const keys = await keysOf(tx, whose, subject);
      await unnamed((statement) => run(statement, [subject.people]));
      for (const statement of ERASED) await run(statement, values);
      await acrossInstitutes('an institute goes on writing to a contact that another erased', async () => {
        for (const statement of ADDRESSED) await run(statement, values);
      });
      for (const statement of await sweeps(tx, whose, subject)) await run(...statement);
      // The deferred audit triggers name the person once more; then the names go, and the entries stay.
      await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      await entered(tx, whose, subject, keys, { rows, texts: changes.length });
      await tx.query('DELETE FROM audit_name WHERE pseudonym = ANY($1)', [keys.map((k) => k.pseudonym)]);
      return { rows, texts: changes.length };
    });
  }

  /**
   * Erases the account alone of somebody who was removed, whom the institute still names by the same address:
   * what it keeps of them as a contact, a researcher or a reader is not the account's.
   */
  async eraseAccount(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await unnamed((statement) => tx.query(statement, [[id]]));
      await acrossInstitutes('an institute goes on writing to a contact of the same address', async () => {
        for (const statement of OF_ACCOUNT) await tx.query(statement, [id]);
      });
      await tx.query('DELETE FROM person WHERE id = $1', [id]);
      await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      await tx.query(`DELETE FROM audit_name WHERE key = $1 OR starts_with(key, $2)`, [
        `person/${id}`,
        `from/${id}/`,
      ]);
    });
  }
}

/** Runs the statements that take the ids of people out of what they did. */
const unnamed = (run: (statement: string) => Promise<void>): Promise<void> =>
  acrossInstitutes('somebody who is erased is named by their id nowhere any more', async () => {
    for (const statement of UNNAMED) await run(statement);
  });

interface Named {
  key: string;
  pseudonym: string;
  profileId: string | null;
}

/** Their names in the audit log: as people, as researchers (also removed ones) and as addresses. */
function keysOf(tx: EntityManager, whose: Whose, { people, researchers }: Subject): Promise<Named[]> {
  return tx.query(
    `SELECT DISTINCT key, pseudonym, profile_id AS "profileId" FROM audit_name
      WHERE key = ANY($4) OR key ~ ANY($5) OR (key !~ '^from/' AND lower(address) = $1 AND ${AT()}) ORDER BY key`,
    [
      ...valuesOf(whose),
      [...people.map((id) => `person/${id}`), ...researchers.map((id) => `researcher/${id}`)],
      people.map((id) => `^from/${id}/`),
    ],
  );
}

/** Enters the erasure in the log of each institute where they were known, and in that of the asker. */
async function entered(
  tx: EntityManager,
  whose: Whose,
  { borne }: Subject,
  keys: Named[],
  done: { rows: number; texts: number },
): Promise<void> {
  const at = whose.at === 'everywhere' ? [] : [whose.at.profileId];
  const institutes = new Set([...at, ...[...borne.keys()].map((id) => id || null)]);
  for (const institute of institutes) {
    const there = keys.filter((k) => k.profileId === institute && !k.key.startsWith('from/'));
    const named = there.find((k) => k.key.startsWith('person/')) ?? there[0];
    const subject = named ? `${named.key.split('/')[0]!}/${named.pseudonym}` : null;
    await tx.query('SELECT audit_note($1, $2, $3, $4, NULL, NULL)', [
      'personal-data.erased',
      institute,
      subject,
      JSON.stringify(done),
    ]);
  }
}
