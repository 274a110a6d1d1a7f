import type { Language } from '../../kernel/language.js';
import type { Lead, OpportunityState, Role, Stage } from '../../pipeline/domain/index.js';
import { FACT_COLUMNS, KEY_COLUMNS, LINK_COLUMNS } from './call-columns.js';
import { byDate, noteBlock, type SheetNote } from './note-text.js';
import type { HasCall } from './sheet-call.js';
import type { Column } from './table.js';
import { taskLines, type Names } from './task-text.js';

export const STAGE_WORDS: Record<Stage, Record<Language, string>> = {
  'to-study': { en: 'To study', fr: 'À étudier' },
  'go-no-go': { en: 'Go / no-go', fr: 'Go / no-go' },
  preparing: { en: 'Preparing', fr: 'En montage' },
  submitted: { en: 'Submitted', fr: 'Déposé' },
  'reserve-list': { en: 'Reserve list', fr: 'Liste de réserve' },
  funded: { en: 'Funded', fr: 'Financé' },
  rejected: { en: 'Rejected', fr: 'Rejeté' },
  withdrawn: { en: 'Withdrawn', fr: 'Retiré' },
  'no-go': { en: 'No-go', fr: 'No-go' },
};
export const LEAD_WORDS: Record<Lead, Record<Language, string>> = {
  inside: { en: 'inside', fr: 'interne' },
  outside: { en: 'outside', fr: 'externe' },
};
export const ROLE_WORDS: Record<Role, Record<Language, string>> = {
  coordinator: { en: 'coordinator', fr: 'coordinateur' },
  partner: { en: 'partner', fr: 'partenaire' },
  associated: { en: 'associated partner', fr: 'partenaire associé' },
  subcontractor: { en: 'subcontractor', fr: 'sous-traitant' },
};

/** What an institute has in its pipeline of a call, beside it; null where it has nothing. */
export interface HasOpportunity {
  opportunity: OpportunityState | null;
  /** Who may have one of its tasks. */
  people: Names;
}
/** And what its people wrote to one another about it. */
export interface HasComments extends HasOpportunity {
  comments: SheetNote[];
}

/** A day as a sheet has it. */
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

/** How a bid stands. The order is for good, and each comes back with an officer's sheet. */
export const PIPELINE_COLUMNS: Column<HasOpportunity>[] = [
  column('stage', { en: 'Stage', fr: 'Étape' }, 'text', 15, (o, l) => STAGE_WORDS[o.stage][l]),
  column('lead', { en: 'Lead', fr: 'Porteur' }, 'text', 10, (o, l) => o.lead && LEAD_WORDS[o.lead][l]),
  column('lead-name', { en: 'Led by', fr: 'Porté par' }, 'text', 24, (o) => o.leadName),
  column('role', { en: 'Our role', fr: 'Notre rôle' }, 'text', 16, (o, l) => o.role && ROLE_WORDS[o.role][l]),
  column('partners', { en: 'Partners', fr: 'Partenaires' }, 'text', 34, (o) => o.partners.join('; ') || null),
  column(
    'requested',
    { en: 'Requested contribution', fr: 'Contribution demandée' },
    'amount',
    16,
    (o) => o.requested,
  ),
  column('share', { en: 'Our share', fr: 'Notre part' }, 'amount', 14, (o) => o.share),
  column(
    'bid-currency',
    { en: 'Currency of the bid', fr: 'Monnaie du projet' },
    'text',
    9,
    (o) => o.currency,
  ),
  column('probability', { en: 'Probability (%)', fr: 'Probabilité (%)' }, 'number', 11, (o) => o.probability),
  column(
    'proposal-number',
    { en: 'Proposal number', fr: 'Numéro de proposition' },
    'text',
    16,
    (o) => o.proposalNumber,
  ),
  column('decide-by', { en: 'Go / no-go on', fr: 'Go / no-go le' }, 'day', 12, (o) => day(o.decideBy)),
  column('signed-on', { en: 'Agreement signed on', fr: 'Convention signée le' }, 'day', 12, (o) =>
    day(o.signedOn),
  ),
];

/** What is to be done for a bid; it comes back with an officer's sheet too. */
export const TASK_COLUMN: Column<HasOpportunity> = {
  key: 'tasks',
  header: { en: 'Tasks', fr: 'Tâches' },
  kind: 'text',
  width: 50,
  value: ({ opportunity, people }, { language }) =>
    (opportunity && taskLines(opportunity.tasks, people, language)) || null,
};

/** What people do for a bid and write about it. A comment has an author and does not come back: a sheet's own remarks are notes. */
export const WORK_COLUMNS: Column<HasComments>[] = [
  TASK_COLUMN,
  {
    key: 'comments',
    header: { en: 'Discussion', fr: 'Discussion' },
    kind: 'text',
    width: 50,
    value: ({ comments }) => byDate(comments).map(noteBlock).join('\n') || null,
  },
];

/** All that an institute has in its pipeline, as a table of its own. */
export const OPPORTUNITY_COLUMNS: Column<HasCall & HasComments>[] = [
  ...KEY_COLUMNS,
  ...FACT_COLUMNS,
  ...PIPELINE_COLUMNS,
  ...LINK_COLUMNS,
  ...WORK_COLUMNS,
];
