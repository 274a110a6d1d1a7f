import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/link-mail.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { REMOVAL_DAYS } from '../../kernel/lifetimes.js';

export interface Removal {
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
