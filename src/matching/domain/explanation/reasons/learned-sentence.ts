import { translateTo } from '../../../../i18n/translate.js';
import type { Language } from '../../../../kernel/language.js';
import type { Verdict } from '../../verdict.js';

/** The current effect of a verdict on the ranking. */
export interface LearnedEffect {
  title: string;
  verdict: Verdict;
  /** Set aside by a user, so that it has no effect. */
  aside: boolean;
  /** The most points it adds to or takes from an open or forthcoming call; 0 if there is none. */
  upTo: number;
  /** The number of those calls. */
  calls: number;
}

export function learnedSentence(
  { title, verdict, aside, upTo, calls }: LearnedEffect,
  language: Language,
): string {
  const t = translateTo(language);
  const of = verdict === 'not' ? 'not' : 'relevant';
  if (aside) return t(`reason.learned.aside.${of}`, { title });
  if (calls === 0) return t(`reason.learned.none.${of}`, { title });
  return t(`reason.learned.some.${of}`, { title, points: Math.max(1, Math.round(Math.abs(upTo))), calls });
}
