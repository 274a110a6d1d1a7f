import type { Language } from '../../kernel/language.js';
import type { Why } from './candidates.js';

/** The words of a call in brief, in one language. */
interface BriefWords {
  above: (institute: string) => string;
  purpose: string;
  who: string;
  why: (institute: string) => string;
  /** The language is the one that the call is written in. */
  inItsWords: (language: string) => string;
  machineMade: (made: { model: string; from: string; to: string }) => string;
  noWho: string;
  trl: (from: number | null, to: number | null) => string;
  lumpSum: { label: string; yes: string; no: string };
  page: string;
  open: string;
  /** What was found of a competence in the call. */
  reason: (why: Why) => string;
  says: string;
  foot: (day: string) => string;
}

const NB = '\u00a0';

const span = (from: number | null, to: number | null, [above, below]: [string, string]): string => {
  if (from !== null && to !== null) return from === to ? `${from}` : `${from}–${to}`;
  return from === null ? `${below} ${to}` : `${above} ${from}`;
};

const en: BriefWords = {
  above: (institute) => `Call in brief, for ${institute}`,
  purpose: 'Purpose',
  who: 'Who may apply',
  why: (institute) => `Why ${institute}`,
  inItsWords: (language) => `In the words of the call (${language}), shortened.`,
  machineMade: ({ model, from, to }) =>
    `Machine translation (${from} → ${to}) by ${model}, not reviewed. Only the text of the call is authoritative.`,
  noWho: 'The call text states no rule of its own; the rules of the programme apply.',
  trl: (from, to) => span(from, to, ['from', 'up to']),
  lumpSum: {
    label: 'Lump sum',
    yes: 'yes, the call says so',
    no: 'no, according to the model grant agreement it names',
  },
  page: 'Call page',
  open: 'open',
  reason: ({ competence, terms }) => (terms.length ? `${competence}: ${terms.join(', ')}` : competence),
  says: 'The passage that fits best:',
  foot: (day) => `Carnot Europe, ${day}. The call page is authoritative.`,
};

const fr: BriefWords = {
  above: (institute) => `Appel en bref, pour ${institute}`,
  purpose: 'Objet',
  who: 'Qui peut candidater',
  why: (institute) => `Pourquoi ${institute}`,
  inItsWords: (language) => `Dans les mots de l’appel (${language}), abrégés.`,
  machineMade: ({ model, from, to }) =>
    `Traduction automatique (${from} → ${to}) par ${model}, non relue. Seul le texte de l’appel fait foi.`,
  noWho: 'Le texte de l’appel n’énonce pas de règle propre\u00a0; celles du programme s’appliquent.',
  trl: (from, to) => span(from, to, ['à partir de', 'jusqu’à']),
  lumpSum: {
    label: 'Forfait (lump sum)',
    yes: 'oui, l’appel le précise',
    no: 'non, d’après la convention type citée',
  },
  page: 'Page de l’appel',
  open: 'ouvrir',
  reason: ({ competence, terms }) => (terms.length ? `${competence}${NB}: ${terms.join(', ')}` : competence),
  says: `L’extrait le plus proche${NB}:`,
  foot: (day) => `Carnot Europe, le ${day}. La page de l’appel fait foi.`,
};

const BY_LANGUAGE: Record<Language, BriefWords> = { en, fr };
export const briefWords = (language: Language): BriefWords => BY_LANGUAGE[language];
