import type { Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/link-mail.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { REMOVAL_DAYS } from '../../kernel/lifetimes.js';

/** What stopped working for others when somebody left, lost a role, or was erased: then nobody is named. */
export interface Departure {
  /** The recipient. */
  to: string;
  language: Language;
  /** Who left, who removed them (null for the operator), and their institute (null for the network). */
  person: string;
  by: string | null;
  institute: string | null;
  how: 'left' | 'role' | 'erased';
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
    greeting: t('mail.greeting', { name: to }),
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
    greeting: t('mail.greeting', { name }),
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
    greeting: t('mail.greeting', { name }),
    label: t('mail.removal.label'),
    before: [t('mail.removal.says', { by, ...of }), t('mail.removal.still')],
    after: [t('mail.removal.else', { days: REMOVAL_DAYS })],
  });
}
