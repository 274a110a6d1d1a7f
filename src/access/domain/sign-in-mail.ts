import type { Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { SIGN_IN_LINK_MINUTES } from '../../kernel/lifetimes.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/link-mail.js';

/** The e-mail with a sign-in link, in the recipient's language. */
export function signInMail({
  name,
  language,
  url,
}: {
  name: string;
  language: Language;
  url: string;
}): RenderedMail {
  const t = translateTo(language);
  return renderLinkMail({
    language,
    url,
    subject: t('mail.sign-in.subject'),
    greeting: t('mail.greeting', { name }),
    label: t('mail.sign-in.label'),
    before: [t('mail.sign-in.asked')],
    after: [t('mail.sign-in.once', { minutes: SIGN_IN_LINK_MINUTES }), t('mail.sign-in.not-you')],
  });
}
