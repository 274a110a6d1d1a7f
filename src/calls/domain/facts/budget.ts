import type { CallContent } from '../call-content.js';
import { NO_CURRENCY } from '../parsed-call.js';
import type { StatedTotal } from '../page/budget-comparison.js';
import type { Language } from '../../../kernel/language.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { textsIn } from './texts-in.js';
import type { Texts } from './texts.js';

const MILLION = 1_000_000;

/** To make one takes longer than to use it a hundred times, and a list has a hundred amounts. */
const FORMATS = new Map<Texts['locale'], Intl.NumberFormat>();

const SHARE_TEXTS = { topic: 'topic', several: 'shared', unclear: 'unclear' } as const;

/** Of a call the money that it states; only grants are topics of a call with others. */
export type Paying = Pick<CallContent, 'budget' | 'kind'>;

/** As much as an amount takes that somebody wrote in words. */
const LONGEST_AS_WRITTEN = 60;

interface Parts {
  total: string | null;
  others: string[];
}

/** The total as a bare amount, and what is paid for one project and how many there are; each only as far as it is stated. */
function partsOf(budget: CallContent['budget'], language: Language, texts: Texts): Parts {
  if (!budget) return { total: null, others: [] };
  const show = (amount: number): string => amountForPeople(amount, budget.currency, language);
  const range = contribution(budget, show, texts);
  const grants = budget.expectedGrants === null ? null : texts.budget.grants(budget.expectedGrants);
  return {
    total: budget.total === null ? null : show(budget.total),
    others: [range, grants].filter((x) => x !== null),
  };
}

/** An amount that cannot be meant as it stands, in its source's characters and said to be so; null of all others. */
function implausible(budget: CallContent['budget'], texts: Texts): string | null {
  if (!budget?.asWritten) return null;
  const written = shortened(oneLine(budget.asWritten), LONGEST_AS_WRITTEN);
  return budget.currency === NO_CURRENCY
    ? texts.budget.withoutCurrency(written)
    : texts.budget.implausible(written, budget.currency);
}

function whole(
  total: string,
  kind: Paying['kind'],
  stated: StatedTotal | null,
  { budget: texts }: Texts,
): string {
  if (kind !== 'grant') return texts.call(total);
  return stated === null ? total : texts[SHARE_TEXTS[stated]](total);
}

/**
 * What a call pays: its total, as the one of those to whom it goes (`stated`; null where that is not known), and the contribution to one
 * project, each only as far as it is stated.
 */
export function budgetForPeople(
  { budget, kind }: Paying,
  language: Language,
  stated: StatedTotal | null,
): string {
  const texts = textsIn(language);
  const { total, others } = partsOf(budget, language, texts);
  const unsure = implausible(budget, texts);
  if (total === null && unsure === null && !others.length) return texts.notStated;
  return [
    total === null ? (unsure ?? texts.budget.totalNotStated) : whole(total, kind, stated, texts),
    ...others,
  ].join(texts.semicolon);
}

/** The same for a row of a list: what one project gets comes first. */
export function budgetInList({ budget, kind }: Paying, stated: StatedTotal, language: Language): string {
  const texts = textsIn(language);
  const { total, others } = partsOf(budget, language, texts);
  const told = total === null ? implausible(budget, texts) : whole(total, kind, stated, texts);
  return [...others, ...(told === null ? [] : [told])].join(texts.semicolon) || texts.notStated;
}

/** The money of one project, or the total where nothing is said of one, in a few characters: "€4–5M"; null where none is stated. */
export function moneyInShort(
  { budget }: Paying,
  language: Language,
): { amount: string; of: 'project' | 'total' | 'doubtful' } | null {
  if (!budget) return null;
  const texts = textsIn(language);
  const { minContribution: min, maxContribution: max, total, currency } = budget;
  if (min !== null || max !== null) return { amount: between(min, max, currency, texts), of: 'project' };
  if (total !== null) return { amount: between(total, total, currency, texts), of: 'total' };
  return budget.asWritten ? { amount: texts.short.doubtful, of: 'doubtful' } : null;
}

/** The same, saying of what it is. */
export function moneyPhrase(call: Paying, language: Language, stated: StatedTotal | null): string | null {
  const money = moneyInShort(call, language);
  const { short } = textsIn(language);
  if (money === null || money.of === 'doubtful') return money && money.amount;
  return money.of === 'project'
    ? short.perProject(money.amount)
    : short.total(money.amount, call.kind === 'grant' && stated !== 'topic' && stated !== null);
}

function between(min: number | null, max: number | null, currency: string, texts: Texts): string {
  const ends = [min, max].filter((x) => x !== null);
  const large = ends.every((x) => x >= MILLION && x % (MILLION / 100) === 0);
  const write = (written: string): string =>
    large ? texts.short.millions(written, currency) : texts.amount(written, currency);
  const [first, last] = ends.map((x) => digits(large ? x / MILLION : x, texts.locale));
  if (last === undefined) return `${min === null ? '≤' : '≥'}\u00a0${write(first!)}`;
  return write(first === last ? first : `${first}–${last}`);
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
  if (min !== null && max !== null)
    return min === max ? texts.exactly(show(min)) : texts.range(show(min), show(max));
  if (min !== null) return texts.atLeast(show(min));
  return max === null ? null : texts.atMost(show(max));
}

function digits(value: number, locale: Texts['locale']): string {
  let format = FORMATS.get(locale);
  if (!format) FORMATS.set(locale, (format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })));
  // French groups digits with a narrow no-break space, which older mail programs show as a box.
  return format.format(value).replaceAll('\u202f', '\u00a0');
}
