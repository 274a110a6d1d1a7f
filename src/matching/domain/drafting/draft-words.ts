import { bare, fold } from '../../../kernel/stem.js';
import { isStopWordAnywhere } from '../analysis/tokenise.js';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));

/** Verbs that are never nouns, by stem: a final "e" is dropped before "ing". */
const STEMS =
  words(`accelerate achieve adapt analyze apply assemble assess assist build characterise characterize combine commercialise commercialize conceive convert create decarbonise
  decarbonize deliver demonstrate deploy detect determine develop digitise digitize eliminate enable enhance ensure evaluate explore extend extract fabricate facilitate generate identify implement
  improve integrate invent investigate maintain manufacture master minimise minimize operate optimise optimize perform predict prepare preserve prevent produce promote protect provide prove purify recover
  recycle reduce remove replace restore select simulate solve specialise specialize strengthen synthesise synthesize tackle understand validate valorise valorize`);
/** Verbs that are also nouns: they are verbs only after "we", "they", "to", or before an article. */
const BOTH =
  words(`address aim analyse change coat control cover design dose engineer focus form help increase look market measure model monitor offer print process program project repair research
  sample sense structure study supply support test track train transform treat use weld work`);
/** Forms in "ing" that name a technique and are subjects on their own. */
const TECHNIQUES = words('building manufacturing recycling mastering understanding');
const SUBJECTS = words(
  'we they that which who to team teams researcher researchers engineer engineers institute laboratory laboratories scientists experts',
);
const BETWEEN = words('also can will have has are is and or help helps to it its our not actively currently');
const ARTICLES = words('the a an our your their its new');
/** Words allowed between a verb and its object. */
const AFTER = words('and or the a an our your their its on in with at for to of into from');

/**
 * Maximum number of words between a subject and its verb; unbounded, a one-sentence text would be read once
 * per word.
 */
const FARTHEST = 40;

const isStem = (stem: string, verbs: ReadonlySet<string>): boolean =>
  verbs.has(stem) || verbs.has(`${stem}e`);

/** Returns the stems a word may be derived from: "studies", "coats", "reducing", "mapping". */
function stemsOf(word: string): string[] {
  const ing = /^(.+)ing$/.exec(word)?.[1];
  if (ing !== undefined) return [ing, ing.replace(/(.)\1$/, '$1')];
  return [word, word.replace(/ies$/, 'y'), word.replace(/(?<=[sxz]|[cs]h)es$/, ''), word.replace(/s$/, '')];
}

const comesOf = (word: string, verbs: ReadonlySet<string>): boolean =>
  stemsOf(word).some((stem) => isStem(stem, verbs));

/** Whether a word may precede a subject's second verb: "and", "also", or the first verb before "and". */
function leadsOn(all: readonly string[], at: number): boolean {
  const [word, next = ''] = [all[at]!, all[at + 1] ?? ''];
  return BETWEEN.has(word) || comesOf(word, STEMS) || (comesOf(word, BOTH) && /^(?:and|or)$/.test(next));
}

/** "We also design", "develop and measure": whether a word follows a subject, or a verb and "and". */
function followsSubject(all: readonly string[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && !SUBJECTS.has(all[before]!) && leadsOn(all, before)) before -= 1;
  return before >= 0
    ? SUBJECTS.has(all[before]!)
    : /^(?:and|or)$/.test(all[at - 1] ?? '') && all.slice(0, at).some((word) => comesOf(word, STEMS));
}

/**
 * Whether a word of an English text is a verb; a word that may be a noun ("design", "testing") counts as a
 * noun if it can be read as one.
 */
export function isEnglishVerb(texts: readonly string[], at: number): boolean {
  const from = Math.max(0, at - FARTHEST);
  const near = texts.slice(from, at + 2).map((text) => text.toLowerCase());
  return isVerbIn(near, at - from);
}

function isVerbIn(all: readonly string[], at: number): boolean {
  const [word, next = ''] = [all[at]!, all[at + 1] ?? ''];
  if (next === 'of' || TECHNIQUES.has(word)) return false;
  if (comesOf(word, STEMS)) return true;
  return comesOf(word, BOTH) && (ARTICLES.has(next) || followsSubject(all, at));
}

/**
 * Returns a heading without its leading subject and verb: "We develop sensors" becomes "sensors". Unchanged
 * if it has none; null if nothing is left.
 */
export function withoutEnglishVerb(heading: string): string | null {
  const found = [...heading.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}.-]*/gu)];
  const texts = found.map((m) => m[0]);
  const plain = (i: number): string => texts[i]!.toLowerCase();
  const isVerb = (i: number): boolean => isEnglishVerb(texts, i);
  let at = 0;
  while (
    at < texts.length &&
    !isVerb(at) &&
    (SUBJECTS.has(plain(at)) || BETWEEN.has(plain(at)) || ARTICLES.has(plain(at)))
  )
    at += 1;
  if (at === texts.length || !isVerb(at)) return heading;
  while (at < texts.length && (isVerb(at) || AFTER.has(plain(at)))) at += 1;
  return at < texts.length ? heading.slice(found[at]!.index) : null;
}

/** No noun precedes one of these without a preposition in between. */
const BEFORE_NOUN = words('le la les l un une leur leurs son sa ses notre nos votre vos ce cet cette ces');
const PARTITIVE = words('des du');
const FRENCH_SUBJECTS = words('nous vous on il ils elle elles qui se s ne n');
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
  if (isInfinitive(word) || (FRENCH_SUBJECTS.has(before) && FINITE.test(word))) return true;
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

/** Words that do not distinguish calls; folded, in the singular if the plural only adds an s. */
const HOLLOW = new Set(
  `ability academic access accompany achieve activity actor advanced advantage aim allow ambition approach area around aspect base based become best
   bring broad build capability capacity center centre challenge characterization close cluster collaboration collaborative combine company competence
   complete comprehensive conduct contribute contribution cooperation cover create created current cutting deal dedicated demonstrate depend design develop
   developed developing development different domain drive edge employee enable engineer enhance ensure enterprise european europe evaluation excellence exist experience
   expert expertise exploit facility field find focus founded france french fundamental future general global goal group help high highly host implement
   implementation improve include including increase industrial industry initiative innovate innovation innovative institute institution integrate integrated
   international internationally involve issue key know-how knowledge laboratory lab lead leader leading level major make manage management many market member
   method methodology mission model multidisciplinary national need network new notably novel objective offer open operate optimisation optimization optimise
   organisation organization original particular partner partnership people performance performed permit phd platform portfolio potential practice present
   problem process produce product production program programme project promote property provide public purpose range region regional related
   research researcher resource respond result rely reliable scale science scientific scientist sector serve service set skill small sme society societal solution
   solve specialise specialize specific staff stake start strategic strategy strength strong structure student study subject successful support system
   take target team technical technician technique technological technology test testing theme theory through tool topic training transfer transform
   understand understanding unique unit university use used using value various wide within work worker world year
   accompagnement accompagner acteur activite adapte ainsi aide allant ambition amelioration ameliorer apport apporter approche appui appuyer application atout autour avance axe base
   besoin bureau cadre capacite caracterisation cas centre chaine chercheur cherche client cle cnrs cea collaboration collaborer competence compte complet comprehension comprendre
   conception conduire conseil contrat contribuer contribution cours couvre couvrir creation cree creer dedie defi demarche depuis developpe developper developpement different disciplinaire
   disposer dispose domaine doctorant economie economique effectif elaboration elaborer enjeu ensemble entreprise equipe equipement essai etablissement etude etudier europe europeen evaluation excellence exemple
   experience experimental experimentation expert expertise exploitation exploiter fin fonction fondamental force fort fournir france francais futur general global grand grande groupe haut haute industrie industriel
   ingenieur inria inrae inserm innovant innovation innover installation institut instrument integration integre interdisciplinaire international intervenir label laboratoire large leader
   lieu ligne maitrise maitriser marche mettre methode methodologie metier mise mission modele moyen multidisciplinaire national necessaire niveau nombreux notamment nouveau nouvelle objectif objet offre offrir
   organisme original ouvert outil partenaire partenariat performance performant personne permettre permettant plateforme plate-forme pme politique porter pratique principal problematique procede produit programme projet
   propose proposer propre propriete public realisation realiser recherche region regional regroupe regrouper relation repondre reseau ressource resultat reunir salarie savoir savoir-faire science scientifique secteur service
   societe solution specialise specifique specialiste strategie strategique structure suivi sujet support systeme technicien technique technologie technologique territoire test theme thematique theorique these
   traite traiter transfert travail travailler travaux tpe type unite universite usage utilisation utiliser valeur valorisation varie visant vise
   carnot inra ifremer onera brgm irstea ifpen cirad ird chu cnes
   tomorrow today demain aujourd one two three four five six seven eight nine ten dozen hundred thousand pole million share part history story success extreme state-of-the-art fast safe field year passion long mean
   deux trois quatre cinq six sept huit neuf dix cent mille rassembler rassemble mobilise mobiliser conçoit concevoir federer federe point axe enfin parmi etc siecle annee part grande meilleur apporte fonde fondee repute reconnu reconnue essentiel dernier etape issu issue
   our we us this provides offers develops works covers designs supports combines brings uses studies leads makes helps has includes focuses gathers aims
   well also more than rather especially across both towards about quot amp eg etc i.e`
    .split(/\s+/)
    .map((w) => bare(w)),
);

const singular = (word: string): string => (word.length > 4 ? word.replace(/(?<=[^s])s$|x$/, '') : word);
const withoutGender = (word: string): string => (word.length > 5 ? word.replace(/e$/, '') : word);

/** Whether a word carries no subject: a stop word, or one found in every institute's presentation. */
export function isHollow(written: string): boolean {
  const plain = bare(fold(written));
  if (plain.length < 2 || /^[\d.,]+$/.test(plain) || isStopWordAnywhere(plain)) return true;
  const one = singular(plain);
  return HOLLOW.has(plain) || HOLLOW.has(one) || HOLLOW.has(withoutGender(one));
}
