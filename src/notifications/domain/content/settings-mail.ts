import { translateTo } from '../../../i18n/translate.js';
import { type RenderedMail, renderLinkMail } from '../../../outbox/domain/mail-page.js';
import type { Language } from '../../../kernel/language.js';
import { SETTINGS_LINK_DAYS } from '../preferences/settings-link.js';

/** The e-mail with a new settings link, replacing one that has expired. */
export function settingsMail({
  name,
  language,
  url,
}: {
  name: string | null;
  language: Language;
  url: string;
}): RenderedMail {
  const t = translateTo(language);
  return renderLinkMail({
    language,
    url,
    subject: t('mail.settings.subject'),
    greeting: name ? t('text.greeting', { name }) : t('mail.settings.nobody'),
    label: t('mail.settings.label'),
    before: [t('mail.settings.asked')],
    after: [t('mail.settings.days', { days: SETTINGS_LINK_DAYS }), t('mail.settings.not-you')],
  });
}
