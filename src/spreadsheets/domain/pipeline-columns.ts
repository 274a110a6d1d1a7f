import type { Language } from '../../kernel/language.js';
import { documentLine, type Lead, type Role } from '../../pipeline/domain/opportunity.js';
import type { Stage } from '../../pipeline/domain/stage.js';
import type { OpportunityState } from '../../pipeline/domain/state.js';
import { inEach } from '../../i18n/translate.js';
import { FACT_COLUMNS, KEY_COLUMNS, LINK_COLUMNS } from './call-columns.js';
import { byDate, type Names, noteBlock, type SheetNote, taskLines } from './task-text.js';
import type { HasCall } from './sheet-call.js';
import { type Column, wordIn } from './table.js';

export const STAGE_WORDS: Record<Stage, Record<Language, string>> = {
  'to-study': inEach('sheet-word.stage.to-study'),
  'go-no-go': inEach('sheet-word.stage.go-no-go'),
  preparing: inEach('sheet-word.stage.preparing'),
  submitted: inEach('sheet-word.stage.submitted'),
  'reserve-list': inEach('sheet-word.stage.reserve-list'),
  funded: inEach('sheet-word.stage.funded'),
  rejected: inEach('sheet-word.stage.rejected'),
  withdrawn: inEach('sheet-word.stage.withdrawn'),
  'no-go': inEach('sheet-word.stage.no-go'),
};
export const LEAD_WORDS: Record<Lead, Record<Language, string>> = {
  inside: inEach('sheet-word.lead.inside'),
  outside: inEach('sheet-word.lead.outside'),
};
export const ROLE_WORDS: Record<Role, Record<Language, string>> = {
  coordinator: inEach('sheet-word.role.coordinator'),
  partner: inEach('sheet-word.role.partner'),
  associated: inEach('sheet-word.role.associated'),
  subcontractor: inEach('sheet-word.role.subcontractor'),
};

/** A call's entry in an institute's pipeline; null if there is none. */
export interface HasOpportunity {
  opportunity: OpportunityState | null;
  /** The people its tasks can be assigned to. */
  people: Names;
}
/** The same with its internal comments. */
export interface HasComments extends HasOpportunity {
  comments: SheetNote[];
}

/** Returns a day as a cell's date. */
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

/** The state of a bid. The order is permanent, and all columns can be reimported. */
export const PIPELINE_COLUMNS: Column<HasOpportunity>[] = [
  column('stage', inEach('sheet-column.stage'), 'text', 15, (o, l) => wordIn(STAGE_WORDS, o.stage, l)),
  column('lead', inEach('sheet-column.lead'), 'text', 10, (o, l) => o.lead && wordIn(LEAD_WORDS, o.lead, l)),
  column('lead-name', inEach('sheet-column.lead-name'), 'text', 24, (o) => o.leadName),
  column('role', inEach('sheet-column.role'), 'text', 16, (o, l) => o.role && wordIn(ROLE_WORDS, o.role, l)),
  column('partners', inEach('sheet-column.partners'), 'text', 34, (o) => o.partners.join('; ') || null),
  column('requested', inEach('sheet-column.requested'), 'amount', 16, (o) => o.requested),
  column('share', inEach('sheet-column.share'), 'amount', 14, (o) => o.share),
  column('bid-currency', inEach('sheet-column.bid-currency'), 'text', 9, (o) => o.currency),
  column('probability', inEach('sheet-column.probability'), 'number', 11, (o) => o.probability),
  column('proposal-number', inEach('sheet-column.proposal-number'), 'text', 16, (o) => o.proposalNumber),
  column('decide-by', inEach('sheet-column.decide-by'), 'day', 12, (o) => day(o.decideBy)),
  column('signed-on', inEach('sheet-column.signed-on'), 'day', 12, (o) => day(o.signedOn)),
  column('acronym', inEach('sheet-column.acronym'), 'text', 14, (o) => o.acronym),
  column(
    'documents',
    inEach('sheet-column.documents'),
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
