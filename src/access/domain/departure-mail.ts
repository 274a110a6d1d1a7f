import type { Language } from '../../kernel/language.js';
import { translateTo } from '../../i18n/translate.js';
import { renderLinkMail, type RenderedMail } from '../../outbox/domain/index.js';

/** What stopped working for others because somebody left, or lost a role. */
export interface Departure {
  /** Who reads the mail. */
  to: string;
  language: Language;
  /** Who left, who saw to it, and of which institute they were; null for the network. */
  person: string;
  by: string;
  institute: string | null;
  left: boolean;
  serviceKeys: string[];
  feeds: string[];
  calendars: string[];
  /** Where the institute is still told, which they may have set up. */
  channels: string[];
  /** The page on which new ones are made. */
  url: string;
}

const KINDS = ['serviceKeys', 'feeds', 'calendars'] as const;

/**
 * Tells the officers who are still there what ended with a colleague, so that nobody waits for a table that
 * comes no more, and which channels go on.
 */
export function departureMail(departure: Departure): RenderedMail {
  const { to, language, person, by, institute, left, channels, url } = departure;
  const t = translateTo(language);
  const gone = KINDS.filter((kind) => departure[kind].length > 0).map((kind) =>
    t(`mail.departure.${kind}`, { names: departure[kind].join(', ') }),
  );
  // The institute's channels go on: only those who stay can say whether each is still theirs.
  const kept = channels.length ? [t('mail.departure.channels', { names: channels.join(', ') })] : [];
  const how = left ? 'left' : 'role';
  const says = t(`mail.departure.says.${how}`, {
    by,
    person,
    institute: institute ?? t('mail.departure.network'),
  });
  return renderLinkMail({
    language,
    url,
    label: t('mail.departure.label'),
    greeting: t('mail.greeting', { name: to }),
    subject: t(`mail.departure.subject.${how}`, { person, what: gone.length ? 'ended' : 'other' }),
    before: gone.length ? [`${says} ${t('mail.departure.ended')}`, ...gone] : [says, ...kept],
    after: gone.length ? [t('mail.departure.again'), ...kept] : [],
  });
}
