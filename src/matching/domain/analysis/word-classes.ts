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
export function isApart(word: string): boolean {
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
export function isVerbHere(word: string, before: string, goesOn: boolean): boolean {
  if (EITHER.has(word)) return BEFORE_VERB.test(before) || AFTER_PLURAL.test(before);
  return word.endsWith('s') && EITHER.has(word.slice(0, -1)) && (goesOn || BEFORE_VERB.test(before));
}

/** Begins a compound that says of what kind something is: "non-food". */
export const isPrefix = (word: string): boolean =>
  /^(?:anti|cross|eu|inter|intra|multi|non|peri|post|pre|semi|sub)$/.test(word);

/** Whether a word (in lower case) may end a noun phrase: "materials", and neither "raw" nor "derived". */
export const mayEnd = (word: string): boolean =>
  NOMINAL.has(word) ||
  !(
    word.length === 1 ||
    ADJECTIVES.has(word) ||
    ADJECTIVE_ENDING.test(word) ||
    (word.endsWith('ed') && !NO_PARTICIPLE.test(word))
  );
