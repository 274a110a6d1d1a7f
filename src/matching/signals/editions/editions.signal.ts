import { messages } from '../../../i18n/message.js';
import { translator } from '../../../i18n/translate.js';
import type { Evidence } from '../../domain/scoring/match.js';
import { projectName } from '../../domain/semantic/pieces.js';
import { yearless } from '../../domain/semantic/profile-embeddings.js';
import { defineSignal } from '../../domain/signals/signal.js';

export const TEXTS = messages({
  name: {
    en: 'Earlier editions',
    fr: 'Éditions précédentes',
  },
  says: {
    en: 'An earlier edition of this call, “{edition}”, was for you',
    fr: 'Une édition précédente de cet appel, «\u00a0{edition}\u00a0», vous concernait',
  },
});

/** An edition of the topic from another year, which the institute answered. */
export const signal = defineSignal({
  id: 'editions',
  order: 40,
  reasons: {
    editions: {
      name: TEXTS.name,
      says: ({ term }, language) => translator(TEXTS)(language)('says', { edition: term }),
    },
  },
  mayAdd: (_, { editions }) => editions.size > 0,
  sum: {
    units: {
      editions: {
        of: 'projects',
        in: ({ identifier, embeddings: { editions } }) =>
          identifier !== null && editions.size > 0 && editions.has(yearless(identifier)) ? 1 : 0,
      },
    },
    explain({ identifier, embeddings: { projects } }, { editions: points }) {
      const topic = yearless(identifier ?? '');
      const of = projects.find(({ project }) => project.topics.some((t) => yearless(t.code) === topic));
      const told = (term: string): Evidence => ({
        signal: 'editions',
        competence: '',
        term,
        field: 'title',
        spans: [],
        contribution: points!,
      });
      return of ? [told(projectName(of.project))] : [];
    },
  },
});
