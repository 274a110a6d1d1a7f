import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  quote: {
    en: '{what} (“{quote}”)',
    fr: '{what} («\u00a0{quote}\u00a0»)',
  },
  call: {
    en: 'The call',
    fr: 'L’appel',
  },
  'text-in': {
    en: 'The text in {sections}',
    fr: 'Le texte dans {sections}',
  },
});
