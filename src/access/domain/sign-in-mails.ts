import type { Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { INVITATION_DAYS, SIGN_IN_LINK_MINUTES } from '../../kernel/lifetimes.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/link-mail.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import type { PersonRole } from '../../kernel/roles.js';

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

interface Invitation {
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

export type Remover = { name: string } | 'operator';

export interface PasskeyNews {
  to: { name: string; language: Language };
  what: 'made' | 'removed';
  /** The names of the passkeys. */
  passkeys: string[];
  /** Who removed them, if not the owner: a person's name or the operator. */
  by: Remover | null;
  /** The recipient's account page. */
  url: string;
}

/** Tells people that a passkey was added to or removed from their account, so that abuse is noticed. */
export function passkeyMail({ to, what, passkeys, by, url }: PasskeyNews): RenderedMail {
  const t = translateTo(to.language);
  const names = passkeys.map((name) => t('mail.passkey.name', { name })).join(', ');
  const who = by === 'operator' ? t('mail.passkey.operator') : by?.name;
  const removed = who ? t('mail.passkey.removed-by', { who, names }) : t('mail.passkey.removed', { names });
  return renderLinkMail({
    language: to.language,
    url,
    subject: t(`mail.passkey.subject.${what}`),
    greeting: t('mail.greeting', { name: to.name }),
    label: t('mail.passkey.label'),
    before: [what === 'made' ? t('mail.passkey.made', { names }) : removed],
    after: [t('mail.passkey.not-you')],
  });
}
