import type { Language } from '../../kernel/language.js';
import type { MessageRate } from '../../notifications/domain/index.js';
import type { ProfileWarning } from '../../profiles/domain/index.js';

const LOCALES: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' };
const shown = (n: number, language: Language): string =>
  n.toLocaleString(LOCALES[language], { maximumFractionDigits: 1 });

/** The warning of a profile that would make more than `warnAbove` messages a week; null where it would not, or it is not known. */
export function manyMessages(rate: MessageRate | null, warnAbove: number): ProfileWarning | null {
  if (!rate || rate.aWeek <= warnAbove) return null;
  const { aWeek, weeks } = rate;
  const [en, fr] = [shown(aWeek, 'en'), shown(aWeek, 'fr')];
  return {
    kind: 'many-messages',
    aWeek,
    warnAbove,
    weeks,
    says: {
      en: `This profile would send about ${en} messages a week, judging by ${weeks === 1 ? 'the last week' : `the last ${weeks} weeks`}: more than ${shown(warnAbove, 'en')}. At that rate nobody reads them. Narrower keywords or a weekly digest reduce them.`,
      fr: `Ce profil enverrait environ ${fr} messages par semaine, d’après ${weeks === 1 ? 'la dernière semaine' : `les ${weeks} dernières semaines`}\u00a0: plus de ${shown(warnAbove, 'fr')}. À ce rythme, plus personne ne les lit. Des mots-clés plus précis, ou un récapitulatif hebdomadaire, en donnent moins.`,
    },
  };
}
