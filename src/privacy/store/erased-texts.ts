import type { EntityManager } from 'typeorm';
import { type Erased, type Shape, TraceFinder } from '../domain/traces.js';
import { borneNames } from '../../kernel/borne-names.js';
import { grouped } from '../../kernel/collections.js';
import { type Mentionable, piecesOf } from '../../pipeline/domain/mentions.js';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import { containing } from '../../platform/database/values.js';

/** Whose data: those of an address, at one institute (null for the network) or everywhere. */
export interface Whose {
  email: string;
  at: { profileId: string | null } | 'everywhere';
}

/** SQL for a row there: $1 is the address in lower case, $2 is true for everywhere, $3 the institute. */
export const AT = (column = 'profile_id'): string => `($2 OR ${column} IS NOT DISTINCT FROM $3)`;

export const valuesOf = ({ email, at }: Whose): [string, boolean, string | null] => [
  email.toLowerCase(),
  at === 'everywhere',
  at === 'everywhere' ? null : at.profileId,
];

/** Where people of an institute write, or the program writes for them. */
export const PLACES = [
  'notes',
  'bids',
  'comments',
  'proposals',
  'interests',
  'joint-bids',
  'profile',
  'researchers',
  'papers',
  'newsletters',
  'searches',
  'links',
  'sheets',
  'channels',
  'messages',
  'mails',
] as const;
type Place = (typeof PLACES)[number];

interface TextColumn {
  name: string;
  shape: Shape;
  type: 'text' | 'text[]' | 'jsonb';
  /** The members of JSON that are looked through; all if left out. */
  only?: readonly string[];
}

interface TextTable {
  table: string;
  place: Place;
  /** The columns of its key, with their types. */
  key: Readonly<Record<string, 'uuid' | 'text' | 'integer'>>;
  columns: readonly TextColumn[];
  /** SQL for the institute that wrote a row `t`; null for the network. */
  institute: string;
  /** Whether everybody at the institute reads them. */
  read: boolean;
  /** Whether others read them too: all institutes, the members of a joint bid, or the network. */
  shared?: boolean;
  /**
   * SQL for whether a row `t` names one of the people $1, the researchers $2 or the address $5: then also by
   * a name of less than a day.
   */
  named?: string;
  /** SQL for whether a row `t` is theirs ($5 is the address) and goes or is emptied as a whole. */
  theirs?: string;
  /** Another column that is set with the texts. */
  also?: string;
}

const text = (name: string): TextColumn => ({ name, shape: 'text', type: 'text' });
const list = (name: string): TextColumn => ({ name, shape: 'json', type: 'text[]' });
const json = (name: string, ...only: string[]): TextColumn => ({
  ...{ name, shape: 'json', type: 'jsonb' },
  ...(only.length && { only }),
});
const query = (name: string): TextColumn => ({ name, shape: 'query', type: 'text' });

/** SQL for whether a proposal `p` went to them, also if they left the list of researchers since. */
const toThem = (researchers: string, email: string): string =>
  `(p.researcher_id = ANY(${researchers}) OR lower(p.email) = ${email})`;
/** SQL for whether a message `t` tells what they answered. */
export const tellsAnswer = (
  researchers: string,
  email: string,
): string => `EXISTS (SELECT FROM notification_item i JOIN proposal p ON p.id = i.about
  WHERE i.notification_id = coalesce(t.resend_of, t.id) AND i.kind = 'answer' AND ${toThem(researchers, email)})`;

const table = (
  name: string,
  place: Place,
  columns: TextColumn[],
  more: Partial<TextTable> = {},
): TextTable => ({
  ...{ table: name, place, key: { id: 'uuid' }, columns, institute: 't.profile_id', read: true },
  ...more,
});

/** What a colleague has open would bring the name back: it is refused as changed since. */
const OPEN_FORMS = 'version = version + 1';
/** The parts of a profile in which people are named. */
const WRITTEN = ['competences', 'contacts'];
/** What goes with the person. */
const OF_PERSON = { read: false, theirs: 't.person_id = ANY($1)' };

/** All texts in which somebody's name is replaced at their own institute. */
const TEXTS: readonly TextTable[] = [
  table('note', 'notes', [text('text')]),
  table('opportunity', 'bids', [
    text('acronym'),
    text('lead_name'),
    text('proposal_number'),
    list('partners'),
    json('documents'),
    json('milestones'),
    json('tasks'),
  ]),
  table('opportunity_step', 'bids', [text('why'), json('changes')]),
  table('opportunity_comment', 'comments', [text('text')]),
  table('milestone_template', 'bids', [json('milestones')], { key: { profile_id: 'text' } }),
  table('proposal', 'proposals', [text('subject'), text('text'), text('word'), text('other')], {
    named: 't.person_id = ANY($1) OR t.researcher_id = ANY($2)',
    theirs: 'lower(t.email) = $5 OR t.researcher_id = ANY($2)',
  }),
  table('interest', 'interests', [text('brings'), list('competences')], {
    key: { profile_id: 'text', call_id: 'uuid' },
    shared: true,
  }),
  // What members of a joint bid ask the network is the text of who wrote it last.
  table('joint_opportunity', 'joint-bids', [text('wanted')], {
    institute: `(SELECT s.profile_id FROM joint_opportunity_step s WHERE s.joint_id = t.id AND s.changes ? 'wanted' ORDER BY s.seq DESC LIMIT 1)`,
    shared: true,
  }),
  table('joint_opportunity_step', 'joint-bids', [json('changes')], { shared: true }),
  table('profile', 'profile', [json('content', ...WRITTEN), json('file_conflict', ...WRITTEN)], {
    key: { id: 'text' },
    institute: 't.id',
    shared: true,
    also: 'revision = revision + 1',
  }),
  table('profile_version', 'profile', [json('content', ...WRITTEN)], {
    key: { profile_id: 'text', number: 'integer' },
  }),
  table('contact_change', 'profile', [json('contacts')], { key: { profile_id: 'text' } }),
  table('researcher', 'researchers', [list('competences')], { theirs: 'lower(t.email) = $5' }),
  table('paper', 'papers', [text('title'), json('sections')], {
    institute: 'NULL::text',
    shared: true,
    also: OPEN_FORMS,
  }),
  table(
    'newsletter',
    'newsletters',
    [
      ...[text('list'), text('title'), text('intro'), json('items'), text('sent_text')],
      { name: 'sent_html', shape: 'html', type: 'text' },
    ],
    { also: OPEN_FORMS },
  ),
  table('newsletter_reader', 'newsletters', [text('list'), text('name')], { read: false }),
  table('saved_search', 'searches', [text('name'), query('query')], OF_PERSON),
  table('api_key', 'links', [text('name')], OF_PERSON),
  table('feed', 'links', [text('name'), query('query')], OF_PERSON),
  table('calendar', 'links', [text('name'), json('events')], OF_PERSON),
  table('waiting_sheet', 'sheets', [json('sheet')], { key: { person_id: 'uuid' }, ...OF_PERSON }),
  table('recipient', 'channels', [text('name')], {
    read: false,
    theirs: `t.owner = '' AND lower(t.address) = $5`,
  }),
  table(
    'notification',
    'messages',
    [
      text('name'),
      text('subject'),
      text('text'),
      { name: 'html', shape: 'html', type: 'text' },
      { name: 'payload', shape: 'json', type: 'text' },
    ],
    { read: false, named: tellsAnswer('$2', '$5'), theirs: 'lower(t.address) = $5' },
  ),
  table('transactional_mail', 'mails', [text('to_name'), text('subject')], {
    read: false,
    theirs: 'lower(t.to_address) = $5 OR lower(t.reply_to) = $5',
    named: `EXISTS (SELECT FROM proposal p WHERE t.id IN (p.mail_id, p.answer_mail_id, p.reminder_mail_id) AND (p.person_id = ANY($1) OR ${toThem('$2', '$5')}))`,
  }),
];

/** Somebody's rows, and what they are called at each institute ('' for the network). */
export interface Subject {
  email: string;
  people: string[];
  researchers: string[];
  /** The names that they bore for longer than a day, and all of them. */
  borne: Map<string, string[]>;
  called: Map<string, string[]>;
  /** The institutes whose texts are searched; null for all. */
  within: string[] | null;
}

interface Found {
  id: string;
  profileId: string | null;
  name: string;
  nameSince: Date;
  formerNames: string[];
}

/** Who is erased. Names of researchers who were removed from the list are those in the audit log. */
export async function subjectOf(tx: EntityManager, whose: Whose, now: Date): Promise<Subject> {
  const found = (table: 'person' | 'researcher'): Promise<Found[]> =>
    tx.query(
      `SELECT id, profile_id AS "profileId", name, name_since AS "nameSince", former_names AS "formerNames" FROM ${table} WHERE lower(email) = $1 AND ${AT()}`,
      valuesOf(whose),
    );
  const [people, researchers] = [await found('person'), await found('researcher')];
  const proposed: { profileId: string; name: string }[] = await tx.query(
    `SELECT DISTINCT profile_id AS "profileId", name FROM proposal WHERE lower(email) = $1 AND ${AT()}`,
    valuesOf(whose),
  );
  const former: { profileId: string; name: string }[] = await tx.query(
    `SELECT profile_id AS "profileId", name FROM (
       SELECT key, profile_id, name, address, since, coalesce(lead(since) OVER (PARTITION BY key ORDER BY since), now()) AS until FROM audit_name WHERE key LIKE 'researcher/%') borne
      WHERE lower(address) = $1 AND name <> '' AND until > since + interval '1 day' AND ${AT()}`,
    valuesOf(whose),
  );
  const [borne, called] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (names: Map<string, string[]>, at: string | null, more: string[]): void => {
    names.set(at ?? '', [...new Set([...(names.get(at ?? '') ?? []), ...more])]);
  };
  for (const one of [...people, ...researchers]) {
    add(borne, one.profileId, borneNames(one, now));
    add(called, one.profileId, [...one.formerNames, one.name]);
  }
  for (const { profileId, name } of former) add(borne, profileId, [name]);
  for (const { profileId, name } of proposed) add(called, profileId, [name]);
  return {
    ...{ email: whose.email.toLowerCase(), borne, called },
    people: people.map((p) => p.id),
    researchers: researchers.map((r) => r.id),
    within: whose.at === 'everywhere' ? null : [whose.at.profileId ?? ''],
  };
}

/** A text from which somebody is erased. */
export interface ErasedText {
  place: Place;
  /** The institute that wrote it; null for the network. */
  institute: string | null;
  row: string;
  field: string;
  /** The words around each place; the name is in brackets. */
  around: string[];
  /** Whether everybody at the institute reads it. */
  read: boolean;
}

/** Texts of others, which are left as they are. */
export interface Untouched {
  place: Place;
  institute: string | null;
  texts: number;
}

interface Change extends ErasedText {
  table: TextTable;
  column: TextColumn;
  key: unknown[];
  before: unknown;
  after: unknown;
}

interface Row {
  key: unknown[];
  institute: string | null;
  named: boolean;
  values: Record<string, unknown>;
}

/** Each of these is in every text that names them, however it is spelt. */
function patternsOf(email: string, names: string[]): string[] {
  const words = names.flatMap((name) => {
    const parts = name.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
    const longest = parts.sort((a, b) => b.length - a.length).slice(0, 1);
    return longest.flatMap((part) => [part, part.normalize('NFD')]);
  });
  return [...new Set([email, email.replace('@', '%40'), ...words])].map(containing);
}

/** The rows of a table that may name them. */
async function candidates(
  tx: EntityManager,
  table: TextTable,
  asked: Pick<Subject, 'email' | 'people' | 'researchers' | 'within'> & { patterns: string[]; lock: boolean },
): Promise<Row[]> {
  const { columns, key, institute, named = 'false', theirs = 'false' } = table;
  // The query of an address is encoded, and a mention is by first name.
  const any = columns.some((c) => c.shape === 'query') ? ' OR true' : '';
  const mention = table.place === 'comments' ? ` OR position('@' IN t.text) > 0` : '';
  return tx.query(
    `SELECT jsonb_build_array(${Object.keys(key)
      .map((k) => `t.${k}`)
      .join()}) AS key, ${institute} AS institute, (${named}) AS named,
            jsonb_build_object(${columns.map(({ name }) => `'${name}', t.${name}`).join()}) AS values
       FROM ${table.table} t WHERE cardinality($1::uuid[]) >= 0 AND cardinality($2::uuid[]) >= 0 AND ($3::text[] IS NULL OR coalesce(${institute}, '') = ANY($3))
        AND $5 <> '' AND NOT coalesce(${theirs}, false) AND (concat_ws(' ', ${columns.map(({ name }) => `t.${name}::text`).join()}) ILIKE ANY($4)${mention}${any} OR (${named}))
      ORDER BY 1${asked.lock ? ' FOR UPDATE OF t' : ''}`,
    [asked.people, asked.researchers, asked.within, asked.patterns, asked.email],
  );
}

function erasedIn(finder: TraceFinder, column: TextColumn, value: unknown): Erased<unknown> {
  if (value === null || value === undefined) return { value, around: [] };
  switch (column.shape) {
    case 'text':
      return finder.inText(value as string);
    case 'html':
      return finder.inHtml(value as string);
    case 'query':
      return finder.inQuery(value as string);
    case 'json': {
      if (column.type === 'text') {
        const { value: after, around } = finder.inJson(JSON.parse(value as string));
        return { value: around.length ? JSON.stringify(after) : value, around };
      }
      if (!column.only) return finder.inJson(value, column.type === 'text[]');
      const whole = value as Record<string, unknown>;
      const parts = column.only.map((name) => ({ name, erased: finder.inJson({ [name]: whole[name] }) }));
      return {
        value: Object.assign({}, whole, ...parts.map((p) => p.erased.value)),
        around: parts.flatMap((p) => p.erased.around),
      };
    }
  }
}

/** All texts that name somebody, with what they become. */
export async function changesOf(tx: EntityManager, subject: Subject, lock: boolean): Promise<Change[]> {
  const { email, borne, called, people, researchers, within } = subject;
  const patterns = patternsOf(email, [...borne.values(), ...called.values()].flat());
  const finders = new Map<string, TraceFinder>();
  const finderOf = (institute: string, named: boolean): TraceFinder => {
    const key = `${institute}/${named}`;
    const names = [...(borne.get(institute) ?? []), ...(named ? (called.get(institute) ?? []) : [])];
    const finder = finders.get(key) ?? new TraceFinder({ names: [...new Set(names)], addresses: [email] });
    finders.set(key, finder);
    return finder;
  };
  const mentionable = new Map<string, Mentionable[]>();
  for (const institute of people.length ? called.keys() : [])
    mentionable.set(
      institute,
      await tx.query(
        `SELECT id, name FROM person WHERE coalesce(profile_id, '') = $1 AND (removed_at IS NULL OR id = ANY($2))`,
        [institute, people],
      ),
    );
  const changes: Change[] = [];
  for (const table of TEXTS) {
    for (const row of await candidates(tx, table, { email, people, researchers, within, patterns, lock })) {
      const institute = row.institute ?? '';
      const finder = finderOf(institute, row.named);
      for (const column of table.columns) {
        const before = row.values[column.name];
        const erased =
          table.place === 'comments'
            ? finder.inText(
                before as string,
                mentionsIn(before as string, mentionable.get(institute) ?? [], people),
              )
            : erasedIn(finder, column, before);
        if (erased.around.length)
          changes.push({
            ...{ table, column, key: row.key, before, after: erased.value, around: erased.around },
            ...{ place: table.place, institute: row.institute, row: row.key.join('/') },
            ...{ field: column.name, read: table.read },
          });
      }
    }
  }
  return changes;
}

/** Where a comment mentions one of these people, by whichever name. */
function mentionsIn(text: string, all: Mentionable[], ids: string[]): { from: number; to: number }[] {
  let at = 0;
  return piecesOf(text, all).flatMap((piece) => {
    const from = at;
    at += piece.text.length;
    return piece.person !== null && ids.includes(piece.person) ? [{ from: from + 1, to: at }] : [];
  });
}

export async function apply(tx: EntityManager, changes: Change[]): Promise<void> {
  for (const all of grouped(changes, (c) => [`${c.table.table}/${c.row}`]).values()) {
    const { table, key } = all[0]!;
    const set = all.map(({ column }, i) => `${column.name} = $${i + 1}::${column.type}`);
    const where = Object.entries(table.key).map(([k, type], i) => `${k} = $${all.length + i + 1}::${type}`);
    await tx.query(
      `UPDATE ${table.table} SET ${[...set, ...(table.also ? [table.also] : [])].join()} WHERE ${where.join(' AND ')}`,
      [...all.map(({ column, after }) => (column.type === 'jsonb' ? JSON.stringify(after) : after)), ...key],
    );
  }
}

/** Texts of others that the session sees and that name somebody, counted by place and institute. */
export async function untouchedBy(tx: EntityManager, whose: Whose, subject: Subject): Promise<Untouched[]> {
  const { email, borne, within, people, researchers } = subject;
  const own = new Set([...borne.keys(), ...(within ?? [])]);
  const names = [...borne.values()].flat();
  // Whoever erases themselves takes their address out of every text.
  const finder = new TraceFinder({ names, addresses: whose.at === 'everywhere' ? [] : [email] });
  const found = new Map<string, Untouched>();
  for (const table of TEXTS.filter((t) => t.shared)) {
    const read = (): Promise<Row[]> =>
      candidates(tx, table, {
        ...{ email, people, researchers, within: null, lock: false },
        patterns: patternsOf(email, names),
      });
    const rows = await (table.table === 'interest'
      ? acrossInstitutes('an interest is opened to all institutes', read)
      : read());
    for (const { institute, values } of rows) {
      if (own.has(institute ?? '')) continue;
      if (!table.columns.some((column) => erasedIn(finder, column, values[column.name]).around.length))
        continue;
      const key = `${table.place}/${institute ?? ''}`;
      const known = found.get(key) ?? { place: table.place, institute, texts: 0 };
      found.set(key, { ...known, texts: known.texts + 1 });
    }
  }
  return [...found.values()];
}
