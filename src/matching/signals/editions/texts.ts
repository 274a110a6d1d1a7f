import { messages } from '../../../i18n/message.js';

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
