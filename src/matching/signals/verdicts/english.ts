import type { ReasonDetails } from '../../domain/explanation/reasons/reason-text.js';
import type { ReasonWords } from '../../domain/explanation/reasons/reason-kinds.js';
import { quoted } from '../_kit/english.js';

function verdict({ term, contribution }: ReasonDetails): string {
  if (term === '') return 'The institute’s decisions on similar calls';
  return contribution < 0
    ? `You marked ${quoted(term)} “not for us”, and this call is similar`
    : `You found ${quoted(term)} relevant, and this call is similar`;
}

export const ENGLISH: ReasonWords = { name: 'Your decisions on similar calls', says: verdict };
