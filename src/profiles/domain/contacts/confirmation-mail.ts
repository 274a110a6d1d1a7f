import { type RenderedMail, renderLinkMail } from '../../../outbox/domain/link-mail.js';
import { translateTo } from '../../../i18n/translate.js';
import { nameIn } from '../name-in.js';
import type { Language } from '../../../kernel/language.js';

/** Long, as for an invitation: nobody is waiting for it. */
export const CONFIRMATION_DAYS = 14;

export interface Confirmation {
  name: string;
  language: Language;
  institute: string;
  url: string;
}

/**
 * The only e-mail sent to an address before its reader has agreed. Whoever named the address controls nothing
 * in it but two names.
 */
export function confirmationMail({ name, language, institute, url }: Confirmation): RenderedMail {
  const t = translateTo(language);
  return renderLinkMail({
    language,
    url,
    subject: t('mail.confirmation.subject', { institute: nameIn(institute, 'name', language) }),
    greeting: t('mail.greeting', { name }),
    label: t('mail.confirmation.label'),
    before: [
      t('mail.confirmation.given', { institute: nameIn(institute, 'to', language) }),
      t('mail.confirmation.open'),
    ],
    after: [t('mail.confirmation.days', { days: CONFIRMATION_DAYS }), t('mail.confirmation.else')],
  });
}
