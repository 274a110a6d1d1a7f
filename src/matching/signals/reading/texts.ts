import { messages } from '../../../i18n/message.js';

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
