import { translateTo } from '../../../../i18n/translate.js';
import type { Language } from '../../../../kernel/language.js';
import type { Verdict } from '../../verdict.js';

/** What a verdict does to the ranking at present. */
export interface LearnedEffect {
  title: string;
  verdict: Verdict;
  /** It counts for nothing, because somebody said so. */
  aside: boolean;
  /** The most points that it gives to or takes from a call that is to be had; 0 where there is none. */
  upTo: number;
  /** How many such calls there are. */
  calls: number;
}

/** What was learned from a verdict, in words. */
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
