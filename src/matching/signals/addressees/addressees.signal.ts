import { messages } from '../../../i18n/message.js';
import { type Addressed, addressedOf, ADDRESSEE_RULES } from '../../../calls/domain/addressee.js';
import { storedText, translator } from '../../../i18n/translate.js';
import { answers } from '../../domain/scoring/addressed.js';
import { defineSignal } from '../../domain/signals/signal.js';

export const TEXTS = messages({
  name: {
    en: 'Who it is for',
    fr: 'À qui il s’adresse',
  },
  says: {
    en: 'It is aimed at {to}, and research institutes rarely answer such calls',
    fr: 'Il s’adresse {to}, et les instituts de recherche y répondent rarement',
  },
});

/**
 * The addressee of a call: a call for others than research institutes loses a share of its points, unless the
 * institute says that it answers such calls.
 */
export const signal = defineSignal<Addressed>({
  id: 'addressees',
  order: 60,
  reasons: {
    addressees: {
      terms: 'profile.addressee.',
      name: TEXTS.name,
      says: ({ term }, language) =>
        translator(TEXTS)(language)('says', {
          to: storedText(language, `addressee.${term}`, term),
        }),
    },
  },
  rules: ADDRESSEE_RULES,
  remembers: (call) => addressedOf(call) ?? undefined,
  mayAdd: () => false,
  share: {
    ofFit: false,
    points: (points, addressed, { profile }) =>
      addressed && !answers(profile, addressed.addressee) ? points * addressed.keeps : points,
    evidence: ({ addressee }) => ({ term: addressee }),
  },
});
