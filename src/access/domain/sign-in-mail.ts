import type { Language } from '../../kernel/language.js';
import { SIGN_IN_LINK_MINUTES } from './lifetimes.js';
import { renderLinkMail, type RenderedMail } from '../../outbox/domain/index.js';

/** The mail that brings a link to sign in, in the person's language. */
export function signInMail({
  name,
  language,
  url,
}: {
  name: string;
  language: Language;
  url: string;
}): RenderedMail {
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          subject: 'Votre lien de connexion à carnot-europe',
          greeting: `Bonjour ${name},`,
          label: 'Se connecter',
          before: [
            'Vous avez demandé à vous connecter à carnot-europe. Ouvrez ce lien, puis appuyez sur le bouton de la page :',
          ],
          after: [
            `Le lien sert une seule fois, dans les ${SIGN_IN_LINK_MINUTES} minutes.`,
            'Vous n’avez rien demandé ? Ne faites rien : sans le bouton, personne n’est connecté.',
          ],
        }
      : {
          language,
          url,
          subject: 'Your link to sign in to carnot-europe',
          greeting: `Dear ${name},`,
          label: 'Sign in',
          before: [
            'You asked to sign in to carnot-europe. Open this link, then press the button on the page:',
          ],
          after: [
            `The link works once, within ${SIGN_IN_LINK_MINUTES} minutes.`,
            'You did not ask for it? Do nothing: without the button, nobody is signed in.',
          ],
        },
  );
}
