import { dateForPeople } from '../../calls/domain/index.js';
import { nameIn } from '../../profiles/domain/index.js';
import type { Language } from '../../kernel/language.js';
import { REMOVAL_DAYS } from './lifetimes.js';
import { renderLinkMail, type RenderedMail } from '../../outbox/domain/index.js';

export interface Removal {
  name: string;
  language: Language;
  institute: string;
  by: string;
  leavesAt: Date;
  url: string;
}

/** Tells an officer that the network wants to remove them, and how they keep their place. */
export function removalMail({ name, language, institute, by, leavesAt, url }: Removal): RenderedMail {
  const day = dateForPeople(leavesAt, language);
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          subject: `Votre accès ${nameIn(institute, 'to', 'fr')} prend fin le ${day}`,
          greeting: `Bonjour ${name},`,
          label: 'Garder mon accès',
          before: [
            `${by}, de la coordination du réseau, souhaite retirer votre accès ${nameIn(institute, 'to', 'fr')} sur carnot-europe. Il prendra fin le ${day}.`,
            'Vous êtes toujours chargé d’affaires de cet institut\u00A0? Connectez-vous par ce lien et appuyez sur «\u00A0Garder mon accès\u00A0»\u00A0:',
          ],
          after: [
            `Sans réponse de votre part, votre accès prend fin après ${REMOVAL_DAYS} jours. Ce que vous avez écrit reste à l’institut.`,
          ],
        }
      : {
          language,
          url,
          subject: `Your access to ${institute} ends on ${day}`,
          greeting: `Dear ${name},`,
          label: 'Keep my access',
          before: [
            `${by}, from the network’s coordination, wants to remove your access to ${institute} on carnot-europe. It ends on ${day}.`,
            'Are you still an officer of this institute? Sign in with this link and press “Keep my access”:',
          ],
          after: [
            `If you do nothing, your access ends after ${REMOVAL_DAYS} days. What you wrote stays with the institute.`,
          ],
        },
  );
}
