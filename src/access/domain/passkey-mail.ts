import type { Language } from '../../kernel/language.js';
import { renderLinkMail, type RenderedMail } from '../../outbox/domain/index.js';

export type Remover = { name: string } | 'operator';

export interface PasskeyNews {
  to: { name: string; language: Language };
  what: 'made' | 'removed';
  /** The names of the passkeys. */
  passkeys: string[];
  /** Who removed them, where it was somebody else: a person by name, or whoever runs the program. */
  by: Remover | null;
  /** One's own account. */
  url: string;
}

/** Tells somebody that a passkey of theirs was added or removed: whoever did it in their place is noticed. */
export function passkeyMail(news: PasskeyNews): RenderedMail {
  return renderLinkMail(news.to.language === 'fr' ? french(news) : english(news));
}

function french({ to, what, passkeys, by, url }: PasskeyNews) {
  const names = passkeys.map((name) => `«\u00a0${name}\u00a0»`).join(', ');
  const who = by === 'operator' ? 'L’exploitant du service' : by?.name;
  const removed = who
    ? `${who} a supprimé vos clés d’accès à carnot-europe (${names}). Toutes vos sessions ont été fermées\u00a0: reconnectez-vous, puis créez une nouvelle clé d’accès.`
    : `La clé d’accès ${names} de votre compte carnot-europe a été supprimée.`;
  return {
    language: to.language,
    url,
    subject:
      what === 'made' ? 'Nouvelle clé d’accès à carnot-europe' : 'Clé d’accès à carnot-europe supprimée',
    greeting: `Bonjour ${to.name},`,
    label: 'Voir mon compte',
    before: [
      what === 'made'
        ? `La clé d’accès ${names} a été ajoutée à votre compte carnot-europe. Elle vous sera demandée à chaque connexion.`
        : removed,
    ],
    after: [
      'Vous n’êtes pas à l’origine de ce changement\u00a0? Prévenez sans attendre la coordination du réseau.',
    ],
  };
}

function english({ to, what, passkeys, by, url }: PasskeyNews) {
  const names = passkeys.map((name) => `“${name}”`).join(', ');
  const who = by === 'operator' ? 'The operator of this service' : by?.name;
  const removed = who
    ? `${who} removed your passkeys for carnot-europe (${names}). You were signed out everywhere: sign in again, then create a new passkey.`
    : `The passkey ${names} was removed from your carnot-europe account.`;
  return {
    language: to.language,
    url,
    subject: what === 'made' ? 'New passkey for carnot-europe' : 'Passkey for carnot-europe removed',
    greeting: `Dear ${to.name},`,
    label: 'Open my account',
    before: [
      what === 'made'
        ? `The passkey ${names} was added to your carnot-europe account. You will be asked for it whenever you sign in.`
        : removed,
    ],
    after: ['Was this not you, and not expected? Tell the network’s coordinator right away.'],
  };
}
