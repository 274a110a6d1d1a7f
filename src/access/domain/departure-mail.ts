import type { Language } from '../../profiles/domain/profile.js';
import { renderLinkMail, type RenderedMail } from './link-mail.js';

/** What stopped working for others because somebody left, or lost a role. */
export interface Departure {
  /** Who reads the mail. */
  to: string;
  language: Language;
  /** Who left, who saw to it, and of which institute they were; null for the network. */
  person: string;
  by: string;
  institute: string | null;
  left: boolean;
  serviceKeys: string[];
  feeds: string[];
  calendars: string[];
  /** The page on which new ones are made. */
  url: string;
}

const WORDS = {
  en: { serviceKeys: 'Service keys', feeds: 'Links for Excel', calendars: 'Calendars' },
  fr: { serviceKeys: 'Clés de service', feeds: 'Liens pour Excel', calendars: 'Agendas' },
} as const;

function listed({ language, serviceKeys, feeds, calendars }: Departure): string[] {
  const words = WORDS[language];
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  return (
    [
      [words.serviceKeys, serviceKeys],
      [words.feeds, feeds],
      [words.calendars, calendars],
    ] as const
  )
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => `${what}${colon}${names.join(', ')}`);
}

/** Tells the officers who are still there what ended with a colleague, so that nobody waits for a table that comes no more. */
export function departureMail(departure: Departure): RenderedMail {
  const { to, language, person, by, institute, left, url } = departure;
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          label: 'Ouvrir la page de l’équipe',
          greeting: `Bonjour ${to},`,
          subject: left
            ? `Accès de ${person} retiré\u00a0: ce qui ne fonctionne plus`
            : `Rôle de ${person} modifié\u00a0: ce qui ne fonctionne plus`,
          before: [
            `${by} a ${left ? 'retiré l’accès' : 'modifié le rôle'} de ${person} (${institute ?? 'coordination du réseau'}). Ce que cette personne avait créé ne fonctionne plus\u00a0:`,
            ...listed(departure),
          ],
          after: ['Si quelqu’un s’en sert encore, créez-en de nouveaux.'],
        }
      : {
          language,
          url,
          label: 'Open the team page',
          greeting: `Dear ${to},`,
          subject: left
            ? `${person} was removed: what no longer works`
            : `${person} has a new role: what no longer works`,
          before: [
            `${by} ${left ? 'removed' : 'changed the role of'} ${person} (${institute ?? 'coordination of the network'}). What they had created no longer works:`,
            ...listed(departure),
          ],
          after: ['If someone still uses one of these, create a new one.'],
        },
  );
}
