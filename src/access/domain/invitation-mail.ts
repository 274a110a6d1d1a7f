import { nameIn } from '../../profiles/domain/index.js';
import type { Language } from '../../kernel/language.js';
import type { PersonRole } from '../../kernel/actor.js';
import { INVITATION_DAYS } from './lifetimes.js';
import { renderLinkMail, type RenderedMail } from '../../outbox/domain/index.js';

export interface Invitation {
  name: string;
  language: Language;
  role: PersonRole;
  /** Null for the network itself. */
  institute: string | null;
  /** Who invites. */
  by: string;
  url: string;
  /** Where a new link is asked for. */
  signInUrl: string;
}

const ROLE: Record<Language, Record<PersonRole, string>> = {
  en: {
    coordinator: 'You will see all institutes and can invite them.',
    officer:
      'As an officer you see the calls that fit your institute and why, decide on them, propose them to researchers, and keep the profile up to date.',
    reader: 'As a reader you see the calls that fit your institute, and why.',
  },
  fr: {
    coordinator: 'Vous verrez tous les instituts et pourrez les inviter.',
    officer:
      'Comme chargé d’affaires, vous voyez les appels qui correspondent à votre institut et pourquoi, vous décidez, vous les proposez aux chercheurs et vous tenez le profil à jour.',
    reader: 'Comme lecteur, vous voyez les appels qui correspondent à votre institut, et pourquoi.',
  },
};

const WHAT = {
  en: 'carnot-europe watches the European calls for the Carnot institutes and says which ones fit, with reasons.',
  fr: 'carnot-europe surveille les appels européens pour les instituts Carnot et indique lesquels correspondent, avec les raisons.',
};

/** The mail that invites somebody, in their language: who invites, to what, and how long the link holds. */
export function invitationMail({
  name,
  language,
  role,
  institute,
  by,
  url,
  signInUrl,
}: Invitation): RenderedMail {
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          subject: `${by} vous invite sur carnot-europe`,
          greeting: `Bonjour ${name},`,
          label: 'Accepter l’invitation',
          before: [
            `${by} vous invite sur carnot-europe, pour ${institute === null ? 'la coordination du réseau des Carnot' : nameIn(institute, 'name', 'fr')}.`,
            `${WHAT.fr} ${ROLE.fr[role]}`,
            'Ouvrez ce lien, puis appuyez sur le bouton de la page :',
          ],
          after: [
            `Le lien sert une seule fois, dans les ${INVITATION_DAYS} jours. Ensuite, demandez un nouveau lien avec cette adresse e-mail : ${signInUrl}`,
          ],
        }
      : {
          language,
          url,
          subject: `${by} invites you to carnot-europe`,
          greeting: `Dear ${name},`,
          label: 'Accept the invitation',
          before: [
            `${by} invites you to carnot-europe, for ${institute ?? 'the coordination of the Carnot network'}.`,
            `${WHAT.en} ${ROLE.en[role]}`,
            'Open this link, then press the button on the page:',
          ],
          after: [
            `The link works once, within ${INVITATION_DAYS} days. After that, ask for a new one with this e-mail address: ${signInUrl}`,
          ],
        },
  );
}
