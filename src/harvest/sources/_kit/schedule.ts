import { ShapeError } from '../../../kernel/errors.js';
import { datesIn, type FoundDate, inBrussels, plain, withYears, yearsIn } from './dates.js';
import type { ParsedCall } from '../../../calls/domain/parsed-call.js';

/** The dates found under labels, by meaning. */
export interface Schedule {
  opens: FoundDate[];
  /** The deadline of a pre-proposal, an outline, or a registration before the proposal. */
  firstStage: FoundDate[];
  secondStage: FoundDate[];
  cutOffs: FoundDate[];
  extended: FoundDate[];
  closes: FoundDate[];
}

type Role = keyof Schedule | 'due';

/**
 * Words near a date that is no deadline of the call: later steps of proposals, other editions, one country's
 * rules.
 */
const NOT_OURS =
  /result|jury|evaluat|webinair|webinar|\binform|info ?day|selection|decision|notif|\blabel|\bnational(e|es|ux)?\b(?! de la recherche)|(?<!for )projects? (can )?(start|begin|end|finish)|(start|end)( date)? of (the )?projects?|(debut|demarrage|fin) d(es|u) projets?|reporting|\b(final|interim|progress|annual) report|\brapports?\b|eligib\w* period|period of eligib|expressions? of interest|consensus|rebuttal|droit de reponse|precedent|previous|last (call|edition)|\b(initial|original|old|former) (deadline|closing)|\bancienne (date|cloture)|(limite|cloture|date) (initiale|d'origine)|annou?nce|publi|signature|\bvisio|reunion|meeting|brokerage|matchmaking|question/;
const OPENING =
  /ouverture|ouvre|ouvert|opening|\bopens?\b|\bstart(s| date)?\b|apply from|lancement|launch|a partir d/;
const FIRST =
  /pre-? ?(proposition|proposal|depot)|outline|\bpo\b|(etape|stage|phase|step) (1|i)\b|(1re|1ere|premiere|first|1st) (etape|phase|stage|step)|letters? of intent|lettres? d'intention|enregistrement|registration|short proposal/;
const SECOND =
  /propositions? (detaille|complete)|dossiers? complet|full[- ](project |application)?(proposal)?|\bfpp\b|(etape|stage|phase|step) (2|ii)\b|(2e|2eme|deuxieme|seconde|second|2nd) (etape|phase|stage|step)/;
const CUT_OFF =
  /cut-? ?off|(session|vague|releve|collection) (n° ?)?\d|(\d(re|ere|e|eme|st|nd|rd|th)|premiere|deuxieme|seconde|troisieme|quatrieme|derniere|first|second|third|fourth|last) (session|vague|releve|collection)/;
const EXTENDED = /\breport(?!s\b)|prolong|\bextend|extension|nouvelle date|new deadline/;
/** "Dépôt des dossiers avant le", "à déposer jusqu'au", "submit proposals before". */
const BEFORE = String.raw`\b(?:depots?|soumissions?|remises?|receptions?|envois?|candidatures?|(?:a|de) (?:deposer|soumettre|envoyer|transmettre)|etre (?:depose|soumis|envoye|transmis)\w*|submissions?|submit(?:ted)?|apply)(?: (?:d'|des?|du|of|la|les?|the|your|full|dossiers?|projets?|candidatures?|(?:pre-? ?)?propositions?|(?:pre-?)?proposals?|projects?|applications?|complete?s?|detaillees?|en ligne|online)){0,8} (?:avant|jusqu'(?:au|a)|before|by)`;
const CLOSING = new RegExp(
  String.raw`clotur|ferme|dates? limites?|limite de (depot|soumission)|deadline|clos(es?|ing|ure)\b|\bends?\b|until|end date|au plus tard|jusqu'a|\bfin\b|${BEFORE}\b`,
);

/** "Dépôt / Remise des dossiers :" and nothing else: the last day, if no other is given. */
const DUE = new RegExp(
  String.raw`^[^a-z]*(?:dates? (?:de |d'))?(?:(?:depots?|remises?|receptions?|envois?|soumissions?)(?: ?/ ?| et | ou | ))+` +
    String.raw`(?:des |du |d'un |de la |de l'|de |d')(?:dossiers?|candidatures?|projets?|propositions?|demandes?|offres?)` +
    String.raw`(?: (?:complete?s?|de (?:candidature|demande|projet|subvention)s?|d'aide|en ligne))*[\s:|-]*(?:le )?$`,
);

const ROLES: [RegExp, Role][] = [
  [OPENING, 'opens'],
  [CUT_OFF, 'cutOffs'],
  [FIRST, 'firstStage'],
  [SECOND, 'secondStage'],
  [EXTENDED, 'extended'],
  [CLOSING, 'closes'],
  [DUE, 'due'],
];

/** "ouvert jusqu'au", "open until": the date that follows is the last day. */
const OPEN_UNTIL = /\b(ouverte?s?|open)\b.{0,40}\b(until|till|jusqu'(au|a))\b/;
/** The time for proposals, where both of its ends follow. */
const PERIOD =
  /(periode|dates?|calendrier) (de |du |des |d')?(depot|soumission|candidature|appel)|(depot|soumission) des (dossiers|projets|candidatures|propositions)|(submission|application|call) (period|window|dates)/;

/** Returns what a date says; `ends` if it is the last of a range. */
function roleOf(label: string, ends: boolean): Role | null {
  const words = label.toLowerCase();
  if (NOT_OURS.test(words)) return null;
  const role = ROLES.find(([form]) => form.test(words))?.[1] ?? null;
  if (ends && (role ?? 'due') === 'due' && PERIOD.test(words)) return 'closes';
  return role === 'opens' && (ends || OPEN_UNTIL.test(words)) ? 'closes' : role;
}

/** What may surround a date without being text about it. */
const NOTHING =
  /^(?:[\s.,;:()*•|-]|\b(?:le|on|by|from|du|before|avant|au|between|entre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[a-z]{2,6}day)\b)*$/i;
/** Matches the text between the two dates of a range, without surrounding white space. */
const TO = /^[\s,(]*(?:-|\b(?:au|a|jusqu'au|to|until|till|and|et)\b)\s*(?:le ?)?(?:[a-z]{2,6}d[ia]y?)?$/i;
/** Only "between … and …" is a range, not "deadlines: … and …". */
const AND = /^[\s,(]*(?:and|et)\b/i;
const BETWEEN = /\b(?:between|entre)\b/i;
/** Matches the text between two dates that have one label. */
const JOINS = /^(?:[,;&]|\b(?:and|et|puis)\b)\s*(?:le ?)?(?:[a-z]{2,6}d[ia]y?)?$/i;
const STAGE = `${CUT_OFF.source}|${FIRST.source}|${SECOND.source}`;
const IS_STAGE = new RegExp(STAGE, 'i');
/** What a date is, after it: "15 June 2027 (first stage), 1 December 2027 (second stage)". */
const STAGE_NOTE = new RegExp(
  String.raw`^\s*(?:- ?|\()?(?:(?:for|pour|the|la|les?) |l')*(?:${STAGE})[^().;,:|-]{0,40}?\)?(?=\s*(?:$|[.,;&]|\b(?:and|et|puis)\b))`,
  'i',
);
const NOTE = /^\s*\([^()|]{1,60}\)/;
const noteIn = (gap: string): string => (STAGE_NOTE.exec(gap) ?? NOTE.exec(gap))?.[0] ?? '';

/** What may stand between a label and its date. */
const LAST_MARKS = /(?<![\s,(])[\s,(]+$/;
const WEEKDAY = /(?<![a-z])[a-z]{2,6}d[ia]y?$/i;
const ARTICLE = /\b(?:le|on|du)$/i;
/** How a label ends right before its date; otherwise the words are a sentence that contains a date. */
const LEADS_TO = new RegExp(
  String.raw`(?:[:|-]|${BEFORE}|\b(?:clotur\w*|clos\w*|ends?|ferme\w*|ouvr\w*|ouvert\w*|opens?|deadline|limite|tard|until|from|reporte\w*|prolonge\w*|extended)\b(?: (?:est|is|sera|fixee?|prevue?|au|le|on|by|to|until|jusqu'au|entre|between|from|of|the|this|call|for|de|du|des|l'appel|cet|appel|a|projets|proposals|applications|candidatures|depots?|soumissions?)){0,8})$`,
  'i',
);

function leadsToDate(ahead: string): boolean {
  const label = ahead.replace(LAST_MARKS, '').replace(WEEKDAY, '').trimEnd();
  return LEADS_TO.test(label) || LEADS_TO.test(label.replace(ARTICLE, '').trimEnd());
}

/** What leads to a range, in a sentence too: "Soumission des projets du … au …". */
const FROM = /\b(?:du|from|between|entre le)\s*$/i;

const LONGEST_LABEL = 110;
const isShort = (label: string): boolean =>
  label.trim().length <= LONGEST_LABEL && !/[.!?]\s+\S/.test(label.trim());

/** "Deadline: first stage 15 June 2027, second stage …": nothing marks where the date begins. */
const UNMARKED_STAGE =
  /(?<=[:,;]|\b(?:and|et|deadlines?|limites?)) (?:(?:1re|1ere|premiere|first|1st|2e|2eme|deuxieme|seconde|second|2nd) (?:etape|phase|stage|step)|(?:etape|stage|phase|step) (?:[12]|ii?)\b)(?= (?:le |on |by )?\d)/gi;

function withMarks(line: string): string {
  const label = line.slice(0, Math.max(0, line.search(UNMARKED_STAGE))).toLowerCase();
  return CLOSING.test(label) && !NOT_OURS.test(label) ? line.replace(UNMARKED_STAGE, '$&:') : line;
}

/** "15 June 2027 (extended from 1 June 2027)": the date that follows is the one that was. */
const WAS = /\b(?:from|du)(?: [a-z]{2,6}d[ia]y?)? *$/i;

interface Labelled {
  label: string;
  date: FoundDate;
  /** Of a range, whether it is its first or its last date. */
  begins: boolean;
  ends: boolean;
}

/**
 * Returns the dates of a line with their labels: before the date, after it ("18 June 2026: Call opens"), or
 * on the line before.
 */
function labelled(line: string, lineBefore: string): Labelled[] {
  const dates = datesIn(line);
  const gaps = [
    ...dates.map((d, i) => line.slice(dates[i - 1]?.end ?? 0, d.start)),
    line.slice(dates.at(-1)?.end ?? 0),
  ];
  const between = (i: number): string => (i > 0 && i < dates.length ? gaps[i]!.trim() : '');
  const spans = (i: number): boolean =>
    TO.test(between(i)) && (!AND.test(between(i)) || BETWEEN.test(gaps[i - 1]!));
  const dateFirst = NOTHING.test(gaps[0]!);
  const notes = dates.map((_, i) => (dateFirst ? '' : noteIn(gaps[i + 1]!)));
  const goesOn = (i: number): boolean =>
    spans(i) ||
    JOINS.test(
      between(i)
        .slice(notes[i - 1]?.trimStart().length)
        .trimStart(),
    );
  const firstOf = (i: number): number => (goesOn(i) ? firstOf(i - 1) : i);
  const lastOf = (i: number): number => (goesOn(i + 1) ? lastOf(i + 1) : i);
  const alone = dateFirst && gaps.every((gap, i) => NOTHING.test(gap) || goesOn(i));
  const heads = lineBefore.split(' | ');
  return dates.flatMap((date, i): Labelled[] => {
    const ahead = gaps[firstOf(i)]!;
    const label = alone
      ? heads.length === dates.length
        ? heads[i]!
        : lineBefore
      : dateFirst
        ? gaps[lastOf(i) + 1]!
        : ahead + (firstOf(i) < i || (STAGE_NOTE.test(notes[i]!) && !IS_STAGE.test(ahead)) ? notes[i]! : '');
    const ranges = spans(i) || spans(i + 1);
    return isShort(label) && (dateFirst || leadsToDate(ahead) || (ranges && FROM.test(ahead)))
      ? [{ label, date, begins: spans(i + 1), ends: spans(i) }]
      : [];
  });
}

/**
 * The most dates in a text. A page with a line per country has about sixty, and the Brussels time is computed
 * for each.
 */
const MOST_DATES = 500;

/** Returns the dates in a text that have a label stating their meaning. Dates in sentences are ignored. */
export function scheduleOf(text: string): Schedule {
  const schedule: Record<Role, FoundDate[]> = {
    opens: [],
    firstStage: [],
    secondStage: [],
    cutOffs: [],
    extended: [],
    closes: [],
    due: [],
  };
  let [before, dates] = ['', 0];
  for (const told of plain(text).split('\n')) {
    if (yearsIn(told) === 0) {
      before = told;
      continue;
    }
    const line = withMarks(withYears(told));
    dates += yearsIn(line);
    if (dates > MOST_DATES) throw new ShapeError(`the text tells more than ${MOST_DATES} dates`);
    let stage: 'firstStage' | 'secondStage' | null = null;
    for (const { label, date, begins, ends } of labelled(line, before)) {
      const role = roleOf(label, begins || ends);
      // "Extended from … to …" names the deadline that was, not an opening.
      if (!role || (role === 'extended' && (begins || (!ends && WAS.test(label))))) continue;
      // "Pre-proposals: 1 June 2027 (extended to 15 June 2027)": that stage alone.
      if (role === 'extended' && stage) schedule[stage].splice(-1, 1, date);
      else schedule[begins ? 'opens' : role].push(date);
      if (role === 'firstStage' || role === 'secondStage') stage = role;
    }
    // A line with a date of its own is not a label for another.
    before = datesIn(line).length ? '' : line;
  }
  const { due, ...told } = schedule;
  return told.closes.length ? told : { ...told, closes: due };
}

type Dates = Pick<ParsedCall, 'opensAt' | 'deadlines' | 'deadlineModel'>;

const earliest = (dates: FoundDate[]): FoundDate | undefined =>
  [...dates].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];

/** Returns each day once, with its time if any of the dates has one. */
function eachDayOnce(dates: FoundDate[], all: FoundDate[]): FoundDate[] {
  const days = [...new Set(dates.map((d) => d.day))].sort();
  return days.map(
    (day) => [...dates, ...all].find((d) => d.day === day && d.timeTold) ?? dates.find((d) => d.day === day)!,
  );
}

/**
 * Returns the deadlines of the first and second stage. The date for full proposals may lack that name: then
 * it is the plain deadline, if a later one is given. A second stage without a date yet is absent.
 */
function stages({ firstStage, secondStage, closes, extended }: Schedule): FoundDate[] {
  const first = earliest(firstStage)!;
  const later = [...extended, ...closes].filter((d) => d.day > first.day);
  const second = earliest(secondStage.filter((d) => d.day > first.day)) ?? earliest(later);
  return [first, ...(second ? [second] : [])];
}

function chosen(schedule: Schedule): { dates: FoundDate[]; model: ParsedCall['deadlineModel'] } {
  const { firstStage, secondStage, cutOffs, extended, closes } = schedule;
  if (cutOffs.length) return { dates: [...cutOffs, ...closes, ...extended], model: 'multiple-cut-off' };
  if (firstStage.length) return { dates: stages(schedule), model: 'two-stage' };
  return { dates: extended.length ? extended : [...secondStage, ...closes], model: null };
}

/**
 * Returns a call's dates. Dates not given are absent: a month, a season or a guess never becomes a deadline.
 */
export function datesOf(schedule: Schedule): Dates {
  const { dates, model } = chosen(schedule);
  // A "start" after the last deadline is that of the projects.
  const opens = earliest(
    schedule.opens.filter(({ day }) => !dates.length || dates.some((d) => d.day >= day)),
  );
  const all = [
    ...schedule.closes,
    ...schedule.extended,
    ...schedule.firstStage,
    ...schedule.secondStage,
    ...schedule.cutOffs,
  ];
  return {
    opensAt: opens ? (opens.timeTold ? opens.at : inBrussels(opens.day)) : null,
    deadlineModel: model,
    deadlines: eachDayOnce(dates, all).map(({ at, timeTold }) => ({ at, timeTold })),
  };
}

/** Reads a bare date range, "02/04/2026 - 04/06/2026": opening, then closing. A single date may be either. */
export function spanOf(text: string): Pick<Schedule, 'opens' | 'closes'> {
  const dates = datesIn(withYears(plain(text)));
  return dates.length === 2 ? { opens: [dates[0]!], closes: [dates[1]!] } : { opens: [], closes: [] };
}
