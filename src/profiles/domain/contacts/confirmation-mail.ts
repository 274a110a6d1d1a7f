import { renderLinkMail, type RenderedMail } from '../../../outbox/domain/index.js';
import { nameIn } from '../name-in.js';
import type { Language } from '../../../kernel/language.js';

/** Nobody waits for it, as for an invitation. */
export const CONFIRMATION_DAYS = 14;

export interface Confirmation {
  name: string;
  language: Language;
  institute: string;
  url: string;
}

/** The one mail that an address gets before its reader has agreed. Nothing in it was written by whoever named the address, but for two names. */
export function confirmationMail({ name, language, institute, url }: Confirmation): RenderedMail {
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          subject: `Confirmez votre adresse pour ${nameIn(institute, 'name', 'fr')}`,
          greeting: `Bonjour ${name},`,
          label: 'Confirmer mon adresse',
          before: [
            `Votre adresse a été indiquée comme destinataire des appels européens qui correspondent ${nameIn(institute, 'to', 'fr')}.`,
            'Pour les recevoir, ouvrez ce lien, puis appuyez sur le bouton de la page\u00A0:',
          ],
          after: [
            `Le lien est valable ${CONFIRMATION_DAYS} jours.`,
            'Vous ne souhaitez rien recevoir\u00A0? Ne faites rien\u00A0: sans le bouton, aucun appel ne vous est envoyé.',
          ],
        }
      : {
          language,
          url,
          subject: `Confirm your address for ${institute}`,
          greeting: `Dear ${name},`,
          label: 'Confirm my address',
          before: [
            `Your address was given as a recipient of the European calls that fit ${institute}.`,
            'To receive them, open this link, then press the button on the page:',
          ],
          after: [
            `The link is valid for ${CONFIRMATION_DAYS} days.`,
            'Not interested? Do nothing: without the button, no calls are sent to you.',
          ],
        },
  );
}
