import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For whom rows are shown: what an institute shares with its network, and what stays inside it. */
const [SHARED, INSIDE] = ['carnot.institute', 'carnot.inside'];

/** Asked once for a statement, and not for each row. */
const said = (setting: string): string => `(SELECT current_setting('${setting}', true))`;
const all = (setting: string): string => `(SELECT current_setting('${setting}', true) = '*')`;
const own = (setting: string, column = 'profile_id'): string => `${column} = ${said(setting)}`;

/** Whether one sees whose a row is. Functions, since a policy that joins others is planned anew with each statement. */
const OF_WHOM = [
  ['sees_person', 'SELECT FROM person WHERE id = about'],
  ['sees_recipient', 'SELECT FROM recipient WHERE id = about'],
  ['sees_follow_of', 'SELECT FROM follow WHERE recipient_id = about'],
] as const;
const OF_PERSON = 'sees_person(person_id)';

const SHARED_TABLES = [
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
];

/** Tables that say otherwise than by a `profile_id` whose their rows are. Where a row is a person's or a recipient's, that one's table decides. */
const OWN: Record<string, string> = {
  profile: own(SHARED, 'id'),
  // What is told to everybody belongs to nobody.
  event: `profile_id IS NULL OR ${own(SHARED)}`,
  follow: `kind = 'profile' AND ${own(SHARED, 'target')}`,
  recipient: `${own(SHARED)} OR sees_follow_of(id)`,
  notification_item: 'sees_recipient(recipient_id)',
  identity: OF_PERSON,
  passkey: OF_PERSON,
  pipeline_reminder: OF_PERSON,
  session: OF_PERSON,
  sign_in_link: OF_PERSON,
};

/** Tables whose rows stay inside the institute: the network has no part in them. */
const INSIDE_TABLES = [
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
];

/** What opens something stays inside too; without an institute it is of the network, or, where its person has one, of theirs. */
const OWN_INSIDE: Record<string, string> = {
  api_key: `${own(INSIDE)} OR profile_id IS NULL AND (${all(SHARED)} OR ${OF_PERSON})`,
  calendar: `${own(INSIDE)} OR profile_id IS NULL AND ${all(SHARED)}`,
};

const POLICIES: [table: string, condition: string][] = [
  ...SHARED_TABLES.map((table): [string, string] => [table, `${all(SHARED)} OR ${own(SHARED)}`]),
  ...Object.entries(OWN).map(([table, condition]): [string, string] => [
    table,
    `${all(SHARED)} OR ${condition}`,
  ]),
  ...Object.entries(OWN_INSIDE).map(([table, condition]): [string, string] => [
    table,
    `${all(INSIDE)} OR ${condition}`,
  ]),
  ...INSIDE_TABLES.map((table): [string, string] => [table, `${all(INSIDE)} OR ${own(INSIDE)}`]),
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

/** The server shows the rows of an institute to whoever said to be of it, and none to who said nothing. Its own role owns the tables, and is bound too. */
export class SecondWall1791746000000 implements MigrationInterface {
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
