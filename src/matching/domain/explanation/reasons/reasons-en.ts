import type { ReasonText } from './reason-text.js';

const MINUS = '\u2212';

function points(whole: number, exact: number): string {
  if (whole === 0) return exact > 0 ? 'less than 1 point' : '0 points';
  return `${whole < 0 ? MINUS : ''}${Math.abs(whole)} ${Math.abs(whole) === 1 ? 'point' : 'points'}`;
}

/** Why a call fits, in English. */
export const REASONS_EN: ReasonText = {
  points,
  rest: (count, whole, exact) =>
    `${count === 1 ? 'And a smaller one' : `And ${count} smaller ones`}: ${points(whole, exact)}.`,
  sentence: (says, whole, exact) => `${says}: ${points(whole, exact)}.`,
};
