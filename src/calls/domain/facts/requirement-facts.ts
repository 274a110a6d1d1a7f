import type { CallContent } from '../call-content.js';
import { headingIn } from '../names-in.js';
import { countriesForPeople } from '../countries.js';
import {
  bindsFrom,
  withoutFootnotes,
  type Quoted,
  type Requirements,
  type TrlRange,
} from '../requirements.js';
import { oneLine, shortened } from '../../../kernel/one-line.js';
import type { Language } from '../../../kernel/language.js';
import type { MessageKey } from '../../../i18n/all.js';
import { translateTo } from '../../../i18n/translate.js';
import { listTo } from '../../../i18n/message.js';

/** A binding sentence of a call, in its words, and what it is about in the reader's. */
interface Requirement {
  label: string;
  /** What the sentence means, in the reader's words, where that is known: "a single applicant". */
  says: string | null;
  quote: string;
  /** The heading under which it stands; null if it has none. */
  where: string | null;
  /** Few calls say so. */
  rare: boolean;
}
/** What to know before answering a call; the first requirement is what must not be overlooked. */
export interface RequirementCard {
  requirements: Requirement[];
  /** "Nothing found in the text", if so. */
  nothing: string | null;
  /** What the source leaves empty, in a sentence; null if it states everything. */
  leftEmpty: string | null;
}

/** Stands in so many calls that it sets none apart. */
const IN_MANY =
  /restrictions? for the protection of European communication|controlled by China|SSH|social sciences|multi-actor approach/i;

const isRare = ({ quote }: { quote: string }): boolean => !IN_MANY.test(quote);

function leftEmptyBy(call: CallContent, language: Language): string | null {
  const t = translateTo(language);
  const empty: [boolean, MessageKey][] = [
    [(call.budget?.total ?? null) === null, 'call.left-empty.budget'],
    [call.deadlines.length === 0, 'call.left-empty.deadline'],
    [call.deadlines.some(({ timeTold }) => !timeTold), 'call.left-empty.time'],
    [call.kind === 'grant' && call.typesOfAction.length === 0, 'call.left-empty.type-of-action'],
  ];
  const what = empty.flatMap(([isEmpty, key]) => (isEmpty ? [t(key)] : []));
  return what.length ? t('call.left-empty', { what: listTo(language, what) }) : null;
}

/** The rules by role and place that decide whether an institute is told, in the reader's words. */
function rulesOf(
  { roleRules = [], place }: CallContent,
  language: Language,
): { quote: string; says: string }[] {
  const t = translateTo(language);
  const rules = [
    ...roleRules.map(({ rule, quote }) => ({ quote, says: t(`call.rule.${rule}`) })),
    ...(place?.kind === 'established'
      ? [
          {
            quote: place.quote,
            says: t('call.place.established', { countries: countriesForPeople(place.countries, language) }),
          },
        ]
      : []),
  ];
  return rules.filter(({ quote }, i) => rules.findIndex((one) => one.quote === quote) === i);
}

const overlap = (one: { quote: string }, other: { quote: string }): boolean =>
  one.quote.includes(other.quote) || other.quote.includes(one.quote);

/**
 * Returns what a call says of who may answer, the same for pages, documents and messages: each sentence as it
 * stands in the call, those that set it apart from others first.
 */
export function requirementCard(
  call: CallContent,
  language: Language,
  { restrictions }: Pick<Requirements, 'restrictions'>,
): RequirementCard {
  const t = translateTo(language);
  const whereIs = ({ part, title }: Quoted): string | null =>
    part ? t(`call.part.${part}`) : headingIn(title, language) || null;
  const rules = rulesOf(call, language);
  const requirements: Requirement[] = [
    ...rules
      .filter((rule) => !restrictions.some((r) => overlap(r, rule)))
      .map(({ quote, says }) => ({
        label: t('call.requirement.onlyFor'),
        says,
        quote,
        where: null,
        rare: true,
      })),
    ...restrictions
      .toSorted((a, b) => Number(isRare(b)) - Number(isRare(a)))
      .map((r) => ({
        label: t(`call.requirement.${r.kind}`),
        says: rules.find((rule) => overlap(r, rule))?.says ?? null,
        quote: withoutFootnotes(r.quote),
        where: whereIs(r),
        rare: isRare(r),
      })),
  ];
  return {
    requirements,
    nothing: requirements.length ? null : t('call.requirements-none'),
    leftEmpty: leftEmptyBy(call, language),
  };
}

/** Returns a binding sentence within a length: what binds, if it stands further back than that. */
export function requirementInShort(quote: string, most: number): string {
  const text = oneLine(quote).replace(/ ?[;,]$/, '');
  const from = text.length > most ? bindsFrom(text) : 0;
  const said = from < most / 2 ? text : withoutHalfBracket(text.slice(from));
  // A sentence that begins before.
  const cut = said !== text || /^\p{Ll}/u.test(said) ? '…' : '';
  return cut + shortened(said, most - cut.length);
}

/** Drops the end of a bracket that was cut off before, if what binds stands behind it. */
function withoutHalfBracket(text: string): string {
  const behind = text.replace(/^[^()]*\)[ ,;]*/, '');
  return bindsFrom(`…${behind}`) > 0 ? behind : text;
}

/** Returns what is to be reached before where it starts: "5, starting at 3". */
export const reachedFirst = (levels: readonly TrlRange[]): TrlRange[] =>
  levels.toSorted((a, b) => Number(a.at === 'start') - Number(b.at === 'start'));

/** Returns levels of technology readiness in words: "6–8", "5 or higher", "starting at 4". */
export function trlForPeople(
  { at, from, to }: Pick<TrlRange, 'at' | 'from' | 'to'>,
  language: Language,
): string {
  const t = translateTo(language);
  const key =
    from === null
      ? 'call.trl-to'
      : to === null
        ? 'call.trl-or-higher'
        : from === to
          ? 'call.trl-at'
          : 'call.trl-range';
  const trl = t(key, { from: from ?? 0, to: to ?? 0 });
  return at === 'start' ? t('call.trl-start', { trl }) : trl;
}
