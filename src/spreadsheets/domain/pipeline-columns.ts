import type { Language } from '../../kernel/language.js';
import {
  documentLine,
  documentsIn,
  type Facts,
  type Lead,
  type Role,
} from '../../pipeline/domain/opportunity.js';
import { AWAITING_RESULT, Stage } from '../../pipeline/domain/stage.js';
import type { OpportunityState } from '../../pipeline/domain/state.js';
import { inEach } from '../../i18n/translate.js';
import { FACT_COLUMNS, KEY_COLUMNS, LINK_COLUMNS } from './call-columns.js';
import {
  byDate,
  type Names,
  noteBlock,
  savedForms,
  type Office,
  type SheetNote,
  taskLines,
  taskLinesIn,
  withTasks,
} from './task-text.js';
import type { HasCall } from './sheet-call.js';
import { type Column, dayIn, headEnds, plain, wordIn, wordsFor } from './table.js';
import type { Field } from './field-names.js';

export const STAGE_WORDS = wordsFor(Stage.options, (stage) => inEach(`pipeline.stage.${stage}`));
const LEAD_WORDS: Record<Lead, Record<Language, string>> = {
  inside: inEach('sheet-word.lead.inside'),
  outside: inEach('sheet-word.lead.outside'),
};
const ROLE_WORDS: Record<Role, Record<Language, string>> = {
  coordinator: inEach('pipeline.role.coordinator'),
  partner: inEach('pipeline.role.partner'),
  associated: inEach('pipeline.role.associated'),
  subcontractor: inEach('pipeline.role.subcontractor'),
};

/** A call's entry in an institute's pipeline; null if there is none. */
interface HasOpportunity {
  opportunity: OpportunityState | null;
  /** The people its tasks can be assigned to. */
  people: Names;
}
/** The same with its internal comments. */
export interface HasComments extends HasOpportunity {
  comments: SheetNote[];
}

const day = (written: string | null | undefined): Date | null =>
  written ? new Date(`${written}T00:00:00Z`) : null;

const column = (
  key: string,
  header: Record<Language, string>,
  kind: Column<HasOpportunity>['kind'],
  width: number,
  value: (of: OpportunityState, language: Language) => ReturnType<Column<HasOpportunity>['value']>,
): Column<HasOpportunity> => ({
  key,
  header,
  kind,
  width,
  value: ({ opportunity }, { language }) => opportunity && value(opportunity, language),
});

/** The partners of a bid as a cell has them. */
const partnersIn = ({ partners }: Pick<Facts, 'partners'>): string => partners.join('; ');

/** The state of a bid. The order is permanent, and all columns can be reimported. */
export const PIPELINE_COLUMNS: Column<HasOpportunity>[] = [
  column('stage', inEach('sheet-column.stage'), 'text', 15, (o, l) => wordIn(STAGE_WORDS, o.stage, l)),
  column(
    'lead',
    inEach('pipeline.facts.lead'),
    'text',
    10,
    (o, l) => o.lead && wordIn(LEAD_WORDS, o.lead, l),
  ),
  column('lead-name', inEach('sheet-column.lead-name'), 'text', 24, (o) => o.leadName),
  column(
    'role',
    inEach('pipeline.facts.role'),
    'text',
    16,
    (o, l) => o.role && wordIn(ROLE_WORDS, o.role, l),
  ),
  column('partners', inEach('pipeline.facts.partners'), 'text', 34, (o) => partnersIn(o) || null),
  column('requested', inEach('pipeline.facts.requested'), 'amount', 16, (o) => o.requested),
  column('share', inEach('pipeline.facts.share'), 'amount', 14, (o) => o.share),
  column('bid-currency', inEach('sheet-column.bid-currency'), 'text', 9, (o) => o.currency),
  column('probability', inEach('pipeline.facts.probability'), 'number', 11, (o) => o.probability),
  column('proposal-number', inEach('pipeline.facts.proposalNumber'), 'text', 16, (o) => o.proposalNumber),
  column('decide-by', inEach('pipeline.facts.decideBy'), 'day', 12, (o) => day(o.decideBy)),
  column('signed-on', inEach('pipeline.facts.signedOn'), 'day', 12, (o) => day(o.signedOn)),
  column('acronym', inEach('pipeline.facts.acronym'), 'text', 14, (o) => o.acronym),
  column(
    'documents',
    inEach('pipeline.facts.documents'),
    'text',
    40,
    (o) => o.documents.map(documentLine).join('\n') || null,
  ),
];

/** The tasks of a bid; they can be reimported too. */
export const TASK_COLUMN: Column<HasOpportunity> = {
  key: 'tasks',
  header: inEach('sheet-column.tasks'),
  kind: 'text',
  width: 50,
  value: ({ opportunity, people }, { language }) =>
    (opportunity && taskLines(opportunity.tasks, people, language)) || null,
};

/**
 * The tasks of a bid and the comments on it. A comment has an author and is not reimported: a sheet's own
 * remarks become notes.
 */
export const WORK_COLUMNS: Column<HasComments>[] = [
  TASK_COLUMN,
  {
    key: 'comments',
    header: inEach('sheet-column.comments'),
    kind: 'text',
    width: 50,
    value: ({ comments }) => byDate(comments).map(noteBlock).join('\n') || null,
  },
];

/** An institute's whole pipeline as a table. */
export const OPPORTUNITY_COLUMNS: Column<HasCall & HasComments>[] = [
  ...KEY_COLUMNS,
  ...FACT_COLUMNS,
  ...PIPELINE_COLUMNS,
  ...LINK_COLUMNS,
  ...WORK_COLUMNS,
];

/** Officers' words for the stages of a bid, in addition to our own. */
const STAGES: Record<Stage, string> = {
  'to-study':
    'a etudier, to study, a l etude, en etude, en cours d etude, en cours d analyse, study, under study, a analyser, en analyse, veille, identifie, identified',
  'go-no-go': 'a decider, decision, en attente de decision, to decide, awaiting decision, go nogo',
  preparing:
    'montage, en preparation, preparation, in preparation, en cours, en cours de montage, en redaction, redaction, drafting, writing, a deposer, go',
  submitted:
    'soumis, soumise, deposee, sent, envoye, envoyee, en evaluation, en cours d evaluation, en cours d instruction, evaluation, under evaluation, en attente de resultat, en attente de resultats, en attente du resultat, en attente des resultats, awaiting result, awaiting results',
  'reserve-list': 'reserve, en reserve, liste d attente, waiting list',
  funded:
    'financee, accepte, acceptee, accepted, gagne, gagnee, won, retenu, retenue, laureat, obtenu, selectionne, selected, granted, signe, signed, en cours de negociation, en cours de contractualisation, en cours de signature',
  rejected:
    'rejetee, refuse, refusee, perdu, perdue, lost, non retenu, non retenue, non finance, not funded, echec',
  withdrawn: 'retiree, abandonne, abandonnee, abandon, dropped',
  'no-go': 'nogo, non, no, sans suite, pas de depot, ecarte, ecartee',
};
/** In a verdict column these also give the stage of the bid; other words there are about the call. */
const SURE = AWAITING_RESULT;
const SURE_WORDS = ['en montage', 'en cours de montage', 'a deposer'];

const words = (told: string): string[] => told.split(', ');
const MEANINGS = new Map<string, Stage>(
  (Object.keys(STAGES) as Stage[]).flatMap((stage) =>
    [plain(STAGE_WORDS[stage].en), plain(STAGE_WORDS[stage].fr), ...words(STAGES[stage])].map(
      (word) => [word, stage] as const,
    ),
  ),
);

/** "Retenu en phase 2" and "Accepted for stage 2" are not yet a grant. */
const OF_TWO_STAGES = /\b(phase|etape|stage|step) (\d|i{1,2}\b|deux|two)/;
/** What may stand after the word for a submission: "Déposé - refusé". */
const KNOWN_RESULTS: readonly Stage[] = ['reserve-list', 'funded', 'rejected', 'withdrawn'];

/** Returns the stage at the start of a cell, and the rest of it; null if no known word is found. */
export function readStage(cell: string): { stage: Stage; rest: string | null } | null {
  const text = cell.trim();
  for (const end of headEnds(text)) {
    const stage = MEANINGS.get(plain(text.slice(0, end)));
    if (stage === undefined) continue;
    if (end === text.length) return { stage, rest: null };
    const rest = text.slice(end);
    if (stage === 'funded' && OF_TWO_STAGES.test(plain(rest))) return null;
    const after = stage === 'submitted' ? readStage(rest) : null;
    return { stage: after && KNOWN_RESULTS.includes(after.stage) ? after.stage : stage, rest: text };
  }
  return null;
}

/** Returns the stage of a bid given by a verdict's word, if any. */
function stageOfDecision(cell: string): Stage | null {
  const read = readStage(cell);
  const sure =
    read &&
    (SURE.includes(read.stage) ||
      SURE_WORDS.includes(plain(cell)) ||
      // "Déposé - refusé": only a bid is submitted.
      headEnds(cell).some((end) => MEANINGS.get(plain(cell.slice(0, end))) === 'submitted'));
  return sure ? read.stage : null;
}

/** Thousands of them say no more of their column, and take a second to read. */
const ENOUGH_CELLS = 200;

/** Whether a column with an unclear name holds stages, judging by its cells. */
export function holdsStages(cells: string[]): boolean {
  const told = cells.filter((cell) => cell.trim() !== '').slice(0, ENOUGH_CELLS);
  return told.length > 0 && told.filter((cell) => readStage(cell) !== null).length * 2 > told.length;
}

const lead = new Map<string, Lead>([
  ...(['inside', 'outside'] as const).flatMap((l) =>
    Object.values(LEAD_WORDS[l]).map((word) => [plain(word), l] as const),
  ),
  ...words('nous, us, institut, institute, internal, en interne').map((w) => [w, 'inside'] as const),
  ...words('external, en externe, partenaire, autre, other').map((w) => [w, 'outside'] as const),
]);
/** Returns the lead: a word for inside or outside, or a name. */
const readLead = (cell: string): Pick<Partial<Facts>, 'lead' | 'leadName'> => {
  const known = lead.get(plain(cell));
  return known ? { lead: known } : { leadName: cell.trim().slice(0, 200) };
};

const ROLES: [Role, RegExp][] = [
  ['coordinator', /\bcoord\w*|\bchef de file\b|\bleader\b|\bpilote\b|\blead\b/],
  ['associated', /\bassoc\w*/],
  ['subcontractor', /\bsous traitant\w*|\bsubcontract\w*|\btiers\b|\bthird party\b/],
  ['partner', /\bpart\w*|\bbeneficiai?r\w*|\bparticipant\w*/],
];
export function readRole(cell: string): Role | null {
  const said = plain(cell);
  return (
    (Object.keys(ROLE_WORDS) as Role[]).find((r) =>
      Object.values(ROLE_WORDS[r]).some((word) => plain(word) === said),
    ) ??
    ROLES.find(([, form]) => form.test(said))?.[0] ??
    null
  );
}

const readPartners = (cell: string): string[] =>
  cell
    .split(/[;\n]|,(?!\d)/)
    .map((name) => name.trim().slice(0, 200))
    .filter((name) => name !== '')
    .slice(0, 100);

/** The first amount of a cell, and a unit before it. */
const AMOUNT = /(?:([mk])\s?(?:€|eur)\s*)?(\d(?:[\d.,'\s]*\d)?)[.,]?\s*/i;
/** A unit after an amount. */
const UNIT = /^(?:(m)illions?\b|(m)io\b|([mk])\s?(?:€|eur(?:os?)?\b|\b))/i;
const SCALES: Record<string, number> = { m: 1e6, k: 1e3 };
/** Another number behind one without a unit: "3 à 5 M€" and "2026: 500 k€" say no single amount. */
const SEVERAL = /^(?:à|to|[-–:])\s*(?:[mk]?\s?(?:€|eur)\s*)?\d/i;
/** The same behind a unit, where the other has one too: "3 M€ à 5 M€", but not "3 M€ - 36 mois". */
const SEVERAL_WITH_UNITS =
  /^(?:[mk]?\s?(?:€|eur(?:os?)?)|[mk]|millions?|mio)\s*(?:à|to|[-–])\s*\d[\d.,\s]{0,20}(?:[mk]\b|[mk]?\s?(?:€|eur)|mio|million)/i;
/** Parses an amount as people write it: "4 000 000", "1.250.000,50 €", "2,5 M€", "650 k€"; 30 % is none. */
export function readAmount(cell: string): number | null {
  const found = AMOUNT.exec(cell);
  if (!found) return null;
  const [all, unitBefore, told] = found;
  const rest = cell.slice(found.index + all.length);
  if (rest.startsWith('%') || SEVERAL.test(rest) || SEVERAL_WITH_UNITS.test(rest)) return null;
  const digits = told!.replace(/[\s']/g, '');
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
  const unit = UNIT.exec(rest)?.slice(1).find(Boolean) ?? unitBefore ?? '';
  const scale = SCALES[unit.toLowerCase()] ?? 1;
  // "1,250 M€" has decimals: no bid asks for a thousand millions.
  const groups = (scale === 1e6 ? /^[1-9]\d{0,2}([.,]\d{3}){2,}$/ : /^[1-9]\d{0,2}([.,]\d{3})+$/).test(
    digits,
  );
  const number =
    last < 0 || groups
      ? Number(digits.replace(/[.,]/g, ''))
      : Number(`${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`);
  const amount = Math.round(number * scale * 100) / 100;
  return amount <= 1e12 ? amount : null;
}

/** Parses a probability in per cent: "30 %", "0,3". */
export function readPercent(cell: string): number | null {
  const number = Number(/\d+([.,]\d+)?/.exec(cell)?.[0].replace(',', '.') ?? 'none');
  if (Number.isNaN(number)) return null;
  const percent = number < 1 && !cell.includes('%') ? number * 100 : number;
  return percent > 100 ? null : Math.round(percent);
}

/** A bid as a line of a sheet describes it: its stage, if named, and its facts. */
export interface SheetBid {
  stage: Stage | null;
  facts: Partial<Facts>;
  /** The lines of its tasks; empty if the sheet has none. */
  tasks: string[];
}
interface ReadBid {
  bid: SheetBid | null;
  /** What the stage cell says besides the stage. */
  rest: string | null;
  /** The content of the stage cell if it is unknown. */
  unknown: string | null;
  /** Days, amounts and documents that could not be read. */
  unread: string[];
}

const DAYS = ['decide-by', 'signed-on'] as const;
const AMOUNTS = ['requested', 'share'] as const;

/** Returns the facts in the cells. Values that cannot be parsed are left out, like empty cells. */
function factsOf(told: (field: Field) => string, documents: Facts['documents']): Partial<Facts> {
  const read = <T>(field: Field, how: (cell: string) => T): T | null =>
    told(field) === '' ? null : how(told(field));
  const currency = read('bid-currency', (cell) => /^[A-Z]{3}$/.exec(cell.trim())?.[0] ?? null);
  const all: Partial<Record<keyof Facts, unknown>> = {
    ...read('lead', readLead),
    ...(told('lead-name') !== '' && { leadName: told('lead-name').slice(0, 200) }),
    acronym: read('acronym', (cell) => cell.slice(0, 50)),
    documents: documents.length > 0 ? documents : null,
    role: read('role', readRole),
    partners: read('partners', readPartners),
    requested: read('requested', readAmount),
    share: read('share', readAmount),
    currency,
    probability: read('probability', readPercent),
    proposalNumber: read('proposal-number', (cell) => cell.slice(0, 60)),
    decideBy: read('decide-by', dayIn),
    signedOn: read('signed-on', dayIn),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

export function readBid(told: (field: Field) => string): ReadBid {
  const cell = told('stage');
  const read = cell === '' ? null : readStage(cell);
  const stage = read?.stage ?? stageOfDecision(told('verdict'));
  const { documents, unread } = documentsIn(told('documents'));
  const facts = factsOf(told, documents);
  const days = DAYS.map(told).filter((day) => day !== '' && dayIn(day) === null);
  const amounts = AMOUNTS.map(told).filter((cell) => /\d/.test(cell) && readAmount(cell) === null);
  const tasks = taskLinesIn(told('tasks'));
  const says = stage !== null || tasks.length > 0 || Object.keys(facts).some((field) => field !== 'currency');
  const lost = cell !== '' && read === null ? cell : null;
  return {
    bid: says ? { stage, facts, tasks } : null,
    rest: read?.rest ?? lost,
    unknown: lost,
    unread: [...days, ...amounts, ...unread],
  };
}

/** The facts of a bid as our own cells say them: the name of a partner may hold what separates names. */
const asInCells = (bid: OpportunityState): Facts => ({ ...bid, partners: readPartners(partnersIn(bid)) });

/** Returns the facts that a sheet changes: not those that say as much as an old encoding can. */
function changedFacts(before: OpportunityState, facts: Partial<Facts>): Partial<Facts> {
  const known = asInCells(before);
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([fact, value]) =>
        !savedForms(JSON.stringify(known[fact as keyof Facts])).includes(JSON.stringify(value)),
    ),
  );
}

/** Returns a bid after applying a sheet; its stage is the sheet's, if named. */
export const withBid = (
  before: OpportunityState,
  { stage, facts, tasks }: SheetBid,
  office: Office,
): OpportunityState => ({
  ...before,
  ...changedFacts(before, facts),
  stage: stage ?? before.stage,
  tasks: withTasks(before.tasks, tasks, office),
});
