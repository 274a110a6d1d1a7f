import { type StatedTotal, projectInWords, topicInWords, textsIn } from '../../calls/domain/index.js';
import type { Language } from '../../kernel/language.js';
import type { HasCall, SheetCall } from './sheet-call.js';
import type { Column } from './table.js';

/** So that nobody adds up what is one budget for several topics. */
const BUDGET_FOR: Record<StatedTotal, Record<Language, string>> = {
  topic: { en: 'the topic', fr: 'le sujet' },
  several: { en: 'probably several topics', fr: 'sans doute plusieurs sujets' },
  unclear: { en: 'the topic or several topics', fr: 'le sujet ou plusieurs sujets' },
};

const budgetFor = ({ content: { budget, kind }, total }: SheetCall, language: Language): string | null =>
  typeof budget?.total === 'number' && kind === 'grant' ? BUDGET_FOR[total][language] : null;

/** What only some kinds of calls tell; they came later, and stand behind all others. */
export const KIND_COLUMNS: Column<HasCall>[] = [
  {
    key: 'kind',
    header: { en: 'Kind of call', fr: 'Nature de l’appel' },
    kind: 'text',
    width: 18,
    value: ({ call }, { language }) => textsIn(language).callKind[call.content.kind],
  },
  {
    key: 'under-topic',
    header: { en: 'Under topic', fr: 'Au titre du sujet' },
    kind: 'text',
    width: 40,
    value: ({ call }) => topicInWords(call.content),
  },
  {
    key: 'project',
    header: { en: 'Run by project', fr: 'Projet organisateur' },
    kind: 'text',
    width: 40,
    value: ({ call }) => projectInWords(call.content),
  },
  {
    key: 'duration',
    header: { en: 'Duration of a project', fr: 'Durée d’un projet' },
    kind: 'text',
    width: 16,
    value: ({ call }) => call.content.duration ?? null,
  },
  {
    key: 'zones',
    header: { en: 'Zones', fr: 'Zones géographiques' },
    kind: 'text',
    width: 24,
    value: ({ call }) => call.content.zones?.join(', ') ?? null,
  },
  {
    key: 'contract-type',
    header: { en: 'Type of contract', fr: 'Type de contrat' },
    kind: 'text',
    width: 18,
    value: ({ call }) => call.content.contractType ?? null,
  },
  {
    key: 'implausible-budget',
    header: { en: 'Implausible budget, as published', fr: 'Budget peu plausible, tel que publié' },
    kind: 'text',
    width: 16,
    value: ({ call }) => call.content.budget?.asWritten ?? null,
  },
  {
    key: 'lump-sum',
    header: { en: 'Lump sum', fr: 'Somme forfaitaire' },
    kind: 'flag',
    width: 10,
    value: ({ call }) => call.content.lumpSum ?? null,
  },
  {
    key: 'destination',
    header: { en: 'Destination', fr: 'Destination' },
    kind: 'text',
    width: 34,
    value: ({ call }) => call.content.destination,
  },
  {
    key: 'mission',
    header: { en: 'Mission', fr: 'Mission' },
    kind: 'text',
    width: 24,
    value: ({ call }) => call.content.mission ?? null,
  },
  {
    key: 'cross-cutting',
    header: { en: 'Cross-cutting priorities', fr: 'Priorités transversales' },
    kind: 'text',
    width: 30,
    value: ({ call }) => call.content.crossCutting?.join(', ') ?? null,
  },
  {
    key: 'partner-search',
    header: { en: 'Partner search open', fr: 'Recherche de partenaires ouverte' },
    kind: 'flag',
    width: 12,
    value: ({ call }) => call.content.partnerSearch ?? null,
  },
  {
    key: 'budget-for',
    header: { en: 'Budget is for', fr: 'Budget destiné à' },
    kind: 'text',
    width: 24,
    value: ({ call }, { language }) => budgetFor(call, language),
  },
];
