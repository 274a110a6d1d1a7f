import { readingPoints, type Reading } from '../reader/reading.js';
import type { QuotePlace } from '../reader/quote-place.js';
import type { Evidence, MatchScore, ReadingEvidence } from '../scoring/match.js';

/** A reading as it is kept: by which model, with which prompt, when, and where its quote stands. */
export type KeptReading = Reading & {
  model: string;
  prompt: number;
  at: Date;
  place: QuotePlace | null;
};

function evidenceOf(reading: KeptReading, score: number): Evidence {
  const { model, prompt, at, place, ...said } = reading;
  return {
    part: 'reading',
    competence: '',
    term: model,
    field: place?.field ?? '',
    spans: place ? [{ start: place.start, end: place.end }] : [],
    contribution: readingPoints(reading.grade, score),
    reading: { ...said, model, prompt, at: at.toISOString() },
  };
}

/** A match with what a language model said of it: the largest signal of all, so that words and numbers decide only among calls of one grade. */
export function withReading(match: MatchScore, reading: KeptReading): MatchScore {
  const evidence = evidenceOf(reading, match.score);
  return {
    ...match,
    score: Math.min(100, Math.max(0, match.score + evidence.contribution)),
    evidence: [...match.evidence, evidence],
  };
}

/** What a language model said of a match, and the points that this brings or takes; null where it did not read it. */
export function readingOf({
  evidence,
}: Pick<MatchScore, 'evidence'>): (ReadingEvidence & { points: number }) | null {
  const found = evidence.find((e) => e.part === 'reading');
  return found?.reading ? { ...found.reading, points: found.contribution } : null;
}
