import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: {
    en: 'Your decisions on similar calls',
    fr: 'Vos décisions sur des appels semblables',
  },
  not: {
    en: 'You marked a similar call, “{call}”, as “not for us”',
    fr: 'Vous n’avez pas retenu un appel semblable, «\u00a0{call}\u00a0»',
  },
  relevant: {
    en: 'You found a similar call, “{call}”, relevant',
    fr: 'Vous avez jugé pertinent un appel semblable, «\u00a0{call}\u00a0»',
  },
});
