import { nearest } from '../../kernel/nearest.js';
import { CALL_COLUMNS } from './call-columns.js';
import { MATCH_COLUMNS } from './match-columns.js';
import { plain } from './spelling.js';

/** What a column of an officer's sheet can be to us. */
export const FIELDS = [
  'key',
  'identifier',
  'title',
  'link',
  'deadline',
  'verdict',
  'reason',
  'note',
] as const;
export type Field = (typeof FIELDS)[number];

/** Headings as people write them, in `plain` spelling. */
const NAMES: Record<Field, string[]> = {
  key: ['cle', 'key', 'cle ne pas modifier'],
  identifier: [
    'identifiant',
    'identifiant du sujet',
    'identifiant topic',
    'id',
    'topic',
    'topic id',
    'topic identifier',
    'topic code',
    'identifier',
    'reference',
    'ref',
    'reference appel',
    'code',
    'code appel',
    'code topic',
    'sujet',
    'numero',
    'n',
    'call id',
    'call topic',
    'call identifier',
    'call reference',
    'appel',
    'call',
    'aap',
    'reference aap',
  ],
  title: [
    'titre',
    'titre de l appel',
    'titre du sujet',
    'titre du topic',
    'intitule',
    'intitule de l appel',
    'title',
    'topic title',
    'call title',
    'nom de l appel',
    'nom du topic',
    'libelle',
    'objet',
  ],
  link: [
    'lien',
    'url',
    'link',
    'adresse',
    'page',
    'lien portail',
    'portail',
    'web',
    'site',
    'lien vers l appel',
    'page de la source',
    'page of the source',
    'hyperlink',
  ],
  deadline: [
    'deadline',
    'deadlines',
    'echeance',
    'date limite',
    'cloture',
    'date de cloture',
    'date limite de depot',
    'date de depot',
    'limite',
    'closing date',
    'due date',
    'submission deadline',
    'dl',
    'prochaine echeance heure de bruxelles',
    'next deadline brussels time',
  ],
  verdict: [
    'verdict',
    'decision',
    'avis',
    'pertinent',
    'pertinence',
    'interet',
    'interesse',
    'go no go',
    'go nogo',
    'statut interne',
    'retenu',
    'choix',
    'relevant',
    'relevance',
    'interest',
    'interested',
    'selection',
    'selected',
    'pour nous',
    'conclusion',
    'suite',
    'suite donnee',
  ],
  reason: [
    'motif',
    'motif de rejet',
    'motif du refus',
    'motif de non retenue',
    'raison',
    'raison du refus',
    'raison du rejet',
    'reason',
    'reasons',
    'reason for rejection',
    'why not',
    'justification',
    'cause',
  ],
  note: [
    'commentaire',
    'commentaires',
    'remarque',
    'remarques',
    'note',
    'notes',
    'observation',
    'observations',
    'comment',
    'comments',
    'remark',
    'remarks',
    'detail',
    'details',
    'precision',
    'precisions',
    'a faire',
    'actions',
    'suivi',
  ],
};

/** A field may be told by one column alone; of notes there may be several. */
const REPEATED: Field[] = ['note'];

const known = new Map(FIELDS.flatMap((field) => NAMES[field].map((name) => [name, field] as const)));
/** Columns of our own tables that tell nothing new, however much they sound like one that does. */
const ours = new Set(
  [...MATCH_COLUMNS.inside, ...CALL_COLUMNS].flatMap(({ header }) => [plain(header.en), plain(header.fr)]),
);

/** How sure a heading names a field: its very name, then a slip of the pen, then a name within more words. */
function reading(heading: string): { field: Field; sure: number } | null {
  const text = plain(heading);
  const exact = known.get(text);
  if (exact) return { field: exact, sure: 3 };
  if (text === '' || ours.has(text)) return null;
  const slip =
    text.length >= 5
      ? nearest(
          text,
          [...known.keys()].filter((name) => name.length >= 5),
        )
      : undefined;
  if (slip) return { field: known.get(slip)!, sure: 2 };
  const within = [...known.keys()]
    .filter((name) => name.length >= 4 && ` ${text} `.includes(` ${name} `))
    .sort((a, b) => b.length - a.length)[0];
  return within ? { field: known.get(within)!, sure: 1 } : null;
}

/** Which field each heading names, null where none; of two for one field the surer one, then the first. */
export function fieldsOf(headings: string[]): (Field | null)[] {
  const readings = headings.map(reading);
  const best = (field: Field): number => Math.max(...readings.map((r) => (r?.field === field ? r.sure : 0)));
  return readings.map((r, i) => {
    if (!r) return null;
    if (REPEATED.includes(r.field)) return r.field;
    const first = readings.findIndex((other) => other?.field === r.field && other.sure === best(r.field));
    return first === i ? r.field : null;
  });
}

/** By one of these a line says which call it is about. */
export const namesCall = (fields: (Field | null)[]): boolean =>
  (['key', 'identifier', 'title', 'link'] as Field[]).some((field) => fields.includes(field));

/** Titles and legends stand above the headings in many sheets. */
const MOST_LINES_ABOVE = 15;

/** The line of headings: the one among the first that names most fields, a call among them; null where there is none. */
export function headingLine(rows: string[][]): number | null {
  const scores = rows.slice(0, MOST_LINES_ABOVE).map((row) => {
    const fields = fieldsOf(row);
    return namesCall(fields) ? fields.filter((f) => f !== null).length : 0;
  });
  const best = Math.max(0, ...scores);
  return best === 0 ? null : scores.indexOf(best);
}
