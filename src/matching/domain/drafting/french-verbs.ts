import { bare, fold } from '../../../kernel/stem.js';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** No noun precedes one of these without a preposition in between. */
const BEFORE_NOUN = words('le la les l un une leur leurs son sa ses notre nos votre vos ce cet cette ces');
const PARTITIVE = words('des du');
const SUBJECTS = words('nous vous on il ils elle elles qui se s ne n');
/** After these, "la" and "l'" belong to a noun: « analyse de la qualité ». */
const PREPOSITIONS = words('de d a');

const INFINITIVE =
  /(?:[^i]er|(?:[fbl]|tud|oci|preci|arr|mar|var|r|cop|multipl)ier|ir|(?:ce|mou|pou|pre|de|va|vou|sa)voir|uire|(?:pre|po|te|ve|re|oi|ei|fo)ndre|(?:me|ba)ttre|(?:sui|vi)vre|aitre|crire|faire|clure)$/;
/** Nouns and adjectives with the ending of an infinitive. */
const NOUNS =
  words(`acer amer archer bachelier berger bouclier boucher cacher calvaire cancer catheter cher clinker cluster danger ester etranger ether fer fiber foyer hiver hyper inter
  laser layer leader leger maraicher master mer ocher oranger outre-mer pacemaker passager plancher polyester polymer poster power rocher rover scanner super toucher trier transfer usager
  ver verger voilier wafer avenir cuir desir elixir elixirs loisir nadir plaisir saphir savoir souvenir tir zephyr collier atelier escalier millier palier particulier pilier regulier singulier irregulier
  alzheimer chevalier familier hospitalier immobilier mobilier tablier celier metallier joaillier peuplier sanglier gibier olivier levier gravier clavier cuvier janvier fevrier`);
/** « permettent », « transforment »; nouns in -ment have a different letter before it. */
const THIRD_PLURAL = /(?:[^m]|[lmr]m|nem)ent$/;
const FINITE = /(?:[^o]e|[^m]ent|[lmr]ment|[^i]ons|ez|[iuû]it|oit|ient|end|ant)$/;

const plainOf = (word: string): string => bare(fold(word));
const isInfinitive = (plain: string): boolean =>
  plain.length > 3 && INFINITIVE.test(plain) && !NOUNS.has(plain);

/**
 * Whether a word of a French text is a verb, by ending and neighbours. A word that may be a noun ("mesure")
 * counts as one if it can be read as one. `isNoun`: whether terms contain a word in this form.
 */
export function isFrenchVerb(all: readonly string[], at: number, isNoun: (word: string) => boolean): boolean {
  const [before = '', word, next = ''] = [all[at - 1] ?? '', all[at]!, all[at + 1] ?? ''].map(plainOf) as [
    string,
    string,
    string,
  ];
  if (isInfinitive(word) || (SUBJECTS.has(before) && FINITE.test(word))) return true;
  if (word.length < 4 || PREPOSITIONS.has(word)) return false;
  if (BEFORE_NOUN.has(next) && FINITE.test(word)) return true;
  if (isNoun(all[at]!)) return false;
  return (PARTITIVE.has(next) && FINITE.test(word)) || (/[sx]$/.test(before) && THIRD_PLURAL.test(word));
}

/** Words that precede a verb, or stand between it and its object. */
const AROUND = words(
  'nous vous on il ils elle elles l institut et ou de d a pour afin le la les un une des du leur leurs nos notre ses son sa y en',
);

/**
 * Returns a heading without its leading verb: « chaleur fatale » for « Récupérer la chaleur fatale ».
 * Unchanged if it has none; null if nothing is left.
 */
export function withoutLeadingVerb(heading: string, isNoun: (word: string) => boolean): string | null {
  const found = [...heading.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}.-]*/gu)];
  const texts = found.map((m) => m[0]);
  const isVerb = (i: number): boolean => isFrenchVerb(texts, i, isNoun);
  const isSmall = (i: number): boolean => AROUND.has(plainOf(texts[i]!));
  let at = 0;
  while (at < texts.length && isSmall(at)) at += 1;
  if (at === texts.length || !isVerb(at)) return heading;
  while (at < texts.length && (isVerb(at) || isSmall(at))) at += 1;
  return at < texts.length ? heading.slice(found[at]!.index) : null;
}
