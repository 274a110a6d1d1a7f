import type { Language } from '../../kernel/language.js';
import type { Competence } from './profile.js';

/** The names of a competence: its own label, which identifies it everywhere, and its translations. */
export type Labelled = Pick<Competence, 'label' | 'labels'>;

/** Returns the name of a competence in a reader's language. */
export function labelIn({ label, labels = {} }: Labelled, language: Language): string {
  const own: Partial<Record<Language, string | undefined>> = labels;
  return own[language] ?? label;
}

/** Returns all names of a competence. */
export const labelsOf = ({ label, labels }: Labelled): string[] => [label, ...Object.values(labels ?? {})];

/** Maps a competence's own label to its name in a language; one no longer in the profile is kept. */
export type LabelsIn = (label: string) => string;

export function labelsIn(competences: readonly Labelled[], language: Language): LabelsIn {
  const known = new Map(competences.map((c) => [c.label, labelIn(c, language)]));
  return (label) => known.get(label) ?? label;
}

/** What precedes a name in a sentence: nothing, "à" or "de"; `start`: the name begins the sentence. */
export type Before = 'name' | 'start' | 'to' | 'of';

type Article = Record<Before, string>;
const LE: Article = { name: 'le ', start: 'Le ', to: 'au ', of: 'du ' };
const L: Article = { name: 'l’', start: 'L’', to: 'à l’', of: 'de l’' };
const VOWEL = /^[aeiouyàâéèêëîïôœû]/i;

/** Names that take an article in French: « le Carnot Cetim », « l’Institut Curie ». */
const WITH_ARTICLE: readonly (readonly [RegExp, Article])[] = [
  [/^(?:Carnot|Centre|Laboratoire|Réseau|Groupe|Pôle)(?![\p{L}\p{N}])/u, LE],
  [/^(?:Institut|École|Université)(?![\p{L}\p{N}])/u, L],
];
function inFrench(name: string, before: Before): string {
  const article = WITH_ARTICLE.find(([form]) => form.test(name))?.[1];
  if (article) return article[before] + name;
  if (before === 'name' || before === 'start') return name;
  return before === 'to' ? `à ${name}` : `${VOWEL.test(name) ? 'd’' : 'de '}${name}`;
}

/**
 * Returns an institute's name in a French sentence, with preposition and article, such as « au Carnot Cetim
 * », « à 3BCAR » or « d’Inria ». In English, the name alone.
 */
export const nameIn = (name: string, before: Before, language: Language): string =>
  language === 'fr' ? inFrench(name, before) : name;
