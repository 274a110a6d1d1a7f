import { messages } from '../../../i18n/message.js';
import { actionShort, type ActionShort } from '../../../calls/domain/action-code.js';
import { storedText, translator } from '../../../i18n/translate.js';
import { type Language, LOCALES } from '../../../kernel/language.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-kinds.js';
import { type Affinity, AFFINITY_RULES, type Habit } from '../../domain/scoring/affinity.js';
import { defineSignal } from '../../domain/signals/signal.js';

export const TEXTS = messages({
  name: {
    en: 'Types of action of your projects',
    fr: 'Types d’action de vos projets',
  },
  often: {
    en: 'Your institute takes part in {type} {how, select, less {less often} other {more often}} than average',
    fr: 'Votre institut participe {how, select, less {moins souvent} other {plus souvent}} que la moyenne à des {type}',
  },
  habit: {
    en: '{often} ({own} of its {of} projects of a known type, {share}, against {usual} on average)',
    fr: '{often} ({own} de ses {of}\u00a0projets de type connu, {share}, contre {usual} en moyenne)',
  },
  percent: {
    en: '{n}%',
    fr: '{n}\u00a0%',
  },
});

/**
 * The largest share of a call's points that its type of action may add or take. Set by hand, and small
 * because there is no proof for it: the public data used to measure the ranking does not give the types of
 * past projects, so neither a weight nor a gain could be trained on it. Five per cent settle the order of
 * calls that fit equally well; the subject still decides, and a call that changes bands was at the edge of
 * one.
 */
const MOST = 0.05;

/**
 * Returns the type of a call in which the institute takes part most, compared with the average; null if
 * nothing is known of any.
 */
function bestOf(
  types: readonly ActionShort[] = [],
  affinity: Affinity | undefined,
): (Habit & { type: ActionShort }) | null {
  if (!affinity?.size) return null;
  let best: (Habit & { type: ActionShort }) | null = null;
  for (const type of types) {
    const habit = affinity.get(type);
    if (habit && (!best || habit.lift > best.lift)) best = { type, ...habit };
  }
  return best;
}

const textsIn = translator(TEXTS);

function says({ term, contribution, habit }: ReasonDetails, language: Language): string {
  const t = textsIn(language);
  const type = storedText(language, `action.${term}`, term);
  const often = t('often', { type, how: contribution < 0 ? 'less' : 'more' });
  if (!habit) return often;
  const { own, of, usual } = habit;
  const rounded = new Intl.NumberFormat(LOCALES[language], { maximumSignificantDigits: 2 });
  const percent = (share: number): string => t('percent', { n: rounded.format(100 * share) });
  return t('habit', { often, own, of, share: percent(own / of), usual: percent(usual) });
}

/** The type of action of a call: a share of its points, so that no call is reported for its type alone. */
export const signal = defineSignal<ActionShort[]>({
  id: 'types-of-action',
  order: 50,
  reasons: { 'types-of-action': { terms: 'profile.action.', name: TEXTS.name, says } },
  rules: JSON.stringify([MOST, AFFINITY_RULES]),
  remembers({ typesOfAction = [] }) {
    const types = [...new Set(typesOfAction.flatMap((type) => actionShort(type) ?? []))];
    return types.length ? types : undefined;
  },
  mayAdd: ({ affinity }) => (affinity?.size ?? 0) > 0,
  share: {
    ofFit: true,
    points(points, types, { affinity }) {
      const typed = bestOf(types, affinity);
      return typed ? Math.min(100, points * (1 + MOST * typed.lift)) : points;
    },
    evidence(types, { affinity }) {
      const { type, own, of, usual } = bestOf(types, affinity)!;
      return { term: type, habit: { own, of, usual } };
    },
  },
});
