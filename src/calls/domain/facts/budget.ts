import type { CallContent } from '../call-content.js';
import { NO_CURRENCY } from '../parsed-call.js';
import type { StatedTotal } from '../page/budget-comparison.js';
import type { Language } from '../../../kernel/language.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import { numberTo } from '../../../i18n/message.js';
import { type Translate, translateTo } from '../../../i18n/translate.js';

const MILLION = 1_000_000;

/** The budget fields of a call; only grants with an identifier are topics, which share a call with others. */
export type Paying = Pick<CallContent, 'budget' | 'kind'> & Partial<Pick<CallContent, 'identifier'>>;

/** Enough for an amount written out in words. */
const LONGEST_AS_WRITTEN = 60;

interface Parts {
  total: string | null;
  others: string[];
}

/**
 * Returns the total as a bare amount, then the amount per project and the number of projects, each if stated.
 */
function partsOf(budget: CallContent['budget'], language: Language, t: Translate): Parts {
  if (!budget) return { total: null, others: [] };
  const show = (amount: number): string => amountForPeople(amount, budget.currency, language);
  const range = contribution(budget, show, t);
  const grants = budget.expectedGrants === null ? null : t('money.projects', { n: budget.expectedGrants });
  return {
    total: budget.total === null ? null : show(budget.total),
    others: [range, grants].filter((x) => x !== null),
  };
}

/** Returns an implausible amount, quoted as its source writes it and marked as such; null for all others. */
function implausible(budget: CallContent['budget'], t: Translate): string | null {
  if (!budget?.asWritten) return null;
  const written = shortened(oneLine(budget.asWritten), LONGEST_AS_WRITTEN);
  return budget.currency === NO_CURRENCY
    ? t('money.without-currency', { written })
    : t('money.implausible', { written, currency: budget.currency });
}

/** What a total is for: a call that names no topic is none. */
export const totalFor = (
  { identifier }: Pick<Paying, 'identifier'>,
  stated: StatedTotal,
): StatedTotal | 'call' => (identifier === null && stated === 'topic' ? 'call' : stated);

function whole(
  total: string,
  { kind, identifier }: Omit<Paying, 'budget'>,
  stated: StatedTotal | null,
  t: Translate,
): string {
  if (kind !== 'grant') return t('money.of.call', { total });
  return stated === null ? total : t(`money.of.${totalFor({ identifier }, stated)}`, { total });
}

/**
 * Returns what a call pays: its total, labelled with what it covers (`stated`; null if unknown), and the
 * contribution per project, each if stated.
 */
export const budgetForPeople = (paying: Paying, language: Language, stated: StatedTotal | null): string =>
  budgetInParts(paying, language, stated).join(translateTo(language)('text.semicolon'));

function budgetInParts(
  { budget, ...call }: Paying,
  language: Language,
  stated: StatedTotal | null,
): string[] {
  const t = translateTo(language);
  const { total, others } = partsOf(budget, language, t);
  const unsure = implausible(budget, t);
  if (total === null && unsure === null && !others.length) return [t('not-stated')];
  return [total === null ? (unsure ?? t('money.no-total')) : whole(total, call, stated, t), ...others];
}

/** Returns what a call pays now, and what of it was otherwise before. */
export function changedBudget(
  { from, to, ...call }: { from: Paying['budget']; to: Paying['budget'] } & Omit<Paying, 'budget'>,
  language: Language,
  stated: StatedTotal | null,
): { from: string; to: string } {
  const [before, now] = [from, to].map((budget) => budgetInParts({ budget, ...call }, language, stated));
  const other = before!.filter((part) => !now!.includes(part));
  const listed = (parts: string[]): string => parts.join(translateTo(language)('text.semicolon'));
  return { from: listed(other.length ? other : before!), to: listed(now!) };
}

/** Returns the same for a row of a list: the amount per project comes first. */
export function budgetInList({ budget, ...call }: Paying, stated: StatedTotal, language: Language): string {
  const t = translateTo(language);
  const { total, others } = partsOf(budget, language, t);
  const told = total === null ? implausible(budget, t) : whole(total, call, stated, t);
  return [...others, ...(told === null ? [] : [told])].join(t('text.semicolon')) || t('not-stated');
}

/**
 * Returns the amount per project, or else the total, in a few characters: "€4–5M"; null if neither is stated.
 */
export function moneyInShort(
  { budget }: Paying,
  language: Language,
): { amount: string; of: 'project' | 'total' | 'doubtful' } | null {
  if (!budget) return null;
  const { minContribution: min, maxContribution: max, total, currency } = budget;
  if (min !== null || max !== null) return { amount: between(min, max, currency, language), of: 'project' };
  if (total !== null) return { amount: between(total, total, currency, language), of: 'total' };
  return budget.asWritten ? { amount: translateTo(language)('money.short.doubtful'), of: 'doubtful' } : null;
}

/** Returns the same, with what the amount covers. `each`: said once of several topics that have it. */
export function moneyPhrase(
  call: Paying,
  language: Language,
  stated: StatedTotal | null,
  each = false,
): string | null {
  const money = moneyInShort(call, language);
  if (money === null || money.of === 'doubtful') return money && money.amount;
  const t = translateTo(language);
  if (money.of === 'project') return t('money.short.project', { amount: money.amount });
  const shared = call.kind === 'grant' && stated !== 'topic' && stated !== null;
  const covers = shared ? 'several' : each ? 'each' : 'total';
  return t(`money.short.${covers}`, { amount: money.amount });
}

function between(min: number | null, max: number | null, currency: string, language: Language): string {
  const t = translateTo(language);
  const ends = [min, max].filter((x) => x !== null);
  // From 400,000 to 500,000 is 0.4 to 0.5 million: a column has no room for more.
  const large =
    ends.every((x) => x % (MILLION / 1_000) === 0) &&
    ends.some((x) => x >= (min === null || max === null || min === max ? MILLION : MILLION / 10));
  const write = (written: string): string =>
    t(large ? 'money.millions-short' : 'money.amount', { digits: written, currency });
  const [first, last] = ends.map((x) => digits(large ? x / MILLION : x, language, 3));
  if (last === undefined)
    return t(min === null ? 'money.at-most' : 'money.at-least', { amount: write(first!) });
  return write(first === last ? first : `${first}–${last}`);
}

/** Formats an amount in millions if exact (60 M€, €1.5 million), otherwise in full (€1,234,567). */
export function amountForPeople(amount: number, currency: string, language: Language): string {
  const t = translateTo(language);
  const inMillions = amount >= MILLION && Number.isInteger(amount) && amount % (MILLION / 100) === 0;
  return inMillions
    ? t('money.millions', { digits: digits(amount / MILLION, language), currency })
    : t('money.amount', { digits: digits(amount, language), currency });
}

/** As short as a column or an axis wants it: €1.5M, 60 M€. */
export const amountInShort = (amount: number, currency: string, language: Language): string =>
  between(amount, amount, currency, language);

function contribution(
  budget: NonNullable<CallContent['budget']>,
  show: (amount: number) => string,
  t: Translate,
): string | null {
  const { minContribution: min, maxContribution: max } = budget;
  if (min !== null && max !== null)
    return min === max
      ? t('money.project.exactly', { amount: show(min) })
      : t('money.project.range', { min: show(min), max: show(max) });
  if (min !== null) return t('money.project.at-least', { amount: show(min) });
  return max === null ? null : t('money.project.at-most', { amount: show(max) });
}

/** Replaces the narrow no-break space of French digit groups, which older mail clients show as a box. */
const digits = (value: number, language: Language, decimals = 2): string =>
  numberTo(language, value, decimals).replaceAll('\u202f', '\u00a0');
