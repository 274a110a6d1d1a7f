import type { Translate } from '../../../i18n/translate.js';

/** Returns the common name of a time zone if it differs from its id. */
export const zoneIn = (zone: string, t: Translate): string =>
  zone === 'Europe/Brussels'
    ? t('message.zone.brussels')
    : zone === 'Europe/Paris'
      ? t('message.zone.paris')
      : t('message.zone', { zone });
