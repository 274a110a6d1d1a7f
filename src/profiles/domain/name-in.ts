import type { Language } from '../../kernel/language.js';

/** What stands before a name in a sentence: nothing, "à" or "de"; `start` is the name that begins one. */
export type Before = 'name' | 'start' | 'to' | 'of';

type Article = Record<Before, string>;
const LE: Article = { name: 'le ', start: 'Le ', to: 'au ', of: 'du ' };
const L: Article = { name: 'l’', start: 'L’', to: 'à l’', of: 'de l’' };
const VOWEL = /^[aeiouyàâéèêëîïôœû]/i;

/** Names that a French sentence says with an article: « le Carnot Cetim », « l’Institut Curie ». */
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
 * The name of an institute in a French sentence, with its preposition and its article: « au Carnot Cetim », «
 * à 3BCAR », « d’Inria ». In English it is the name alone.
 */
export const nameIn = (name: string, before: Before, language: Language): string =>
  language === 'fr' ? inFrench(name, before) : name;
