import { messages } from '../../../i18n/message.js';
import { translator } from '../../../i18n/translate.js';
import { readingSaid } from '../../domain/explanation/reason-sentence.js';
import { readingPoints, type KeptReading } from '../../domain/reader/reading.js';
import type { Evidence } from '../../domain/scoring/match.js';
import { defineSignal } from '../../domain/signals/signal.js';

export const TEXTS = messages({
  name: {
    en: 'Read by a language model',
    fr: 'Lu par un modèle de langue',
  },
  read: {
    en: 'A language model has read it',
    fr: 'Un modèle de langue l’a lu',
  },
});

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
 * A language model's answer on a match: the strongest signal, so that words and numbers only decide among
 * calls of the same grade.
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
