import type { ReasonText } from './reason-text.js';

/** The no-break space that French wants before : and inside «». */
const NB = '\u00a0';
const MINUS = '\u2212';

/** Zero and one are singular in French. */
function points(whole: number, exact: number): string {
  if (whole === 0) return exact > 0 ? 'moins d’un point' : `0${NB}point`;
  return `${whole < 0 ? MINUS : ''}${Math.abs(whole)}${NB}${Math.abs(whole) < 2 ? 'point' : 'points'}`;
}

/** Why a call fits, in French. */
export const REASONS_FR: ReasonText = {
  points,
  rest: (count, whole, exact) =>
    `${count === 1 ? 'Et une autre raison, plus petite' : `Et ${count}${NB}autres raisons, plus petites`}${NB}: ${points(whole, exact)}.`,
  sentence: (says, whole, exact) => `${says}${NB}: ${points(whole, exact)}.`,
};
