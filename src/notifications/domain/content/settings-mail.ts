import { renderLinkMail, type RenderedMail } from '../../../outbox/domain/index.js';
import type { Language } from '../../../kernel/language.js';
import { SETTINGS_LINK_DAYS } from '../preferences/settings-link.js';

/** The mail that brings a new link to what its reader is told, in the place of one whose time is over. */
export function settingsMail({
  name,
  language,
  url,
}: {
  name: string | null;
  language: Language;
  url: string;
}): RenderedMail {
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          subject: 'Votre lien vers «\u00A0Mes messages\u00A0»',
          greeting: name ? `Bonjour ${name},` : 'Bonjour,',
          label: 'Ouvrir mes messages',
          before: [
            'Un nouveau lien vers vos messages de carnot-europe a été demandé, car le précédent avait expiré. Le voici\u00A0:',
          ],
          after: [
            `Il est valable ${SETTINGS_LINK_DAYS} jours, sans connexion\u00A0: ne le transmettez à personne.`,
            'Vous n’avez rien demandé\u00A0? Ne faites rien\u00A0: rien n’a changé.',
          ],
        }
      : {
          language,
          url,
          subject: 'Your link to “My messages”',
          greeting: name ? `Dear ${name},` : 'Hello,',
          label: 'Open my messages',
          before: [
            'A new link to your messages from carnot-europe was asked for, since the one before has expired. Here it is:',
          ],
          after: [
            `It works for ${SETTINGS_LINK_DAYS} days, without signing in: do not forward it.`,
            'You did not ask for it? Do nothing: nothing has changed.',
          ],
        },
  );
}
