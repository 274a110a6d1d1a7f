import { type RenderedMail, renderLinkMail } from '../../../outbox/domain/link-mail.js';
import { translateTo } from '../../../i18n/translate.js';
import { nameIn } from '../name-in.js';
import type { Contact } from '../profile.js';
import type { Language } from '../../../kernel/language.js';

export interface ContactChange {
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
    greeting: t('mail.greeting', { name }),
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
