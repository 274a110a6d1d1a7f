import { DateTime } from 'luxon';
import { BRUSSELS, inBrussels } from '../../kernel/brussels.js';
import { CallContent, type Deadline } from './call-content.js';
import type { ParsedCall, Section } from './parsed-call.js';
import { COUNTRIES, countriesIn, countryAtStart, countryOf, MEMBER_STATES } from './countries.js';
import { sentenceBefore, THIRD_PARTIES, foldLine, foldText, foldTitle } from './visible-text.js';
import { statedRoleRules } from './role-rules.js';
import { statedLevels, trlInShort } from './requirements.js';
import { MINUTE_MS } from '../../kernel/durations.js';

/**
 * If no time is given, the programmes' rules say 17:00, Brussels time (Horizon Europe general annexes, A).
 */
const CLOSING_HOUR = 17;

function instantOf(parsed: ParsedCall['deadlines'][number]): DateTime {
  // A date without a time is the day as written, whatever its offset.
  const told = DateTime.fromISO(parsed.at, { setZone: true });
  if (!parsed.timeTold) {
    return DateTime.fromObject(
      { year: told.year, month: told.month, day: told.day, hour: CLOSING_HOUR },
      { zone: BRUSSELS },
    );
  }
  // External actions' deadlines jitter by seconds from day to day; no deadline is set to the second.
  return told.startOf('minute');
}

function kindOf(model: ParsedCall['deadlineModel'], count: number, index: number): Deadline['kind'] {
  if (model === 'multiple-cut-off') return 'cut-off';
  if (model === 'two-stage') return index === 0 ? 'stage-1' : 'stage-2';
  // Several dates without a model are cut-offs: nothing says that the second depends on the first.
  return count > 1 ? 'cut-off' : 'single';
}

/**
 * Returns all deadlines of a call, earliest first, each with its kind and its instant in UTC and in Brussels
 * time. A date without a time closes at 17:00 in Brussels; `timeTold: false` marks this as our rule, not the
 * source's word.
 */
export function deadlinesOf(parsed: Pick<ParsedCall, 'deadlines' | 'deadlineModel'>): Deadline[] {
  const instants = parsed.deadlines
    .map((d) => ({ timeTold: d.timeTold, at: instantOf(d).toUTC(), told: DateTime.fromISO(d.at).toUTC() }))
    // Of two for the same instant, the one with a stated time is kept, regardless of order.
    .sort((a, b) => a.at.toMillis() - b.at.toMillis() || Number(b.timeTold) - Number(a.timeTold));
  const distinct = instants.filter((d, i) => i === 0 || d.at.toMillis() !== instants[i - 1]!.at.toMillis());
  return distinct.map(({ at, timeTold, told }, i) => ({
    kind: kindOf(parsed.deadlineModel, distinct.length, i),
    at: at.toISO()!,
    timeTold,
    ...(timeTold && told.toMillis() !== at.toMillis() && { told: told.toISO()! }),
    brussels: inBrussels(at.toJSDate()),
  }));
}

type Place = NonNullable<CallContent['place']>;
type PlaceFields = Pick<ParsedCall, 'kind' | 'identifier' | 'title' | 'sections'>;

const MUST_BE = String.raw`(?:must|should|shall|have to|has to|need to)\s+be\s+(?:legally\s+)?(?:established|registered|based|located|incorporated)\s+in`;
const WHO = String.raw`(?:applicants?|(?:eligible\s+)?(?:organi[sz]ations?|participants?|beneficiaries|beneficiary)(?:\s+or\s+individuals)?)`;
/** The end of a list of countries: the sentence's end, or where the source ran the next one into it. */
const LIST = String.raw`([^.;\n]{2,700}?)(?=\.|;|\n|described in|$)`;

/**
 * "participation in this topic is limited to legal entities established in Member States, Norway and
 * Iceland".
 */
const LIMITED = new RegExp(
  String.raw`participation(?:\s+in\s+this\s+(?:topic|call|action))?\s+is\s+(?:limited|restricted)\s+to\s+(?:legal\s+)?entities\s+established\s+in\s+${LIST}`,
  'gi',
);
/** "Applicants must be established in Serbia". */
const APPLICANTS = new RegExp(String.raw`${WHO}\s+${MUST_BE}\s+${LIST}`, 'gi');
/**
 * What may precede "applicants" if all are meant: nothing, "all", "the", or a clause ending in a comma or
 * colon. Any other word, as in "lead applicants", may mean only some of them.
 */
const OF_ALL = /(?:^|[,:;])\s*(?:(?:all|each|every)\s+)?(?:of\s+)?(?:the\s+)?(?:eligible\s+)?$/i;
/** "At least one, preferably two, applicants must be". */
const OF_SOME = /\b(?:at least|minimum|one of|some of)\b/i;
/** The source runs headings into sentences: "Other Eligible ConditionsApplicants must". */
const GLUED = /[\p{Ll})]$/u;
/** The wording of the Commission's guidelines for applicants of external actions. */
const TAKES_PLACE = new RegExp(
  String.raw`\bactions?\s+(?:must|shall|should|will)\s+(?:take place|be implemented|be carried out)\s+in\s+${LIST}`,
  'gi',
);
/** A cascade call whose name says whom it is for, and possibly what for. */
const NAMED_FOR = new RegExp(String.raw`\b(?:established|registered|based|located)\s+in\s+(\S.*)$`, 'is');
const WHAT_FOR = /^(?:$|(?:for|to|that|who|which|with|under|working|developing)\b|[–—|.-]\s)/i;

/**
 * Words between the countries of a list. "Associated countries" alone is a changing list that we cannot spell
 * out; named ones are read.
 */
const BETWEEN = [
  /^[\s,:()]+/,
  /^(?:and|or|as well as|either|both|in|the|republic of)\s+/i,
  /^(?:one (?:or more )?of\s+)?the following (?:(?:additional )?associated )?countries\s*(?=[:(])/i,
  /^following (?:(?:additional )?associated )?countries\s*(?=[:(])/i,
  /^(?:one|more) of\s+/i,
  /^(?:countries|those) associated to [^(),]{3,80}(?=\()/i,
  /^associated countries\s*(?=:)/i,
];
const UNION =
  /^(?:an?\s+|(?:all\s+)?(?:the\s+)?(?:other\s+)?)(?:EU countries|(?:(?:EU|European Union)\s+)?Member States?)(?:\s+of\s+the\s+(?:EU|European Union))?(?![\p{L}-])/iu;

/** Reads the countries at the start of a text; `rest` is what follows them and the words in between. */
function readCountries(text: string): { codes: string[]; rest: string } {
  const codes = new Set<string>();
  let rest = text.trim();
  while (rest) {
    const union = UNION.exec(rest);
    const country = union ? null : countryAtStart(rest);
    const skipped = union || country ? null : BETWEEN.map((b) => b.exec(rest)).find((m) => m !== null);
    if (union) MEMBER_STATES.forEach((code) => codes.add(code));
    else if (country) codes.add(country.code);
    else if (!skipped) break;
    rest = rest.slice(union?.[0].length ?? country?.to ?? skipped![0].length);
  }
  return { codes: [...codes].sort(), rest };
}

/** Returns the countries of a list if only `end` follows; null if there are none, or if a word is unknown. */
function readList(list: string, end = /^$/): string[] | null {
  const { codes, rest } = readCountries(list);
  return codes.length && end.test(rest) ? codes : null;
}

const place = (kind: Place['kind'], countries: string[] | null, quote: string): Place[] =>
  countries ? [{ kind, countries, quote: quote.trim() }] : [];

const found = (
  kind: Place['kind'],
  form: RegExp,
  text: string,
  fits: (m: RegExpExecArray) => boolean = () => true,
): Place[] => [...text.matchAll(form)].filter(fits).flatMap((m) => place(kind, readList(m[1]!), m[0]));

/** Whether the requirement applies to all applicants, and to nobody else. */
function isOfAll(match: RegExpExecArray): boolean {
  const before = sentenceBefore(match);
  const begins = OF_ALL.test(before) || (GLUED.test(before) && /^\p{Lu}/u.test(match[0]));
  return begins && !OF_SOME.test(before) && !THIRD_PARTIES.test(before);
}

/**
 * Reads a source's list of participating countries, one per line; empty if one is unknown, as the list would
 * be too short.
 */
function fromList({ title, text }: Section): Place[] {
  if (!/^(?:participating\s+)?countries(?:\s+and\s+regions)?$/i.test(title)) return [];
  const codes = text.split('\n').map((line) => countryOf(line));
  return codes.every((code) => code !== null) ? place('established', [...new Set(codes)].sort(), text) : [];
}

/** A lake, gulf or river named after a country. */
const WATERS = /\b(?:gulf|golfe|golfo|lake|lac|lago|basin of the|bassin du)(?: (?:of|de|du|do|del))?\s*$/i;

/** The last part of such a reference is a country, or "Multi": EuropeAid/186514/DD/FPA/EG. */
const REFERENCE = /^EuropeAid\/\d+\/\w+\/\w+\/([A-Z]{2})$/;

/** An external action is for the countries in its name, otherwise for that in its reference. */
function ofExternalAction({ kind, identifier, title }: PlaceFields): Place[] {
  if (kind !== 'external-action') return [];
  const codes = countriesIn(title)
    .filter(({ from }) => !WATERS.test(title.slice(0, from)))
    .map(({ code }) => code);
  if (codes.length) return place('action', [...new Set(codes)].sort(), title);
  const code = REFERENCE.exec(identifier ?? '')?.[1];
  return code && COUNTRIES.includes(code) ? place('action', [code], identifier!) : [];
}

function fromName({ kind, title }: PlaceFields): Place[] {
  const named = kind === 'cascade' ? NAMED_FOR.exec(title) : null;
  return named ? place('established', readList(named[1]!, WHAT_FOR), title) : [];
}

/**
 * Returns where applicants must be established, or where the action takes place, if the call itself states it
 * beyond its programme's general rule; undefined if not, or if it names countries that cannot be spelt out
 * ("associated countries"). Two different statements concern different applicants, so neither is used.
 */
export function statedPlace(call: PlaceFields): CallContent['place'] {
  const texts = call.sections.map((s) => s.text);
  const said = [
    ...texts.flatMap((text) => [
      ...found('established', LIMITED, text),
      ...found('established', APPLICANTS, text, isOfAll),
    ]),
    ...call.sections.flatMap(fromList),
    ...(call.kind === 'external-action' ? texts.flatMap((text) => found('action', TAKES_PLACE, text)) : []),
    ...fromName(call),
  ];
  const [first, ...others] = said.length ? said : ofExternalAction(call);
  return others.every((o) => o.countries.join() === first?.countries.join()) ? first : undefined;
}

/** A title that is only a footnote is kept. */
const titleOf = (text: string): string => foldTitle(text) || foldLine(text);
const foldOrNull = (text: string | null): string | null => (text === null ? null : foldLine(text) || null);

/** A set of words: sources reorder them every time, which no reader would call a change. */
const asSet = (words: string[]): string[] => [...new Set(words.map(foldLine).filter(Boolean))].sort();

const setOrNone = (words: string[] | undefined): string[] | undefined => {
  const set = asSet(words ?? []);
  return set.length ? set : undefined;
};

/** Returns the fields of some kinds of calls only, folded like the rest and omitted if empty. */
function ofItsKind(
  parsed: ParsedCall,
): Pick<
  CallContent,
  'project' | 'parentTopic' | 'funder' | 'duration' | 'zones' | 'contractType' | 'mission' | 'crossCutting'
> {
  const { project, parentTopic } = parsed;
  const line = (text: string | undefined): string | undefined => foldOrNull(text ?? null) ?? undefined;
  return {
    project: project && {
      acronym: foldOrNull(project.acronym),
      name: foldOrNull(project.name),
      id: foldOrNull(project.id),
    },
    parentTopic: parentTopic && {
      identifier: foldOrNull(parentTopic.identifier),
      title: titleOf(parentTopic.title),
    },
    funder: line(parsed.funder),
    duration: line(parsed.duration),
    zones: setOrNone(parsed.zones),
    contractType: line(parsed.contractType),
    mission: line(parsed.mission),
    crossCutting: setOrNone(parsed.crossCutting),
  };
}

/** External actions' dates jitter by seconds from day to day; none is set to the second. */
const toTheMinute = (at: string): string =>
  new Date(Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS).toISOString();

/**
 * Applies our rules to what a source says: folds white space, sorts lists that are sets, adds kind and
 * instant to deadlines, and reads TRL, place and roles from the text. Pure, so that a better rule can be
 * replayed over everything ever parsed.
 */
export function normalise(parsed: ParsedCall): CallContent {
  const { opensAt, programme, ...rest } = parsed;
  const sections = parsed.sections
    .map((s) => ({ kind: s.kind, title: foldLine(s.title), text: foldText(s.text) }))
    .filter((s) => s.text);
  const [title, callTitle, identifier] = [
    titleOf(parsed.title),
    parsed.callTitle === null ? null : titleOf(parsed.callTitle) || null,
    foldOrNull(parsed.identifier),
  ];
  return CallContent.parse({
    ...rest,
    ...ofItsKind(parsed),
    title,
    callTitle,
    identifier,
    callIdentifier: foldOrNull(parsed.callIdentifier),
    programme: programme && { code: foldLine(programme.code), name: foldOrNull(programme.name) },
    destination: parsed.destination === null ? null : titleOf(parsed.destination) || null,
    divisions: asSet(parsed.divisions),
    typesOfAction: asSet(parsed.typesOfAction),
    keywords: asSet(parsed.keywords),
    alsoAt: asSet(parsed.alsoAt),
    budget: parsed.budget && { ...parsed.budget, years: asSet(parsed.budget.years) },
    sections,
    opensAt: opensAt === null ? null : toTheMinute(opensAt),
    deadlines: deadlinesOf(parsed),
    trl: trlInShort(statedLevels(sections)),
    place: statedPlace({ kind: parsed.kind, identifier, title, sections }),
    roleRules: statedRoleRules(sections),
  } satisfies CallContent);
}
