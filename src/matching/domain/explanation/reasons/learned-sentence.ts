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

const NB = '\u00a0';
const whole = (points: number): number => Math.max(1, Math.round(Math.abs(points)));

function english({ title, verdict, aside, upTo, calls }: LearnedEffect): string {
  const said =
    verdict === 'not' ? `you marked “${title}” “not for us: other subject”` : `you found “${title}” relevant`;
  if (aside) return `Although ${said}, that does not count for the ranking of other calls.`;
  const does = verdict === 'not' ? 'lose' : 'gain';
  if (calls === 0) return `Because ${said}, calls like it ${does} points; today there is none.`;
  const points = `${whole(upTo)} ${whole(upTo) === 1 ? 'point' : 'points'}`;
  return `Because ${said}, calls like it ${does} up to ${points}; today that concerns ${calls === 1 ? '1 call' : `${calls} calls`}.`;
}

function french({ title, verdict, aside, upTo, calls }: LearnedEffect): string {
  const call = `«${NB}${title}${NB}»`;
  const said =
    verdict === 'not'
      ? `vous avez classé ${call} «${NB}non retenu${NB}: autre sujet${NB}»`
      : `vous avez jugé ${call} pertinent`;
  if (aside)
    return `Bien que ${said.replace('vous avez', 'vous ayez')}, cela ne compte pas dans le classement des autres appels.`;
  const does = verdict === 'not' ? 'perdent' : 'gagnent';
  if (calls === 0)
    return `Parce que ${said}, les appels semblables ${does} des points${NB}; aujourd’hui, il n’y en a aucun.`;
  const points = `${whole(upTo)}${NB}${whole(upTo) === 1 ? 'point' : 'points'}`;
  return `Parce que ${said}, les appels semblables ${does} jusqu’à ${points}${NB}; cela concerne aujourd’hui ${calls}${NB}${calls === 1 ? 'appel' : 'appels'}.`;
}

/** What was learned from a verdict, in words. */
export const learnedSentence = (effect: LearnedEffect, language: Language): string =>
  language === 'fr' ? french(effect) : english(effect);
