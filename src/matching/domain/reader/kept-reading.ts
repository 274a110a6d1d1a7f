import type { MatchScore, ReadingEvidence } from '../scoring/match.js';
import type { QuotePlace } from './quote-place.js';
import type { Reading } from './reading.js';

/** A stored reading: with its model, prompt version, time and the place of its quote. */
export type KeptReading = Reading & {
  model: string;
  prompt: number;
  at: Date;
  place: QuotePlace | null;
};

/**
 * Returns a language model's answer on a match, with the points it adds or takes; null if it was not read.
 */
export function readingOf({
  evidence,
}: Pick<MatchScore, 'evidence'>): (ReadingEvidence & { points: number }) | null {
  const found = evidence.find((e) => e.signal === 'reading');
  return found?.reading ? { ...found.reading, points: found.contribution } : null;
}
