import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/link-mail.js';

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
