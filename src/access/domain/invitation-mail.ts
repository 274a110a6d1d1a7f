import { translateTo } from '../../i18n/translate.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/link-mail.js';
import type { Language } from '../../kernel/language.js';
import type { PersonRole } from '../../kernel/roles.js';
import { INVITATION_DAYS } from '../../kernel/lifetimes.js';

export interface Invitation {
  name: string;
  language: Language;
  role: PersonRole;
  /** Null for the network itself. */
  institute: string | null;
  /** The inviter. */
  by: string;
  url: string;
  /** The page for requesting a new link. */
  signInUrl: string;
}

/** The invitation e-mail in the recipient's language: who invites, to what, and until when it is valid. */
export function invitationMail({
  name,
  language,
  role,
  institute,
  by,
  url,
  signInUrl,
}: Invitation): RenderedMail {
  const t = translateTo(language);
  const what = institute === null ? t('mail.invitation.network') : nameIn(institute, 'name', language);
  return renderLinkMail({
    language,
    url,
    subject: t('mail.invitation.subject', { by }),
    greeting: t('mail.greeting', { name }),
    label: t('mail.invitation.label'),
    before: [
      t('mail.invitation.says', { by, institute: what }),
      `${t('mail.invitation.what')} ${t(`mail.invitation.role.${role}`)}`,
      t('mail.invitation.open'),
    ],
    after: [t('mail.invitation.once', { days: INVITATION_DAYS, url: signInUrl })],
  });
}
