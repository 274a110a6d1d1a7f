import { translator } from '../../../i18n/translate.js';
import { messages } from '../../../i18n/message.js';
import { defineSignal } from '../../domain/signals/signal.js';

/** Its texts, as ICU messages. */
export const TEXTS = messages({
  name: { en: 'The programme is favoured', fr: 'Programme privilégié' },
  says: { en: '{term} is of a favoured programme', fr: '{term} relève d’un programme privilégié' },
});

/** Horizon Europe, by the prefix of its identifiers. */
const FAVOURED = /^HORIZON-/;

/** Adds a few points to calls of one programme. */
export const signal = defineSignal<string>({
  id: 'template',
  // Its position in the computation: additions (`sum`) come before shares (`share`), and shares before
  // `after`.
  order: 45,
  // The kinds of its evidence, by `signal`, with their texts.
  reasons: {
    template: {
      name: TEXTS.name,
      says: ({ term }, language) => translator(TEXTS)(language)('says', { term }),
    },
  },
  // Its data for each call.
  remembers: ({ identifier }) => (identifier && FAVOURED.test(identifier) ? identifier : undefined),
  sum: {
    // A unit is 0 or more. `weight` applies until config/model/weights.yaml sets one; a sum of 1 is 50
    // points.
    units: { template: { of: 'profile', weight: 0.02, in: (_, identifier) => (identifier ? 1 : 0) } },
    explain: (_, { template: contribution }, __, identifier) => [
      {
        signal: 'template',
        competence: '',
        term: identifier!,
        field: '',
        spans: [],
        contribution: contribution!,
      },
    ],
  },
});
