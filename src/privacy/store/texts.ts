import type { Shape } from '../domain/traces.js';

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
export type Place = (typeof PLACES)[number];

export interface TextColumn {
  name: string;
  shape: Shape;
  type: 'text' | 'text[]' | 'jsonb';
  /** The members of JSON that are looked through; all if left out. */
  only?: readonly string[];
}

/** A table with texts. */
export interface TextTable {
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
export const TEXTS: readonly TextTable[] = [
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
