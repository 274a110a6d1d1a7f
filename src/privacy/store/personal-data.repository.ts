import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AT, valuesOf, type Whose } from './whose.js';

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
  messages: `SELECT kind, subject, state, created_at, sent_at FROM notification WHERE lower(address) = $1 AND ${AT()} ORDER BY created_at`,
  mails: `SELECT kind, subject, state, created_at, sent_at FROM transactional_mail WHERE lower(to_address) = $1 AND ${AT()} ORDER BY created_at`,
  'dates of bids': `SELECT o.call_id, m->>'label' AS label, m->>'on' AS day FROM opportunity o CROSS JOIN LATERAL jsonb_array_elements(o.milestones) m JOIN person p ON m->>'personId' = p.id::text WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  interests: `SELECT i.call_id, i.brings, i.competences, i.opened_at FROM interest i JOIN person p ON p.id = i.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY i.opened_at`,
  'tasks of bids': `SELECT o.call_id, t->>'text' AS text, t->>'due' AS due, t->>'doneAt' AS done_at FROM opportunity o CROSS JOIN LATERAL jsonb_array_elements(o.tasks) t JOIN person p ON t->>'personId' = p.id::text WHERE p.email = $1 AND ${AT('p.profile_id')}`,
  'comments on bids': `SELECT o.call_id, c.text, c.created_at, c.edited_at, c.deleted_at FROM opportunity_comment c JOIN opportunity o ON o.id = c.opportunity_id JOIN person p ON p.id = c.person_id WHERE p.email = $1 AND ${AT('p.profile_id')} ORDER BY c.created_at`,
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
