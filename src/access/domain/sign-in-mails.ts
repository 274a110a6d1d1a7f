import { z } from 'zod';
import type { Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/mail-page.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import { INVITATION_DAYS, REMOVAL_DAYS, SIGN_IN_LINK_MINUTES } from '../../kernel/lifetimes.js';
import type { PersonRole } from '../../kernel/actor.js';

/** What stopped working for others when somebody left, lost a role, or was erased: then nobody is named. */
export interface Departure {
  /** The recipient. */
  to: string;
  language: Language;
  /** Who left, who removed them (null for the operator), and their institute (null for the network). */
  person: string;
  by: string | null;
  institute: string | null;
  /** `removed`: by somebody else. */
  how: 'removed' | 'self' | 'role' | 'erased';
  serviceKeys: string[];
  feeds: string[];
  calendars: string[];
  /** The institute's channels that stay active, which they may have set up. */
  channels: string[];
  /** The page for creating new ones. */
  url: string;
}

const KINDS = ['serviceKeys', 'feeds', 'calendars'] as const;

/**
 * Tells the remaining officers what ended with a colleague, so that nobody waits for a table that no longer
 * arrives, and which channels stay active.
 */
export function departureMail(departure: Departure): RenderedMail {
  const { to, language, person, by, institute, how, channels, url } = departure;
  const t = translateTo(language);
  const gone = KINDS.filter((kind) => departure[kind].length > 0).map((kind) =>
    t(`mail.departure.${kind}`, { names: departure[kind].join(', ') }),
  );
  // Only those who stay can say whether each remaining channel is still theirs.
  const kept = channels.length ? [t('mail.departure.channels', { names: channels.join(', ') })] : [];
  const says = t(`mail.departure.says.${how}`, {
    by: by ?? t('mail.departure.operator'),
    person,
    institute: institute ?? t('mail.departure.network'),
  });
  return renderLinkMail({
    language,
    url,
    label: t('mail.departure.label'),
    greeting: t('text.greeting', { name: to }),
    subject: t(`mail.departure.subject.${how}`, {
      person,
      what: gone.length ? 'ended' : kept.length ? 'channels' : 'nothing',
    }),
    before: gone.length ? [`${says} ${t('mail.departure.ended')}`, ...gone] : [says, ...kept],
    after: gone.length ? [t('mail.departure.again'), ...kept] : [],
  });
}

interface Removal {
  name: string;
  language: Language;
  institute: string;
  by: string;
  leavesAt: Date;
  url: string;
}

/** Tells everybody else at the institute that the network removes an officer, and how to prevent it. */
export function removalNotice({
  name,
  language,
  officer,
  institute,
  by,
  leavesAt,
  url,
}: Removal & { officer: string }): RenderedMail {
  const t = translateTo(language);
  const of = { officer, by, institute, day: dateForPeople(leavesAt, language) };
  return renderLinkMail({
    language,
    url,
    subject: t('mail.removal.notice.subject', of),
    greeting: t('text.greeting', { name }),
    label: t('mail.departure.label'),
    before: [t('mail.removal.notice.says', of), t('mail.removal.notice.keep')],
    after: [],
  });
}

/** Tells an officer that the network wants to remove them, and how to keep their place. */
export function removalMail({ name, language, institute, by, leavesAt, url }: Removal): RenderedMail {
  const t = translateTo(language);
  const of = { institute: nameIn(institute, 'to', language), day: dateForPeople(leavesAt, language) };
  return renderLinkMail({
    language,
    url,
    subject: t('mail.removal.subject', of),
    greeting: t('text.greeting', { name }),
    label: t('team.keep'),
    before: [t('mail.removal.says', { by, ...of }), t('mail.removal.still')],
    after: [t('mail.removal.else', { days: REMOVAL_DAYS })],
  });
}

/**
 * Which e-mails about their institute's pipeline a person wants: comments that mention them, and their own
 * dates and tasks.
 */
export const PipelineMails = z.enum(['all', 'mentions', 'dates', 'none']);
export type PipelineMails = z.infer<typeof PipelineMails>;

export const wantsMentions = (mails: PipelineMails): boolean => mails === 'all' || mails === 'mentions';
export const wantsDates = (mails: PipelineMails): boolean => mails === 'all' || mails === 'dates';

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
    greeting: t('text.greeting', { name }),
    label: t('sign-in.link.button'),
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
  /** The inviter; null for the operator. */
  by: string | null;
  url: string;
  /** The page for requesting a new link. */
  signInUrl: string;
  /** The provider that they have to sign in with, where the link leads; null if the link signs them in. */
  account: string | null;
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
  account,
}: Invitation): RenderedMail {
  const t = translateTo(language);
  const what = institute === null ? t('mail.invitation.network') : nameIn(institute, 'name', language);
  const inviter = by ?? t('mail.operator');
  return renderLinkMail({
    language,
    url,
    subject: t('mail.invitation.subject', { by: inviter }),
    greeting: t('text.greeting', { name }),
    label: t('mail.invitation.label'),
    before: [
      t('mail.invitation.says', { by: inviter, institute: what }),
      `${t('mail.invitation.what')} ${t(`mail.invitation.role.${role}`)}`,
      account === null ? t('mail.invitation.open') : t('mail.invitation.account', { name: account }),
    ],
    after: account === null ? [t('mail.invitation.once', { days: INVITATION_DAYS, url: signInUrl })] : [],
  });
}

export type Remover = { name: string } | 'operator';

export interface PasskeyNews {
  to: { name: string; language: Language };
  what: 'made' | 'removed';
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
  const who = by === 'operator' ? t('mail.operator') : by?.name;
  const removed = who ? t('mail.passkey.removed-by', { who, names }) : t('mail.passkey.removed', { names });
  return renderLinkMail({
    language: to.language,
    url,
    subject: t(`mail.passkey.subject.${what}`),
    greeting: t('text.greeting', { name: to.name }),
    label: t('mail.passkey.label'),
    before: [what === 'made' ? t('mail.passkey.made', { names }) : removed],
    after: [t('mail.passkey.not-you')],
  });
}
