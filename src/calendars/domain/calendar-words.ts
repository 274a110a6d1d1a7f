import type { Deadline } from '../../calls/domain/index.js';
import type { Language } from '../../kernel/language.js';

/** What calendars say beside the words that they share with mails. */
export interface CalendarWords {
  /** What an event is called by the kind of its deadline. */
  kind: Record<Deadline['kind'], string>;
  identifier: string;
  fit: string;
  page: string;
  /** After the institutes that a call fits best. */
  others(count: number): string;
}

export const CALENDAR_WORDS: Record<Language, CalendarWords> = {
  en: {
    kind: {
      single: 'Deadline',
      'stage-1': 'Stage 1 deadline',
      'stage-2': 'Stage 2 deadline',
      'cut-off': 'Cut-off',
    },
    identifier: 'Topic',
    fit: 'Score',
    page: 'Official page',
    others: (count) => (count === 1 ? 'and one other' : `and ${count} others`),
  },
  fr: {
    kind: {
      single: 'Échéance',
      'stage-1': 'Échéance de l’étape\u00a01',
      'stage-2': 'Échéance de l’étape\u00a02',
      'cut-off': 'Date intermédiaire (cut-off)',
    },
    identifier: 'Sujet',
    fit: 'Score',
    page: 'Page officielle',
    others: (count) => (count === 1 ? 'et un autre' : `et ${count} autres`),
  },
};
