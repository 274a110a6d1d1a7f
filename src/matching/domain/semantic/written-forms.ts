import { withoutNoteLists } from '../../../calls/domain/requirements.js';
import { flattenString, type Token } from '../analysis/tokenise.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { TokenisedCall } from '../index/indexed-call.js';

/**
 * English words by what they may be in a noun phrase. Counted on 1,300 topics of the portal: a verb follows
 * "to" or "will", or precedes "the"; an adjective is nearly always followed by another word of its phrase. A
 * word that is a noun as often is in no list. A part-of-speech tagger (compromise 14) was tried instead: it
 * takes eight milliseconds a phrase, and takes many plurals for verbs ("aquaculture farms", "crop yields").
 */
const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** In the form of a dictionary. */
const VERBS = list(`
  absorb accelerate accommodate accompany achieve acknowledge acquire adapt add address adhere adjust adopt advance affect afford aim align
  allocate allow amplify analyse anticipate appear apply appoint arise articulate ask assess assist assure attain attract authorise
  automate avoid become believe benefit bolster boost bring broaden build bring calculate capitalise catalyse cater celebrate
  characterise choose circumvent clarify collaborate combat combine commercialise communicate compensate compete complement complete
  comply comprise compromise concern conclude conduct confirm conform connect consist conserve consider consume consolidate constitute construct
  consult contaminate contain contribute convert cooperate cope counteract cover create cure decarbonise decide decrease dedicate deepen define
  delineate deliver demonstrate deploy depend derive describe detect determine develop devise differ diminish disappear discover
  disassemble disclose disrupt disseminate distinguish distrust diversify draw duplicate elaborate eliminate embed embrace emerge emphasise emphasize employ
  empower enable encompass encourage enforce engage enhance enlarge enrich ensure entail enter envisage equip establish evaluate evolve
  exacerbate examine exceed exclude execute exist expand explain exploit explore expose extend facilitate fail favour fight fill find fit
  follow foresee formulate foster fulfil functionalise gain gather generate get give govern grow guarantee guide harmonise harness hear help highlight
  hinder hold identify illustrate implement imply improve incentivise include incorporate increase indicate influence inform inhibit
  initiate innovate inspire integrate intend intensify interact interpret introduce invest investigate involve jeopardise join justify
  keep know launch lay lead learn leverage limit live make manage maintain maximise maximize mean meet minimise minimize mitigate
  mobilise modernise modify navigate necessitate need notify observe obtain occur offer operate optimise optimize organise originate
  outline overcome participate perform pose possess predict prepare preserve prevent prioritise proceed produce promote propose protect
  prove provide publish pursue qualify quantify raise reach react realise receive reclaim recognise recognize recommend reconcile
  recover reduce refine reflect refurbish regard reinforce relate rely remain remediate remove render repair replace replicate report
  represent require reshape resolve respond restore retrofit restrict retain reveal revise safeguard satisfy save secure see seek select serve
  shape showcase simplify solve specify speed spread spur steer stimulate streamline strengthen submit substitute suffer suit support sustain
  tackle tailor take tend tackle target track transform translate transmit treat trigger undergo undermine underpin understand undertake
  unlock update uphold upgrade utilise utilize validate valorise vary verify widen withdraw withstand yield`);

/** The nouns among the forms of these verbs: "building", "crop yields". */
const NOUNS = list(`
  advances bonding building buildings build compounds concern concerns construct constructs contacts cover covers covering draw draws
  emerging evolving existing fight filling fit growing hearing hold increases learning limit limits living
  lead makes manufacturing needs offers operating outline outlines outlining planning poses
  processing programming reach report reports reporting repair repairs sensing saving savings speed steering
  supports target targets track tracks training understanding update updates upgrade upgrades varying yield yields launch launches
  benefits gains influence influences guarantee guarantees guides offer raise spread support benefit gain guide help increase
  compromise complement complements complete secure save mean fill live aim need`);

/** Nouns and verbs alike: verbs behind "to", and in their basic form behind a plural ("farmers benefit"). */
const EITHER = list(`
  access aim benefit complement complete compromise conduct cover design draw experience face fight fill fit gain guarantee guide help
  hold impact increase influence launch lead limit live monitor need offer outline plan play raise reach report secure save show
  spread speed start support target test track trial update upgrade use yield`);

/** Adverbs, prepositions and the like that are no stop words: they end a phrase, and belong to none. */
const APART = list(`
  able abroad account accounts aims ahead alone along alongside already although always amongst apart around aside away back behind beneath beside besides
  beyond concerning despite down due elsewhere especially even ever forward hence highly however indeed inside instead likewise like
  meanwhile moreover namely nearby never nevertheless off often once otherwise outside overall particularly per perhaps prior
  quite rather regarding respectively situ since silico sometimes soon specifically still therefore thereby throughout together toward
  towards typically unless unlike upcoming usually vitro vivo well whereas whereby whether yet using used based including
  according earlier following into later leads likely unlikely`);

/** Ends in "-ly" and is no adverb. */
const NO_ADVERB = list('anomaly assembly butterfly daily early elderly family fly friendly monopoly supply');

/** Adjectives that their ending does not tell, and nouns that are hardly ever the last of their phrase. */
const ADJECTIVES = list(`
  adverse affordable alien anthropogenic bad better big border brief broad cheaper clean cleaner climate-smart coherent common comparable
  complex contemporary converged convergent current deep different diverse driven driving close changing dry dual efficient emerging entire
  evolving excellent existing extreme fair fast female few first found given grown flat foreign fresh full further future game good great greater greener
  greenhouse green hard harmful healthy heavy high higher human humid ill inland intelligent independent intense ionising joint key known large larger
  late leading light living local long linear low lower made main major male marine medium mere mild minor mixed modern multilayer multiple
  mutual narrow near neighbouring new newer next novel nuclear numerous obtained old older one ongoing only open other outermost own past
  polar poor powered precise present previous proven public quantum rapid rare raw real recent regular relevant remote resilient resistant
  rich robust rough rural safe safer same scarce second secure several severe short significant similar simple single slow small solar spoken
  smaller smart smooth soft sole solid sparse special stable stationary steep stochastic strict strong suitable sufficient superior
  sustainable third tough three transparent true trustworthy two underground underlying underwater unique upcoming urban useful various
  vast virgin waterborne weak wet wide wider whole wild wireless young younger zero`);
/** Nouns that end as adjectives do. */
const NOMINAL = list(`
  additive additives adhesive alternative animal antibiotic approval archive arrival atlantic baltic boundary cable capital ceramic
  cereal chemical clinic coal consumable cooperative coral credential deal deliverable derivative differential directive disposal
  dive drive dynamic edible electric-drive epidemic executive explosive fabric festival fossil goal graphic heal hospital
  incentive individual initiative interval journal library logic manual material meal medal metal metric mineral mosaic music narrative
  objective pandemic pedal perspective plastic portal potential preservative principal probiotic professional proposal radical
  referral removal renewable renewal republic residual retrieval reversal rival seal signal survival table terminal textile thermoplastic
  topic total traffic trial tutorial variable vegetable vessel vocabulary wearable withdrawal summary glossary diary dairy salary
  estuary intermediary beneficiary commentary documentary`);
const ADJECTIVE_ENDING =
  /(?:[a-z]{2}al|[a-z]{2}ic|[a-z]{2}ive|ous|[a-z]{2}able|ible|ful|less|[a-z]{3}ary|genic|[a-z]{2}ular|-?(?:based|related|friendly|free|driven|powered|guided|specific|intensive|aware|neutral|positive|cent(?:er|r)ed|safe|enhanced|embedded))$/;
/** No participle. */
const NO_PARTICIPLE =
  /^(?:bed|breed|embed|feed|need|reed|seabed|seed|speed|weed|watershed|biobed|feedstock)$/;

/** Returns the forms of a dictionary that a word may be of. */
function* baseForms(word: string): Generator<string> {
  yield word;
  if (word.endsWith('ies')) yield `${word.slice(0, -3)}y`;
  if (word.endsWith('es')) yield word.slice(0, -2);
  if (word.endsWith('s')) yield word.slice(0, -1);
  if (!word.endsWith('ing')) return;
  const stem = word.slice(0, -3);
  yield stem;
  yield `${stem}e`;
  if (stem.at(-1) === stem.at(-2)) yield stem.slice(0, -1);
}

/** Whether a word (in lower case) belongs to no noun phrase: "boosts", "enabling", "typically", "towards". */
function isApart(word: string): boolean {
  if (APART.has(word) || (word.endsWith('ly') && word.length > 4 && !NO_ADVERB.has(word))) return true;
  if (NOUNS.has(word)) return false;
  for (const base of baseForms(word)) if (VERBS.has(base)) return true;
  return false;
}

/** Before a verb: "to support", "that support", "also support", "farmers support". */
const BEFORE_VERB = /(?:\b(?:to|that|which|who|also|not)|\p{L}{3}ly|\bto \p{L}{3,20} (?:and|or)) $/iu;
const AFTER_PLURAL = /\p{L}{3}(?<!s)s $/iu;

/**
 * Whether a word (in lower case) that is a noun and a verb alike is a verb where it stands: by the text
 * before it, and by whether another word follows ("diversification supports farmers").
 */
function isVerbHere(word: string, before: string, goesOn: boolean): boolean {
  if (EITHER.has(word)) return BEFORE_VERB.test(before) || AFTER_PLURAL.test(before);
  return word.endsWith('s') && EITHER.has(word.slice(0, -1)) && (goesOn || BEFORE_VERB.test(before));
}

/** Begins a compound that says of what kind something is: "non-food". */
const isPrefix = (word: string): boolean =>
  /^(?:anti|cross|eu|inter|intra|multi|non|peri|post|pre|semi|sub)$/.test(word);

/** Whether a word (in lower case) may end a noun phrase: "materials", and neither "raw" nor "derived". */
const mayEnd = (word: string): boolean =>
  NOMINAL.has(word) ||
  !(
    word.length === 1 ||
    ADJECTIVES.has(word) ||
    ADJECTIVE_ENDING.test(word) ||
    (word.endsWith('ed') && !NO_PARTICIPLE.test(word))
  );

/** What joins a word to the one before it in a phrase; null: a phrase ends between them. */
type Joint = ' ' | '-' | null;

/**
 * No words of a phrase: list items that lost what was between them, footnote numbers, words that only join,
 * and the names that programmes give to themselves ("Cancer Mission").
 */
const OUTSIDE =
  /\p{Ll}\p{Lu}\p{Ll}|\p{N}\p{Lu}\p{Ll}{2}|^\p{N}+$|^(?:including|included|made|according|becom(?:e|es|ing)|(?:Mission|Partnership|Programme|Topic|Call|Proposal)s?|Horizon|Commission|Annex(?:es)?)$/u;
/** A word that goes on with a capital, as a name may, too: "IntroductionHE", "InvestEU". */
const GLUED = /^\p{L}\p{Ll}{3,}\p{Lu}/u;
const HYPHEN = /^[-\u2010\u2011]$/;
/** A compound whose end is no word of meaning: "ramp-up", "point-of-care". */
const CUT_OFF = /^[-\u2010\u2011](?:up|of|to|in|on|by|down|off|out|and|the)\b/;
/** Only a verb, or what governs a noun as a verb does, stands before these: "reducing the", "enables a". */
const DETERMINER = /^ (?:the|an?|their|its|these|this|all|any|both|each)\b/i;
/** Only a verb stands behind these. */
const MODAL = / (?:will|can|should|shall|must|may|could|would|cannot) $/i;
/** How much is looked at before and behind a word. */
const AROUND = 32;

/**
 * Whether an English word belongs to no noun phrase where it stands. An adjective or participle with nothing
 * behind it is judged here, as it is written: later, "caused" is taken for "causes", of as many letters.
 */
function isOutside(text: string, { start, end }: Token, next: Token | undefined): boolean {
  const word = text.slice(start, end).toLowerCase();
  const [before, after] = [text.slice(Math.max(0, start - AROUND), start), text.slice(end, end + AROUND)];
  if (HYPHEN.test(after.charAt(0))) return false;
  const goesOn = next?.start === end + 1 && after.startsWith(' ');
  return (
    isApart(word) ||
    isVerbHere(word, before, goesOn) ||
    DETERMINER.test(after) ||
    MODAL.test(before) ||
    (!goesOn && !mayEnd(word))
  );
}

const lastOf = (forms: readonly string[], length: number): string | undefined =>
  forms.findLast((form) => form.length === length);

/** A word as calls write it. */
export interface WrittenForm {
  stem: string;
  form: string;
}

const keyOf = ({ stem, form }: WrittenForm): string => `${stem} ${form}`;

/** The spellings of words in calls, by stem and length: two forms of a word rarely have the same length. */
export class WrittenForms {
  /** Of each stem, in the order in which they were last learned. */
  private readonly forms = new Map<string, string[]>();
  /** Those read in calls that are not stored yet; see `learnStored`. */
  private readonly fresh = new Map<string, WrittenForm>();
  /**
   * By number of a call, the places of words that are not joined by a space, from 1: negative where a phrase
   * ends before the word.
   */
  private readonly joints = new Map<number, Int32Array>();
  /** The calls whose adjectives stand behind their nouns. */
  private readonly french = new Set<number>();

  /** Learns the words of a call, whose fields the index numbers in the same order; returns its joints. */
  read({ language, fields }: TokenisedCall): Int32Array {
    const joints: number[] = [];
    let place = 0;
    const withoutNotes = withoutNoteLists(fields);
    for (const [f, { text, tokens }] of fields.entries()) {
      let [end, outside] = [0, false];
      for (const [i, token] of tokens.entries()) {
        place += 1;
        const [written, between] = [text.slice(token.start, token.end), text.slice(end, token.start)];
        if (this.learn({ stem: token.stem, form: written })) {
          const form = { stem: token.stem, form: this.wordFor(token.stem, written.length) };
          this.fresh.set(keyOf(form), form);
        }
        const afterOutside = outside;
        outside =
          token.start >= withoutNotes[f]!.text.length ||
          OUTSIDE.test(written) ||
          CUT_OFF.test(text.slice(token.end, token.end + 7)) ||
          (HYPHEN.test(text.charAt(token.start - 1)) && between.length !== 1) ||
          (language === 'en' && !HYPHEN.test(between) && isOutside(text, token, tokens[i + 1]));
        if (outside || afterOutside || /^[^ \u00a0\u2010\u2011-]$/.test(between)) joints.push(-place);
        else if (HYPHEN.test(between)) joints.push(place);
        ({ end } = token);
      }
    }
    return Int32Array.from(joints);
  }

  /** Keeps what was read of the call with that number; reusing a number replaces it. */
  put(number: number, language: AnalysedLanguage, joints: Int32Array): void {
    if (language === 'fr') this.french.add(number);
    else this.french.delete(number);
    this.joints.set(number, joints);
  }

  remove(number: number): void {
    this.joints.delete(number);
    this.french.delete(number);
  }

  /** Returns the forms read in calls that are not known to be stored. */
  notStored(): WrittenForm[] {
    return [...this.fresh.values()];
  }

  /** Learns a form that is stored, whoever has read it. */
  learnStored(form: WrittenForm): void {
    this.learn(form);
    this.fresh.delete(keyOf(form));
  }

  /**
   * Keeps abbreviations in capitals, and any other word in lower case; of several with one length, the last
   * is used. Returns whether none was written so before.
   */
  learn({ stem, form }: WrittenForm): boolean {
    let known = this.forms.get(stem);
    if (!known) this.forms.set(stem, (known = []));
    const [current, lower] = [lastOf(known, form.length), form.toLowerCase()];
    if (current === lower) return false;
    const kept = /^.\P{Lu}*$/u.test(form) ? lower : form;
    const at = known.indexOf(kept);
    if (at !== -1) known.push(...known.splice(at, 1));
    else known.push(flattenString(kept));
    return at === -1;
  }

  jointAt(number: number, place: number): Joint {
    const joints = this.joints.get(number);
    if (joints?.includes(-place - 1)) return null;
    return joints?.includes(place + 1) ? '-' : ' ';
  }

  /** Whether a word may be the last of a noun phrase of that call. */
  mayEnd(number: number, word: string): boolean {
    return this.french.has(number) || mayEnd(word.toLowerCase());
  }

  /** Whether a compound that begins with a word only says of what kind something is. */
  isPrefix(number: number, word: string): boolean {
    return !this.french.has(number) && isPrefix(word.toLowerCase());
  }

  /** Returns the spellings of all words, with their stems, and whether one may be two run together. */
  *words(): Generator<{ word: string; stem: string; glued: boolean }, void> {
    for (const [stem, forms] of this.forms)
      for (const word of forms)
        if (word === lastOf(forms, word.length))
          yield { word: word.toLowerCase(), stem, glued: GLUED.test(word) };
  }

  /** Returns the word; the stem if no call contained one of that length. */
  wordFor(stem: string, length: number): string {
    return lastOf(this.forms.get(stem) ?? [], length) ?? stem;
  }
}
