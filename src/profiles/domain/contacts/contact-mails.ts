import { type RenderedMail, renderLinkMail } from '../../../outbox/domain/mail-page.js';
import { translateTo } from '../../../i18n/translate.js';
import { nameIn } from '../names-in.js';
import type { Contact } from '../profile.js';
import type { Language } from '../../../kernel/language.js';

interface ContactChange {
  name: string;
  language: Language;
  institute: string;
  /** Null if it was the institute's file on the server. */
  by: string | null;
  before: Contact[];
  after: Contact[];
  /** Where an officer accepts or declines it. */
  url: string;
}

const has = (all: Contact[], { email }: Contact): boolean =>
  all.some((c) => c.email.toLowerCase() === email.toLowerCase());
const listed = (all: Contact[]): string => all.map((c) => `${c.name} <${c.email}>`).join(', ');

/** Tells an officer that the network requests other contacts, and that an officer must decide. */
export function contactChangeMail({
  name,
  language,
  institute,
  by,
  before,
  after,
  url,
}: ContactChange): RenderedMail {
  const [added, gone] = [after.filter((c) => !has(before, c)), before.filter((c) => !has(after, c))];
  const t = translateTo(language);
  const of = nameIn(institute, 'of', language);
  return renderLinkMail({
    language,
    url,
    subject: t('mail.contact-change.subject', { institute: of }),
    greeting: t('text.greeting', { name }),
    label: t('mail.contact-change.label'),
    before: [
      t('mail.contact-change.says', { by: by ?? t('mail.contact-change.file'), institute: of }),
      ...(added.length ? [t('mail.contact-change.added', { names: listed(added) })] : []),
      ...(gone.length ? [t('mail.contact-change.gone', { names: listed(gone) })] : []),
      t('mail.contact-change.until'),
    ],
    after: [],
  });
}

/** Long, as for an invitation: nobody is waiting for it. */
export const CONFIRMATION_DAYS = 14;

interface Confirmation {
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
    greeting: t('text.greeting', { name }),
    label: t('mail.confirmation.label'),
    before: [
      t('mail.confirmation.given', { institute: nameIn(institute, 'to', language) }),
      t('mail.confirmation.open'),
    ],
    after: [t('mail.confirmation.days', { days: CONFIRMATION_DAYS }), t('mail.confirmation.else')],
  });
}
