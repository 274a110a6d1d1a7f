import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { sha256 } from '../../calls/domain/index.js';

/** Whose data: those of an address, at one institute (null for the network) or everywhere. */
export interface Whose {
  email: string;
  at: { profileId: string | null } | 'everywhere';
}

/** Replaces an erased name. */
const GONE = '–';

/** $1 is the address in lower case, $2 is true for everywhere, $3 the institute. */
const AT = (column = 'profile_id'): string => `($2 OR ${column} IS NOT DISTINCT FROM $3)`;

/** Columns with the name of the person who did something. */
const BYLINES = [
  ['api_key', 'created_by'],
  ['person', 'invited_by'],
  ['person', 'leaves_asked_by'],
  ['preference_defaults', 'updated_by'],
  ['profile_version', 'by'],
  ['contact', 'admitted_by'],
  ['contact_change', 'asked_by'],
  ['notification', 'resent_by'],
  ['review', 'verdict_by'],
  ['proposal', 'asked_by'],
  ['proposal', 'reminded_by'],
  ['proposal_settings', 'updated_by'],
  ['note', 'author'],
  ['opportunity', 'lead_name'],
  ['opportunity_step', 'by'],
  ['opportunity_comment', 'author'],
  ['milestone_template', 'updated_by'],
  ['interest', 'by'],
  ['joint_opportunity_step', 'by'],
] as const;

/** Statements for each name of the person ($1): what they did stays, without the name. */
const UNNAMED = [
  ...BYLINES.map(
    ([table, column]) => `UPDATE ${table} SET ${column} = '${GONE}' WHERE ${column} = $1 AND ${AT()}`,
  ),
  `UPDATE review SET previous = jsonb_set(previous, '{by}', '"${GONE}"') WHERE previous->>'by' = $1 AND ${AT()}`,
  // The history of a bid records old and new facts, among them the name of the lead.
  `UPDATE opportunity_step SET changes = replace(changes::text, to_json($1::text)::text, '"${GONE}"')::jsonb WHERE position(to_json($1::text)::text IN changes::text) > 0 AND ${AT()}`,
  `UPDATE opportunity_comment SET text = replace(text, $1, '${GONE}') WHERE position($1 IN text) > 0 AND ${AT()}`,
  `UPDATE proposal SET text = replace(text, $1, '${GONE}'), subject = replace(subject, $1, '${GONE}') WHERE position($1 IN text || subject) > 0 AND ${AT()}`,
  `UPDATE transactional_mail SET subject = '' WHERE position($1 IN subject) > 0 AND ${AT()}`,
];

const OTHERS = `(SELECT coalesce(jsonb_agg(c ORDER BY n), '[]') FROM jsonb_array_elements(content->'contacts') WITH ORDINALITY AS e(c, n) WHERE lower(c->>'email') <> $1)`;
const NAMED = `EXISTS (SELECT FROM jsonb_array_elements(content->'contacts') c WHERE lower(c->>'email') = $1)`;
const ENDED = `state = CASE WHEN state IN ('pending', 'sending') THEN 'failed' ELSE state END`;

/** Statements for an address ($1; its hash is $4), in this order. */
const ERASED = [
  `UPDATE proposal SET name = '${GONE}', email = '', text = '', word = NULL, other = NULL, remind_on = NULL WHERE lower(email) = $1 AND ${AT()}`,
  `UPDATE transactional_mail SET to_name = NULL, to_address = '', reply_to = NULL, subject = '', text = '', html = '', sent_where = NULL, error = NULL, ${ENDED}
    WHERE (lower(to_address) = $1 OR lower(reply_to) = $1) AND ${AT()}`,
  `UPDATE notification SET address = '', name = NULL, subject = '', text = '', html = '', payload = NULL, unsubscribe_url = '', error = NULL, sent_where = NULL, tries = '[]', ${ENDED}
    WHERE (lower(address) = $1 OR recipient_id IN (SELECT id FROM recipient WHERE address_hash = $4)) AND ${AT()}`,
  `DELETE FROM recipient WHERE ((owner = '' AND lower(address) = $1) OR address_hash = $4) AND ${AT()}`,
  `UPDATE profile SET content = jsonb_set(content, '{contacts}', ${OTHERS}), revision = revision + 1 WHERE ${NAMED} AND ${AT('id')}`,
  `UPDATE profile_version SET content = jsonb_set(content, '{contacts}', ${OTHERS}) WHERE ${NAMED} AND ${AT()}`,
  `UPDATE contact_change SET contacts = (SELECT coalesce(jsonb_agg(c), '[]') FROM jsonb_array_elements(contacts) c WHERE lower(c->>'email') <> $1)
    WHERE EXISTS (SELECT FROM jsonb_array_elements(contacts) c WHERE lower(c->>'email') = $1) AND ${AT()}`,
  `DELETE FROM contact WHERE lower(address) = $1 AND ${AT()}`,
  `DELETE FROM researcher WHERE lower(email) = $1 AND ${AT()}`,
  `UPDATE opportunity_comment c SET notified = array_remove(c.notified, p.id) FROM person p WHERE p.email = $1 AND p.id = ANY(c.notified) AND ${AT('p.profile_id')}`,
  `DELETE FROM person WHERE email = $1 AND ${AT()}`,
];

/** All data that identify a person, in the order of the export; without hashes and keys. */
const EXPORTS: Record<string, string> = {
  account: `SELECT email, name, language, role, profile_id AS institute, created_at, invited_by, last_seen_at, pipeline_mails, removed_at FROM person WHERE email = $1 AND ${AT()}`,
  accounts: `SELECT i.provider, i.subject, i.created_at FROM identity i JOIN person p ON p.id = i.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY i.provider`,
  passkeys: `SELECT k.name, k.created_at, k.last_used_at FROM passkey k JOIN person p ON p.id = k.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY k.created_at`,
  sessions: `SELECT s.created_at, s.authenticated_at, s.second_factor_at, s.last_seen_at, s.expires_at, s.revoked_at, s.user_agent FROM session s JOIN person p ON p.id = s.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY s.created_at`,
  keys: `SELECT k.name, k.hint, k.scope, k.created_at, k.expires_at, k.last_used_at, k.revoked_at FROM api_key k JOIN person p ON p.id IN (k.person_id, k.maker_id) WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY k.created_at`,
  calendars: `SELECT c.name, c.kind, c.created_at, c.last_read_at, c.revoked_at FROM calendar c JOIN person p ON p.id = c.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  tables: `SELECT f.name, f.query, f.created_at, f.last_read_at, f.revoked_at FROM feed f JOIN person p ON p.id = f.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  searches: `SELECT s.name, s.page, s.query, s.created_at FROM saved_search s JOIN person p ON p.id = s.person_id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  notes: `SELECT n.text, n.created_at, n.call_id FROM note n JOIN person p ON p.id = n.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY n.created_at`,
  contact: `SELECT profile_id AS institute, address, created_at, confirmed_at, admitted_at FROM contact WHERE lower(address) = $1 AND ${AT()}`,
  'named in profiles': `SELECT p.id AS institute, c->>'name' AS name, c->>'email' AS email FROM profile p, jsonb_array_elements(p.content->'contacts') c WHERE lower(c->>'email') = $1 AND ${AT('p.id')}`,
  notifications: `SELECT channel, name, address, language, preferences, since, paused_until, stopped_at, stopped_why FROM recipient WHERE owner = '' AND lower(address) = $1 AND ${AT()}`,
  messages: `SELECT kind, subject, state, created_at, sent_at FROM notification WHERE lower(address) = $1 AND ${AT()} ORDER BY created_at`,
  mails: `SELECT kind, subject, state, created_at, sent_at FROM transactional_mail WHERE lower(to_address) = $1 AND ${AT()} ORDER BY created_at`,
  'dates of bids': `SELECT o.call_id, m->>'label' AS label, m->>'on' AS day FROM opportunity o CROSS JOIN LATERAL jsonb_array_elements(o.milestones) m JOIN person p ON m->>'personId' = p.id::text WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  interests: `SELECT i.call_id, i.brings, i.competences, i.opened_at FROM interest i JOIN person p ON p.id = i.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY i.opened_at`,
  'tasks of bids': `SELECT o.call_id, t->>'text' AS text, t->>'due' AS due, t->>'doneAt' AS done_at FROM opportunity o CROSS JOIN LATERAL jsonb_array_elements(o.tasks) t JOIN person p ON t->>'personId' = p.id::text WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  'comments on bids': `SELECT o.call_id, c.text, c.created_at, c.edited_at, c.deleted_at FROM opportunity_comment c JOIN opportunity o ON o.id = c.opportunity_id JOIN person p ON p.id = c.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY c.created_at`,
  researcher: `SELECT profile_id AS institute, name, email, language, competences, created_at, updated_at FROM researcher WHERE lower(email) = $1 AND ${AT()}`,
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
  async of(whose: Whose): Promise<PersonalData> {
    const found: PersonalData = {};
    for (const [what, statement] of Object.entries(EXPORTS)) {
      const rows: Record<string, unknown>[] = await this.database.query(statement, valuesOf(whose));
      if (rows.length) found[what] = rows;
    }
    return found;
  }

  /**
   * Erases a person who was removed: deletes rows that are only about them, and removes their name from rows
   * that document an institute's work. One transaction; returns the number of rows.
   */
  async erase(whose: Whose): Promise<number> {
    return this.database.transaction(async (tx) => {
      const values = valuesOf(whose);
      let rows = 0;
      const run = async (statement: string, given: unknown[]): Promise<void> => {
        // Passes only the parameters that the statement uses.
        const used = Math.max(0, ...[...statement.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)));
        const [, count]: [unknown, number] = await tx.query(statement, given.slice(0, used));
        rows += count;
      };
      const names = await this.namesOf(tx, whose);
      const keys = await this.keysOf(tx, whose);
      for (const name of names)
        for (const statement of UNNAMED) await run(statement, [name, ...values.slice(1)]);
      for (const statement of ERASED) await run(statement, [...values, sha256(whose.email)]);
      // The deferred audit triggers name the person once more; then the names go, and the entries stay.
      await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
      await tx.query('DELETE FROM audit_name WHERE key = ANY($1) OR key ~ ANY($2)', [
        keys,
        keys.filter((key) => key.startsWith('person/')).map((key) => `^from/${key.slice('person/'.length)}/`),
      ]);
      return rows;
    });
  }

  /** Every name of the person, past and present, longest first so that no part of one is left. */
  private async namesOf(tx: EntityManager, whose: Whose): Promise<string[]> {
    const rows: { name: string }[] = await tx.query(
      `SELECT name FROM person WHERE email = $1 AND ${AT()} UNION SELECT name FROM researcher WHERE lower(email) = $1 AND ${AT()} UNION
       SELECT n.name FROM audit_name n JOIN person p ON n.key = 'person/' || p.id WHERE p.email = $1 AND ${AT('p.profile_id')}`,
      valuesOf(whose),
    );
    return rows
      .map(({ name }) => name)
      .filter((name) => name.trim() !== '')
      .sort((a, b) => b.length - a.length);
  }

  /** The keys of the person's names in the audit log. */
  private async keysOf(tx: EntityManager, whose: Whose): Promise<string[]> {
    const rows: { key: string }[] = await tx.query(
      `SELECT 'person/' || id AS key FROM person WHERE email = $1 AND ${AT()} UNION SELECT 'researcher/' || id FROM researcher WHERE lower(email) = $1 AND ${AT()} UNION SELECT key FROM audit_name WHERE key LIKE 'address/%' AND lower(address) = $1 AND ${AT()}`,
      valuesOf(whose),
    );
    return rows.map(({ key }) => key);
  }
}

const valuesOf = ({ email, at }: Whose): [string, boolean, string | null] => [
  email.toLowerCase(),
  at === 'everywhere',
  at === 'everywhere' ? null : at.profileId,
];
