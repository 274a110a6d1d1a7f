import type { CallContent } from '../call/call-content.js';
import type { StatedTotal } from '../call/page/budget-comparison.js';
import type { Language } from '../profile/profile.js';
import { textsIn } from './texts-in.js';
import type { Texts } from './texts.js';

const MILLION = 1_000_000;

/** To make one takes longer than to use it a hundred times, and a list has a hundred amounts. */
const FORMATS = new Map<Texts['locale'], Intl.NumberFormat>();

const SAID = { topic: 'topic', several: 'shared', unclear: 'unclear' } as const;

interface Parts { total: string | null; others: string[] }

/** The total as a bare amount, and what is paid for one project and how many there are; each only as far as it is stated. */
function partsOf(budget: NonNullable<CallContent['budget']>, language: Language, texts: Texts): Parts {
  const show = (amount: number): string => amountForPeople(amount, budget.currency, language);
  const range = contribution(budget, show, texts);
  const grants = budget.expectedGrants === null ? null : texts.budget.grants(budget.expectedGrants);
  return { total: budget.total === null ? null : show(budget.total), others: [range, grants].filter((x) => x !== null) };
}

/** What a call pays: its total, as the one of those to whom it goes (`whose`), and the contribution to one project, each only as far as it is stated. */
export function budgetForPeople(budget: CallContent['budget'], language: Language, whose: StatedTotal = 'topic'): string {
  const texts = textsIn(language);
  if (!budget) return texts.notStated;
  const { total, others } = partsOf(budget, language, texts);
  if (total === null && !others.length) return texts.notStated;
  return [total === null ? texts.budget.totalNotStated : texts.budget[SAID[whose]](total), ...others].join(texts.semicolon);
}

/** The same for a row of a list: what one project gets comes first, and a total that is `shared` by several topics is told as such. */
export function budgetInList(budget: CallContent['budget'], shared: boolean, language: Language): string {
  const texts = textsIn(language);
  const { total, others } = budget ? partsOf(budget, language, texts) : { total: null, others: [] };
  const told = total === null ? [] : [shared ? texts.budget.shared(total) : texts.budget.topic(total)];
  return [...others, ...told].join(texts.semicolon) || texts.notStated;
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
  let format = FORMATS.get(locale);
  if (!format) FORMATS.set(locale, format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));
  // French groups digits with a narrow no-break space, which older mail programs show as a box.
  return format.format(value).replaceAll('\u202f', '\u00a0');
}
