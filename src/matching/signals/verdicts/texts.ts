import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: {
    en: 'Your decisions on similar calls',
    fr: 'Vos décisions sur des appels semblables',
  },
  not: {
    en: 'You marked “{call}” “not for us”, and this call is similar',
    fr: 'Vous avez classé «\u00a0{call}\u00a0» «\u00a0non retenu\u00a0», et cet appel lui ressemble',
  },
  relevant: {
    en: 'You found “{call}” relevant, and this call is similar',
    fr: 'Vous avez jugé «\u00a0{call}\u00a0» pertinent, et cet appel lui ressemble',
  },
});
