import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: { en: 'Webhook', fr: 'Webhook' },
  way: { en: 'through its own webhook', fr: 'par son propre webhook' },
});
