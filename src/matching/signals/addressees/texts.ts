import { messages } from '../../../i18n/message.js';

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
