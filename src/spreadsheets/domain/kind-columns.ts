import { crossCuttingIn } from '../../calls/domain/names-in.js';
import type { StatedTotal } from '../../calls/domain/page/budget-comparison.js';
import { draftInWords } from '../../calls/domain/facts/call-facts.js';
import { projectInWords, topicInWords } from '../../calls/domain/facts/kind-facts.js';
import type { Language } from '../../kernel/language.js';
import { inEach, translateTo } from '../../i18n/translate.js';
import type { HasCall, SheetCall } from './sheet-call.js';
import type { Column } from './table.js';

/** Keeps users from adding up what is one budget for several topics. */
const BUDGET_FOR: Record<StatedTotal, Record<Language, string>> = {
  topic: inEach('sheet-word.budget-for.topic'),
  several: inEach('sheet-word.budget-for.several'),
  unclear: inEach('sheet-word.budget-for.unclear'),
};

const budgetFor = ({ content: { budget, kind }, total }: SheetCall, language: Language): string | null =>
  typeof budget?.total === 'number' && kind === 'grant' ? BUDGET_FOR[total][language] : null;

/** Fields of some kinds of calls only; added later, hence after all other columns. */
export const KIND_COLUMNS: Column<HasCall>[] = [
  {
    key: 'kind',
    header: inEach('sheet-column.kind'),
    kind: 'text',
    width: 18,
    value: ({ call }, { language }) => translateTo(language)(`fact.kind.${call.content.kind}`),
  },
  {
    key: 'under-topic',
    header: inEach('sheet-column.under-topic'),
    kind: 'text',
    width: 40,
    value: ({ call }) => topicInWords(call.content),
  },
  {
    key: 'project',
    header: inEach('sheet-column.project'),
    kind: 'text',
    width: 40,
    value: ({ call }) => projectInWords(call.content),
  },
  {
    key: 'duration',
    header: inEach('sheet-column.duration'),
    kind: 'text',
    width: 16,
    value: ({ call }) => call.content.duration ?? null,
  },
  {
    key: 'zones',
    header: inEach('sheet-column.zones'),
    kind: 'text',
    width: 24,
    value: ({ call }) => call.content.zones?.join(', ') ?? null,
  },
  {
    key: 'contract-type',
    header: inEach('sheet-column.contract-type'),
    kind: 'text',
    width: 18,
    value: ({ call }) => call.content.contractType ?? null,
  },
  {
    key: 'implausible-budget',
    header: inEach('sheet-column.implausible-budget'),
    kind: 'text',
    width: 16,
    value: ({ call }) => call.content.budget?.asWritten ?? null,
  },
  {
    key: 'lump-sum',
    header: inEach('sheet-column.lump-sum'),
    kind: 'flag',
    width: 10,
    value: ({ call }) => call.content.lumpSum ?? null,
  },
  {
    key: 'destination',
    header: inEach('sheet-column.destination'),
    kind: 'text',
    width: 34,
    value: ({ call }) => call.content.destination,
  },
  {
    key: 'mission',
    header: inEach('sheet-column.mission'),
    kind: 'text',
    width: 24,
    value: ({ call }) => call.content.mission ?? null,
  },
  {
    key: 'cross-cutting',
    header: inEach('sheet-column.cross-cutting'),
    kind: 'text',
    width: 30,
    value: ({ call }, { language }) =>
      call.content.crossCutting?.map((p) => crossCuttingIn(p, language)).join(', ') ?? null,
  },
  {
    key: 'partner-search',
    header: inEach('sheet-column.partner-search'),
    kind: 'flag',
    width: 12,
    value: ({ call }) => call.content.partnerSearch ?? null,
  },
  {
    key: 'budget-for',
    header: inEach('sheet-column.budget-for'),
    kind: 'text',
    width: 24,
    value: ({ call }, { language }) => budgetFor(call, language),
  },
  {
    key: 'draft',
    header: inEach('sheet-column.draft'),
    kind: 'text',
    width: 40,
    value: ({ call: { content } }, { language }) =>
      content.draft ? draftInWords(content.draft, language) : null,
  },
  {
    key: 'funder',
    header: inEach('sheet-column.funder'),
    kind: 'text',
    width: 30,
    value: ({ call }) => call.content.funder ?? null,
  },
];
