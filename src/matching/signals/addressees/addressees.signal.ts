import {
  ADDRESSEE_NAMES,
  ADDRESSEE_RULES,
  addressedOf,
  type Addressed,
  type Addressee,
} from '../../../calls/domain/index.js';
import { answers } from '../../domain/scoring/addressed.js';
import { defineSignal } from '../../domain/signals/signal.js';

/** To whom a call is addressed: others than research institutes keep a share of its points from those that do not say that they answer such calls. */
export const signal = defineSignal<Addressed>({
  id: 'addressees',
  order: 60,
  reasons: {
    addressees: {
      terms: 'profile.addressee.',
      en: {
        name: 'Who it is for',
        says: ({ term }) =>
          `It is aimed at ${ADDRESSEE_NAMES.en[term as Addressee]}, and research institutes rarely answer such calls`,
      },
      fr: {
        name: 'À qui il s’adresse',
        says: ({ term }) =>
          `Il s’adresse ${ADDRESSEE_NAMES.fr[term as Addressee]}, et les instituts de recherche y répondent rarement`,
      },
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
