import type { Language } from '../../../kernel/language.js';

/** What may become of a call as such. */
export const BECAME = ['new', 'closed', 'withdrawn', 'reappeared'] as const;
export type Became = (typeof BECAME)[number];

/** The words of a language for what changes in a call. */
export interface ChangeWords {
  became: Record<Became, string>;
  /** Where its source told no deadline, before which it could have gone. */
  withdrawnUndated: string;
  deadlines(from: string, to: string): string;
  /** By how many days it came earlier (below 0) or later; ends with the day it is now. */
  moved(days: number): string;
  none: string;
  opening(from: string, to: string): string;
  opened: string;
  closed: string;
  status: string;
  budget(from: string, to: string): string;
  title(from: string): string;
  text(section: string): string;
  conditions: string;
  identity: string;
  identifier(from: string, to: string): string;
  trl(from: string, to: string): string;
  levels(from: number | null, to: number | null): string;
  other(field: string): string;
  /** A note of the call's publisher, and the same as the reason of what is told before it. */
  notice(day: string, text: string): string;
  because(sentence: string, day: string, text: string): string;
  /** What the fields are called; a section is called by its title where it has one. */
  fields: Record<string, string>;
}

export const CHANGE_WORDS: Record<Language, ChangeWords> = {
  en: {
    became: {
      new: 'New: seen for the first time.',
      closed: 'Closed: its source stopped showing it at its deadline.',
      withdrawn: 'Withdrawn: its source stopped showing it well before its deadline.',
      reappeared: 'Its source shows it again.',
    },
    withdrawnUndated: 'Withdrawn: its source stopped showing it, without ever giving a deadline.',
    deadlines: (from, to) => `Deadline: ${to} (before: ${from})`,
    moved: (days) =>
      `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'earlier' : 'later'}`,
    none: 'not stated',
    opening: (from, to) => `Opening: ${to} (before: ${from})`,
    opened: 'The call has opened.',
    closed: 'Its source says it is closed.',
    status: 'Its status at the source changed.',
    budget: (from, to) => `Budget: ${to} (before: ${from})`,
    title: (from) => `The title changed; before: “${from}”`,
    text: (section) => `The text changed: ${section}`,
    conditions: 'The conditions changed.',
    identity: 'Its identifier changed.',
    identifier: (from, to) => `Identifier: ${to} (before: ${from})`,
    trl: (from, to) => `Technology readiness level (TRL): ${to} (before: ${from})`,
    levels: (from, to) => (from === null ? `up to ${to}` : to === null ? `from ${from}` : `${from} to ${to}`),
    other: (field) => `Changed: ${field}`,
    notice: (day, text) => `Official note of ${day}: “${text}”`,
    because: (sentence, day, text) => `${sentence}. Official note of ${day}: “${text}”`,
    fields: {
      callTitle: 'title of the call',
      kind: 'kind of call',
      programme: 'programme',
      divisions: 'parts of the programme',
      typesOfAction: 'type of action',
      destination: 'destination',
      keywords: 'keywords',
      url: 'address of its page',
      alsoAt: 'its other addresses',
      deadlineModel: 'submission procedure',
      sections: 'order of the sections',
      summary: 'summary',
      other: 'section without a title',
      parentTopic: 'the topic that funded its project',
      project: 'the project that organises it',
      duration: 'duration of a project',
      zones: 'zones',
      contractType: 'type of contract',
      lumpSum: 'lump sum or not',
      mission: 'mission',
      crossCutting: 'cross-cutting priorities',
      documents: 'links and documents',
      partnerSearch: 'partner search',
    },
  },
  fr: {
    became: {
      new: 'Nouveau\u00a0: vu pour la première fois.',
      closed: 'Clos\u00a0: à sa date limite, sa source a cessé de l’afficher.',
      withdrawn: 'Retiré\u00a0: sa source a cessé de l’afficher bien avant sa date limite.',
      reappeared: 'Sa source l’affiche de nouveau.',
    },
    withdrawnUndated: 'Retiré\u00a0: sa source a cessé de l’afficher, sans avoir indiqué de date limite.',
    deadlines: (from, to) => `Date limite\u00a0: ${to} (auparavant\u00a0: ${from})`,
    moved: (days) =>
      `${days < 0 ? 'avancée' : 'reportée'} de ${Math.abs(days)}\u00a0${Math.abs(days) === 1 ? 'jour' : 'jours'}`,
    none: 'non précisé',
    opening: (from, to) => `Ouverture\u00a0: ${to} (auparavant\u00a0: ${from})`,
    opened: 'L’appel est ouvert.',
    closed: 'Sa source indique qu’il est clos.',
    status: 'Son statut à la source a changé.',
    budget: (from, to) => `Budget\u00a0: ${to} (auparavant\u00a0: ${from})`,
    title: (from) => `Le titre a changé\u00a0; auparavant\u00a0: «\u00a0${from}\u00a0»`,
    text: (section) => `Le texte a changé\u00a0: ${section}`,
    conditions: 'Les conditions ont changé.',
    identity: 'Son identifiant a changé.',
    identifier: (from, to) => `Identifiant\u00a0: ${to} (auparavant\u00a0: ${from})`,
    trl: (from, to) => `Niveau de maturité technologique (TRL)\u00a0: ${to} (auparavant\u00a0: ${from})`,
    levels: (from, to) =>
      from === null ? `jusqu’à ${to}` : to === null ? `à partir de ${from}` : `${from} à ${to}`,
    other: (field) => `Modifié\u00a0: ${field}`,
    notice: (day, text) => `Note officielle du ${day}\u00a0: «\u00a0${text}\u00a0»`,
    because: (sentence, day, text) => `${sentence}. Note officielle du ${day}\u00a0: «\u00a0${text}\u00a0»`,
    fields: {
      callTitle: 'intitulé de l’appel',
      kind: 'nature de l’appel',
      programme: 'programme',
      divisions: 'volets du programme',
      typesOfAction: 'type d’action',
      destination: 'destination',
      keywords: 'mots-clés',
      url: 'adresse de sa page',
      alsoAt: 'autres adresses',
      deadlineModel: 'procédure de soumission',
      sections: 'ordre des sections',
      summary: 'résumé',
      other: 'section sans titre',
      parentTopic: 'sujet au titre duquel son projet est financé',
      project: 'projet organisateur',
      duration: 'durée d’un projet',
      zones: 'zones géographiques',
      contractType: 'type de contrat',
      lumpSum: 'somme forfaitaire ou non',
      mission: 'mission',
      crossCutting: 'priorités transversales',
      documents: 'liens et documents',
      partnerSearch: 'recherche de partenaires',
    },
  },
};
