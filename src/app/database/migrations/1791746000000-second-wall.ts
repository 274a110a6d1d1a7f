import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/** For whom rows are shown: what an institute shares with its network, and what stays inside it. */
const [SHARED, INSIDE] = ['carnot.institute', 'carnot.inside'];
const setting = (name: string): string => `current_setting('${name}', true)`;

/**
 * Of these many rows are looked through: what the session said is asked once for a statement. That takes
 * longer to plan than to ask for a few rows.
 */
const LARGE = [
  'audit',
  'event',
  'match',
  'notification',
  'notification_item',
  'opportunity_step',
  'review',
  'transactional_mail',
];

/**
 * Whether one sees whose a row is. Functions, since a policy that joins others is planned anew with each
 * statement.
 */
const OF_WHOM = [
  ['sees_person', 'SELECT FROM person WHERE id = about'],
  ['sees_recipient', 'SELECT FROM recipient WHERE id = about'],
  ['sees_follow_of', 'SELECT FROM follow WHERE recipient_id = about'],
] as const;
const ofPerson = (): string => 'sees_person(person_id)';
const ofProfile = (said: string): string => `profile_id = ${said}`;

type Own = (said: string) => string;
const each = (tables: readonly string[], own: Own): [string, Own][] => tables.map((table) => [table, own]);

/**
 * What an institute shares with its network, and which rows are its own. Where one is a person's or a
 * recipient's, that one's table decides.
 */
const SHARED_TABLES: [table: string, own: Own][] = [
  ...each(
    [
      'audit',
      'contact',
      'contact_change',
      'interest',
      'match',
      'notification',
      'person',
      'preference_defaults',
      'profile_version',
      'saved_search',
      'transactional_mail',
    ],
    ofProfile,
  ),
  ...each(['identity', 'passkey', 'pipeline_reminder', 'session', 'sign_in_link'], ofPerson),
  ['profile', (said) => `id = ${said}`],
  // What is told to everybody belongs to nobody.
  ['event', (said) => `profile_id IS NULL OR ${ofProfile(said)}`],
  ['follow', (said) => `kind = 'profile' AND target = ${said}`],
  ['recipient', (said) => `${ofProfile(said)} OR sees_follow_of(id)`],
  ['notification_item', () => 'sees_recipient(recipient_id)'],
];

/**
 * What opens something without an institute is of the network, or, where it is a person's who has one, of
 * theirs.
 */
const OF_NETWORK = `profile_id IS NULL AND ${setting(SHARED)} = '*'`;

/** What stays inside the institute: the network has no part in it. */
const INSIDE_TABLES: [table: string, own: Own][] = [
  ...each(
    [
      'feed',
      'milestone_template',
      'note',
      'opportunity',
      'opportunity_comment',
      'opportunity_step',
      'proposal',
      'proposal_settings',
      'recall_sample',
      'researcher',
      'researcher_objection',
      'review',
    ],
    ofProfile,
  ),
  ['api_key', (said) => `${ofProfile(said)} OR ${OF_NETWORK} OR profile_id IS NULL AND ${ofPerson()}`],
  ['calendar', (said) => `${ofProfile(said)} OR ${OF_NETWORK}`],
];

/**
 * That all is seen is an inequality where it is asked for each row: the planner expects one to hold, and
 * plans for all rows as it did before.
 */
function policyOf(table: string, name: string, own: Own): string {
  const said = setting(name);
  return LARGE.includes(table)
    ? `(SELECT ${said} = '*') OR ${own(`(SELECT ${said})`)}`
    : `rtrim(${said}, '*') <> ${said} OR ${own(said)}`;
}
const POLICIES: [table: string, condition: string][] = [
  ...SHARED_TABLES.map(([table, own]): [string, string] => [table, policyOf(table, SHARED, own)]),
  ...INSIDE_TABLES.map(([table, own]): [string, string] => [table, policyOf(table, INSIDE, own)]),
];

/** Whatever the session may see: the log follows its last entry, whosever that is, and names who acts. */
const seeingAll = (work: string): string => `
  DECLARE
    sight text := coalesce(current_setting('${SHARED}', true), '');
    found person;
  BEGIN
    PERFORM set_config('${SHARED}', '*', true);
    ${work}
    PERFORM set_config('${SHARED}', sight, true);`;

const AUDIT = [
  'ALTER FUNCTION audit_note RENAME TO audit_enter',
  `CREATE FUNCTION audit_note(what text, institute text, about text, more jsonb, by_person uuid, by_session uuid) RETURNS void LANGUAGE plpgsql AS $$
   ${seeingAll('PERFORM audit_enter(what, institute, about, more, by_person, by_session);')}
   END $$`,
  `CREATE FUNCTION audit_person(about uuid) RETURNS person LANGUAGE plpgsql AS $$
   ${seeingAll('SELECT * INTO found FROM person WHERE id = about;')}
     RETURN found;
   END $$`,
];

/** How the functions that enter changes read whose row it is, before and after. */
const READ = [
  [
    'audit_row',
    '(SELECT profile_id FROM person WHERE id = row.person_id)',
    '(audit_person(row.person_id)).profile_id',
  ],
  ['audit_passkey', 'FROM person WHERE id = entry.person_id', 'FROM audit_person(entry.person_id)'],
] as const;

/** The function stays as it is but for this. */
async function replaceIn(runner: QueryRunner, name: string, before: string, after: string): Promise<void> {
  const [found] = await runner.manager.query<{ text: string }[]>(
    'SELECT pg_get_functiondef($1::regproc) AS text',
    [name],
  );
  if (!found!.text.includes(before)) throw new Error(`${name} does not read "${before}"`);
  await runner.query(found!.text.replaceAll(before, after));
}

/**
 * The server shows the rows of an institute to whoever said to be of it, and none to who said nothing. Its
 * own role owns the tables, and is bound too.
 */
export class SecondWall1791746000000 implements MigrationInterface, SaysOfOldCode {
  /** It does not say whose rows it wants, and is shown none. */
  readonly oldCode = 'must-stop';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of AUDIT) await runner.query(statement);
    for (const [name, before, after] of READ) await replaceIn(runner, name, before, after);
    for (const [name, exists] of OF_WHOM)
      await runner.query(
        `CREATE FUNCTION ${name}(about uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN RETURN EXISTS (${exists}); END $$`,
      );
    for (const [table, condition] of POLICIES) {
      await runner.query(`CREATE POLICY institute ON ${table} USING (${condition})`);
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table] of POLICIES) {
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
      await runner.query(`DROP POLICY institute ON ${table}`);
    }
    for (const [name] of OF_WHOM) await runner.query(`DROP FUNCTION ${name}`);
    for (const [name, before, after] of READ) await replaceIn(runner, name, after, before);
    for (const name of ['audit_note', 'audit_person']) await runner.query(`DROP FUNCTION ${name}`);
    await runner.query('ALTER FUNCTION audit_enter RENAME TO audit_note');
  }
}
