import { amountForPeople } from '../../../calls/domain/facts/budget.js';
import { dateForPeople } from '../../../calls/domain/facts/deadline.js';
import { listTo, numberTo } from '../../../i18n/message.js';
import { translateTo } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import type { TopicChange, DraftStep, DraftSummary } from './draft-history.js';

function valueText(field: TopicChange['field'], value: TopicChange['after'], language: Language): string {
  if (field === 'deadlineDate')
    return listTo(
      language,
      (value as string[]).map((day) => dateForPeople(day, language)),
    );
  return field === 'budgetEur' ? amountForPeople(value as number, 'EUR', language) : String(value);
}

/** Says what a draft would do to a published call: "move the deadline to 7 October 2026". */
export function wouldText({ field, after }: TopicChange, language: Language): string {
  const t = translateTo(language);
  return field === 'text'
    ? t('draft-would.text')
    : t(`draft-would.${field}`, { to: valueText(field, after, language) });
}

/** Says what changed in a step: "deadline moved from … to …". */
export function stepTexts(
  { renumberedFrom, changes }: Pick<DraftStep, 'renumberedFrom' | 'changes'>,
  language: Language,
): string[] {
  const t = translateTo(language);
  return [
    ...(renumberedFrom === null ? [] : [t('draft-step.renumbered', { from: renumberedFrom })]),
    ...changes.map(({ field, before, after }) =>
      field === 'text'
        ? t('draft-step.text')
        : t(`draft-step.${field}`, {
            from: valueText(field, before, language),
            to: valueText(field, after, language),
          }),
    ),
  ];
}

/** Fractions that people say in words, and how near a number must be to one. */
const FRACTIONS = { half: 1 / 2, third: 1 / 3, quarter: 1 / 4, fifth: 1 / 5, tenth: 1 / 10 } as const;
const NEAR = 0.01;

function budgetText(ratio: number, language: Language): string {
  const share = Math.abs(ratio - 1);
  const word = Object.entries(FRACTIONS).find(([, fraction]) => Math.abs(share - fraction) <= NEAR)?.[0];
  return translateTo(language)('draft-summary.budget', {
    way: ratio < 1 ? 'cut' : 'raised',
    share: word ?? 'percent',
    percent: numberTo(language, Math.max(1, Math.round(share * 100))),
  });
}

/** "Since the first draft of 28 July 2026: deadline moved twice, budget cut by a fifth." */
export function summaryText(summary: DraftSummary, language: Language): string {
  const t = translateTo(language);
  const day = dateForPeople(summary.since, language);
  const changes = [
    ...(summary.deadlineMoves ? [t('draft-summary.deadline', { n: summary.deadlineMoves })] : []),
    ...(summary.budget === null ? [] : [budgetText(summary.budget, language)]),
    ...(['retyped', 'renamed', 'renumbered'] as const)
      .filter((what) => summary[what])
      .map((what) => t(`draft-summary.${what}`)),
  ];
  return changes.length
    ? t('draft-summary.changed', { day, changes: changes.join(', ') })
    : t('draft-summary.same', { day });
}
