import { renderLinkMail, type RenderedMail } from '../../../outbox/domain/index.js';
import { nameIn } from '../name-in.js';
import type { Contact } from '../profile.js';
import type { Language } from '../../../kernel/language.js';

export interface ContactChange {
  name: string;
  language: Language;
  institute: string;
  /** Null where it is the institute's file on the server. */
  by: string | null;
  before: Contact[];
  after: Contact[];
  /** Where an officer accepts or declines it. */
  url: string;
}

const has = (all: Contact[], { email }: Contact): boolean =>
  all.some((c) => c.email.toLowerCase() === email.toLowerCase());
const listed = (all: Contact[]): string => all.map((c) => `${c.name} <${c.email}>`).join(', ');

/** Tells an officer that the network wants others to be written to, and that it waits for an officer. */
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
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          subject: `Destinataires ${nameIn(institute, 'of', 'fr')}\u00A0: un changement attend votre accord`,
          greeting: `Bonjour ${name},`,
          label: 'Voir le changement',
          before: [
            `${by ?? 'Le fichier de configuration'} souhaite modifier les destinataires des e-mails ${nameIn(institute, 'of', 'fr')}.`,
            ...(added.length ? [`À ajouter\u00A0: ${listed(added)}`] : []),
            ...(gone.length ? [`À retirer\u00A0: ${listed(gone)}`] : []),
            'Rien ne change avant qu’un chargé d’affaires de l’institut n’accepte\u00A0:',
          ],
          after: [],
        }
      : {
          language,
          url,
          subject: `Recipients of ${institute}: a change needs your approval`,
          greeting: `Dear ${name},`,
          label: 'See the change',
          before: [
            `${by ?? 'The configuration file'} wants to change who receives the e-mails of ${institute}.`,
            ...(added.length ? [`To add: ${listed(added)}`] : []),
            ...(gone.length ? [`To remove: ${listed(gone)}`] : []),
            'Nothing changes until an officer of the institute accepts:',
          ],
          after: [],
        },
  );
}
