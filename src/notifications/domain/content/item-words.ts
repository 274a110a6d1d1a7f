import { actionInShort, deadlineInShort } from '../../../calls/domain/facts/call-facts.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { moneyPhrase } from '../../../calls/domain/facts/budget.js';
import { nameIn } from '../../../profiles/domain/name-in.js';
import { bandOf, shownScore } from '../../../kernel/band.js';
import type { Language } from '../../../kernel/language.js';
import { oneLine, shortened, spaced } from '../../../kernel/one-line.js';
import type { Measure } from '../facts/change-view.js';
import { listTo } from '../../../i18n/message.js';
import { type Translate, translateTo } from '../../../i18n/translate.js';
import type { Because, CallItem, Message } from './message.js';

const LONGEST_TITLE = 250;
const LONGEST_NAME = 90;

export const titleOf = (
  { title, language }: Pick<CallContent, 'title' | 'language'>,
  longest = LONGEST_TITLE,
): string => spaced(shortened(oneLine(title), longest), language);
export const named = (name: string): string => shortened(oneLine(name), LONGEST_NAME);
/** Many institutes append what their name stands for in parentheses. */
export const shortName = (name: string): string => named(name).replace(/ \([^()]*\)$/, '');

/** A score in a row of facts. */
const pointsIn = (score: number, t: Translate): string =>
  `${shownScore(score)} (${t(`band.${bandOf(score)}`)})`;

/** Says how well the call fits, and whom, unless the reader follows a single profile. */
export function pointsOf(
  { profiles, match }: CallItem,
  { language, follows }: Pick<Message, 'language' | 'follows'>,
  { names }: Measure,
): string[] {
  const t = translateTo(language);
  const alone = follows.length === 1 && follows[0]!.kind === 'profile' && profiles.length < 2;
  if (!profiles.length && match) return [pointsIn(match.score, t)];
  const shown = profiles
    .slice(0, names)
    .map(({ name, score }) => (alone ? '' : `${shortName(name)} `) + pointsIn(score, t));
  const more = profiles.length - shown.length;
  return more > 0 ? [...shown, t('message.and-more', { n: more })] : shown;
}

/** "D-65 (4 Dec)", "€4–5M per project", "RIA": only what is stated. */
export const rowOf = ({ call, total }: CallItem, now: Date, language: Language): string[] =>
  [deadlineInShort(call, now, language), moneyPhrase(call, language, total), actionInShort(call, language)]
    .filter((fact) => fact !== null)
    .map((fact) => shortened(fact, LONGEST_NAME));

/** Says which subscription brought the call, unless the score and the footer already do. */
export function becauseOf(
  { because }: CallItem,
  { language, follows }: Pick<Message, 'language' | 'follows'>,
  measure: Measure,
): string | null {
  const other = because.filter((b) => b.kind !== 'profile');
  return follows.length > 1 && other.length
    ? translateTo(language)('message.because', { all: listTo(language, followed(other, language, measure)) })
    : null;
}

/** Names one subscription; in a call's own entry its name is omitted. */
function followedIn({ kind, name, through }: Because, language: Language, withNames: boolean): string {
  const t = translateTo(language);
  const called = shortName(name);
  if (kind === 'profile') return nameIn(called, 'name', language);
  if (kind === 'search') return t('message.followed.search', { name: called });
  if (kind === 'call')
    return withNames ? t('message.followed.call', { name: called }) : t('message.followed.this-call');
  return through === null || withNames
    ? t('message.followed.group', { name: called })
    : t('message.followed.group-through', {
        name: called,
        through: nameIn(shortName(through), 'name', language),
      });
}

/**
 * Lists the subscriptions that brought this item, shortened. A call's own entry does not repeat its name;
 * elsewhere, groups do not say which institute fits.
 */
export function followed(
  because: Because[],
  language: Language,
  { names }: Measure,
  withNames = false,
): string[] {
  const t = translateTo(language);
  const shown = because.slice(0, names).map((one) => followedIn(one, language, withNames));
  const more = because.length - shown.length;
  return more > 0 ? [...shown, t('message.and-more', { n: more })] : shown;
}
