import type { MatchScore, ReadingEvidence } from '../scoring/match.js';
import type { QuotePlace } from './quote-place.js';
import type { Reading } from './reading.js';

/** A reading as it is kept: by which model, with which prompt, when, and where its quote stands. */
export type KeptReading = Reading & {
  model: string;
  prompt: number;
  at: Date;
  place: QuotePlace | null;
};

/**
 * What a language model said of a match, and the points that this brings or takes; null where it did not read
 * it.
 */
export function readingOf({
  evidence,
}: Pick<MatchScore, 'evidence'>): (ReadingEvidence & { points: number }) | null {
  const found = evidence.find((e) => e.signal === 'reading');
  return found?.reading ? { ...found.reading, points: found.contribution } : null;
}
