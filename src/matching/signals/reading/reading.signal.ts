import { translator } from '../../../i18n/translate.js';
import { readingSaid } from '../../domain/explanation/reasons/reading-sentence.js';
import type { KeptReading } from '../../domain/reader/kept-reading.js';
import { readingPoints } from '../../domain/reader/reading.js';
import type { Evidence } from '../../domain/scoring/match.js';
import { defineSignal } from '../../domain/signals/signal.js';
import { TEXTS } from './texts.js';

function evidenceOf(reading: KeptReading, score: number): Evidence {
  const { model, prompt, at, place, ...said } = reading;
  return {
    signal: 'reading',
    competence: '',
    term: model,
    field: place?.field ?? '',
    spans: place ? [{ start: place.start, end: place.end }] : [],
    contribution: readingPoints(reading.grade, score),
    reading: { ...said, model, prompt, at: at.toISOString() },
  };
}

/**
 * What a language model said of a match: the largest signal of all, so that words and numbers decide only
 * among calls of one grade.
 */
export const signal = defineSignal({
  id: 'reading',
  order: 70,
  reasons: {
    reading: {
      first: true,
      name: TEXTS.name,
      says: ({ reading }, language) =>
        reading ? readingSaid(reading, language) : translator(TEXTS)(language)('read'),
    },
  },
  after(match, { reading }) {
    if (!reading) return match;
    const evidence = evidenceOf(reading, match.score);
    return {
      ...match,
      score: Math.min(100, Math.max(0, match.score + evidence.contribution)),
      evidence: [...match.evidence, evidence],
    };
  },
});
