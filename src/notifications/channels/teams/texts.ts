import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: { en: 'Teams', fr: 'Teams' },
  way: { en: 'in Microsoft Teams', fr: 'dans Microsoft Teams' },
  found: {
    en: 'In Teams: the channel’s menu > Workflows > “Send webhook alerts to a channel”.',
    fr: 'Dans Teams\u00a0: menu du canal > Flux de travail > «\u00a0Envoyer des alertes de webhook à un canal\u00a0».',
  },
});
