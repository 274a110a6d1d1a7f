import { DateTime } from 'luxon';
import { nameIn } from '../../profiles/domain/index.js';
import type { Language } from '../../kernel/language.js';
import type { JointStage } from './joint.js';

const NB = '\u00a0';

/** The sentences of a meeting pack. */
export interface PackWords {
  title: (month: string, group: string) => string;
  headings: Record<'decisions' | 'joint' | 'fresh' | 'moved' | 'due' | 'results', string>;
  stage: Record<JointStage, string>;
  colon: string;
  none: string;
  deadline: (day: string) => string;
  before: (day: string) => string;
  fits: (names: string) => string;
  wants: (names: string) => string;
  others: (n: number) => string;
  more: (n: number) => string;
  lead: (name: string) => string;
  noLead: string;
  members: (names: string) => string;
  whoLeads: (title: string) => string;
  begin: (title: string, names: string) => string;
}

export const PACK_WORDS: Record<Language, PackWords> = {
  en: {
    title: (month, group) => `Meeting, ${month}: ${group}`,
    headings: {
      decisions: 'Decisions wanted',
      joint: 'Joint opportunities',
      fresh: 'New calls that fit two institutes or more',
      moved: 'Deadlines that moved',
      due: 'Due within 90 days',
      results: 'Results',
    },
    stage: {
      forming: 'building the team',
      preparing: 'preparing',
      submitted: 'submitted',
      funded: 'funded',
      rejected: 'rejected',
      'given-up': 'given up',
    },
    colon: ': ',
    none: 'None.',
    deadline: (day) => `closes on ${day}`,
    before: (day) => `by ${day}`,
    fits: (names) => `Fits ${names}`,
    wants: (names) => `Interested: ${names}`,
    others: (n) => `${n} more`,
    more: (n) => `And ${n} more: see the cockpit of the network.`,
    lead: (name) => `Led by ${name}`,
    noLead: 'No lead yet',
    members: (names) => `Members: ${names}`,
    whoLeads: (title) => `Who leads “${title}”?`,
    begin: (title, names) => `Begin a joint opportunity for “${title}”? Interested: ${names}`,
  },
  fr: {
    title: (month, group) => `Réunion, ${month}${NB}: ${group}`,
    headings: {
      decisions: 'Décisions attendues',
      joint: 'Projets communs',
      fresh: 'Nouveaux appels correspondant à deux instituts ou plus',
      moved: 'Dates limites déplacées',
      due: 'Échéances sous 90 jours',
      results: 'Résultats',
    },
    stage: {
      forming: 'équipe en formation',
      preparing: 'en préparation',
      submitted: 'déposé',
      funded: 'financé',
      rejected: 'non retenu',
      'given-up': 'abandonné',
    },
    colon: `${NB}: `,
    none: 'Aucun élément.',
    deadline: (day) => `clôture le ${day}`,
    before: (day) => `avant le ${day}`,
    fits: (names) => `Correspond à${NB}: ${names}`,
    wants: (names) => `Intéressés${NB}: ${names}`,
    others: (n) => `${n} autre${n > 1 ? 's' : ''}`,
    more: (n) => `Et ${n} autre${n > 1 ? 's' : ''}${NB}: voir le pilotage du réseau.`,
    lead: (name) => `Porté par ${nameIn(name, 'name', 'fr')}`,
    noLead: 'Sans porteur',
    members: (names) => `Membres${NB}: ${names}`,
    whoLeads: (title) => `Qui porte «${NB}${title}${NB}»${NB}?`,
    begin: (title, names) =>
      `Lancer un projet commun pour «${NB}${title}${NB}»${NB}? Intéressés${NB}: ${names}`,
  },
};

/** "June 2026", « juin 2026 », of 2026-06. */
export const monthName = (month: string, language: Language): string =>
  DateTime.fromISO(`${month}-01`).setLocale(language).toFormat('LLLL yyyy');
