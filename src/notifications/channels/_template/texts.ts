import { messages } from '../../../i18n/message.js';

export const TEXTS = messages({
  name: { en: 'Channel', fr: 'Canal' },
  // The end of "The institute can be notified …".
  way: { en: 'through another channel', fr: 'par un autre canal' },
});
