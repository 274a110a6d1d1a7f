import type { Translate } from '../../../i18n/translate.js';

/** Where people say its name otherwise than the zone is called. */
export const zoneIn = (zone: string, t: Translate): string =>
  zone === 'Europe/Brussels'
    ? t('message.zone.brussels')
    : zone === 'Europe/Paris'
      ? t('message.zone.paris')
      : t('message.zone', { zone });
