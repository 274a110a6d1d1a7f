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
  /** Where the institute is still told, which they may have set up. */
  channels: string[];
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

const SAID = {
  en: {
    ended: 'What they had created no longer works:',
    again: 'If someone still uses one of these, create a new one.',
    subject: 'what no longer works',
    check: 'channels to check',
  },
  fr: {
    ended: 'Ce que cette personne avait créé ne fonctionne plus\u00a0:',
    again: 'Si quelqu’un s’en sert encore, créez-en de nouveaux.',
    subject: 'ce qui ne fonctionne plus',
    check: 'canaux à vérifier',
  },
} as const;

/** The institute's channels go on: only those who stay can say whether each is still theirs. */
function kept({ language, channels }: Departure): string[] {
  if (channels.length === 0) return [];
  const names = channels.join(', ');
  return [
    language === 'fr'
      ? `Les canaux de l’institut restent actifs\u00a0: ${names}. Retirez sur la page «\u00a0Canaux\u00a0» ceux que vous ne connaissez pas.`
      : `The institute’s channels stay active: ${names}. On the page “Channels”, remove those you do not know.`,
  ];
}

/**
 * Tells the officers who are still there what ended with a colleague, so that nobody waits for a table that comes no more, and which
 * channels go on.
 */
export function departureMail(told: Departure): RenderedMail {
  const { to, language, person, by, institute, left, url } = told;
  const { ended, again, subject, check } = SAID[language];
  const gone = listed(told);
  const what = gone.length > 0 ? subject : check;
  const lead = (sentence: string): string[] => [
    gone.length > 0 ? `${sentence} ${ended}` : sentence,
    ...gone,
    ...(gone.length > 0 ? [] : kept(told)),
  ];
  const after = gone.length > 0 ? [again, ...kept(told)] : [];
  return renderLinkMail(
    language === 'fr'
      ? {
          language,
          url,
          label: 'Ouvrir la page de l’équipe',
          greeting: `Bonjour ${to},`,
          subject: `${left ? `Accès de ${person} retiré` : `Rôle de ${person} modifié`}\u00a0: ${what}`,
          before: lead(
            `${by} a ${left ? 'retiré l’accès' : 'modifié le rôle'} de ${person} (${institute ?? 'coordination du réseau'}).`,
          ),
          after,
        }
      : {
          language,
          url,
          label: 'Open the team page',
          greeting: `Dear ${to},`,
          subject: `${left ? `${person} was removed` : `${person} has a new role`}: ${what}`,
          before: lead(
            `${by} ${left ? 'removed' : 'changed the role of'} ${person} (${institute ?? 'coordination of the network'}).`,
          ),
          after,
        },
  );
}
