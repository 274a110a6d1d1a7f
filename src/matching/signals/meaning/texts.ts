import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: {
    en: 'Close in meaning',
    fr: 'Proche par le sens',
  },
  term: {
    en: '“{term}”, in {sections}',
    fr: '«\u00a0{term}\u00a0», dans {sections}',
  },
  'near-profile': {
    en: '{what} is close in meaning to your profile',
    fr: '{what} a un sens proche de votre profil',
  },
  'near-competence': {
    en: '{what} is close in meaning to your competence “{competence}”',
    fr: '{what} a un sens proche de votre compétence «\u00a0{competence}\u00a0»',
  },
});
