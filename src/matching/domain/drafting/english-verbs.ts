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
