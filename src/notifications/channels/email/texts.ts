import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: { en: 'E-mail', fr: 'E-mail' },
});
