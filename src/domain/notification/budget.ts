import type { CallContent } from '../call/call-content.js';
import type { Language } from '../profile/profile.js';
import { textsIn } from './texts-in.js';
import type { Texts } from './texts.js';

const MILLION = 1_000_000;

/** What a call pays: the topic's total and the contribution to one project, each only as far as it is stated. */
export function budgetForPeople(budget: CallContent['budget'], language: Language): string {
  const texts = textsIn(language);
  if (!budget) return texts.notStated;
  const show = (amount: number): string => amountForPeople(amount, budget.currency, language);
  const range = contribution(budget, show, texts);
  const parts = [
    ...(range ? [range] : []),
    ...(budget.expectedGrants === null ? [] : [texts.budget.grants(budget.expectedGrants)]),
  ];
  if (budget.total === null && !parts.length) return texts.notStated;
  const total = budget.total === null ? texts.budget.totalNotStated : texts.budget.topic(show(budget.total));
  return [total, ...parts].join(texts.semicolon);
}

/** An amount in millions where that loses nothing (60 M€, €1.5 million), to the last unit else (€1,234,567). */
export function amountForPeople(amount: number, currency: string, language: Language): string {
  const texts = textsIn(language);
  const inMillions = amount >= MILLION && Number.isInteger(amount) && amount % (MILLION / 100) === 0;
  return inMillions
    ? texts.millions(digits(amount / MILLION, texts.locale), currency)
    : texts.amount(digits(amount, texts.locale), currency);
}

function contribution(
  budget: NonNullable<CallContent['budget']>,
  show: (amount: number) => string,
  { budget: texts }: Texts,
): string | null {
  const { minContribution: min, maxContribution: max } = budget;
  if (min !== null && max !== null) return min === max ? texts.exactly(show(min)) : texts.range(show(min), show(max));
  if (min !== null) return texts.atLeast(show(min));
  return max === null ? null : texts.atMost(show(max));
}

function digits(value: number, locale: Texts['locale']): string {
  // French groups digits with a narrow no-break space, which older mail programs show as a box.
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value).replaceAll('\u202f', '\u00a0');
}
