import { z } from 'zod';
import { bare, fold, stem } from '../../kernel/stem.js';
import { grouped } from '../../kernel/collections.js';
import { type HistoryProject, type Participant, staysIn } from './history-project.js';
import type { Claim, ClaimRule, TrackRecord } from '../../profiles/domain/track-record.js';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Returns the stems of a text. Projects are described in English. */
const stemsOf = (text: string): string[] => (text.match(WORD) ?? []).map((word) => stem(fold(word), 'en'));

/** A text searchable for phrases in any inflection: "fuel cells" holds "fuel cell". */
class StemmedText {
  private readonly known: Set<string>;
  private readonly joined: string;

  /** A phrase is never found across two parts. */
  constructor(parts: string[]) {
    const stems = parts.map(stemsOf);
    this.known = new Set(stems.flat());
    this.joined = ` ${stems.map((s) => s.join(' ')).join(' | ')} `;
  }

  holds(phrase: StemmedPhrase): boolean {
    // Most phrases fail here, without a search of the text.
    return (
      phrase.stems.length > 0 &&
      phrase.stems.every((s) => this.known.has(s)) &&
      this.joined.includes(` ${phrase.stems.join(' ')} `)
    );
  }
}

/** A phrase to search for, stemmed, with its original wording. */
class StemmedPhrase {
  readonly stems: string[];

  constructor(readonly text: string) {
    this.stems = stemsOf(text);
  }
}

const pic = z.string();
/** Why a project is claimed. */
export const ClaimReason = z.discriminatedUnion('by', [
  z.object({ by: z.literal('project'), pic, name: z.string().describe('its name in the track record') }),
  z.object({
    by: z.literal('rule'),
    pic,
    rule: z.number().int().describe('the number of the rule, from 1'),
    found: z.array(z.string()).describe('for each list of the rule, the entry found, and the city'),
  }),
  z.object({ by: z.literal('all'), pic }),
]);
export type ClaimReason = z.infer<typeof ClaimReason>;

/** A claimed project. `left`: all numbers that claim it have left it; it is shown but not counted. */
export interface ClaimedProject {
  project: HistoryProject;
  why: ClaimReason[];
  left: boolean;
}

const keyOf = (text: string): string =>
  bare(fold(text))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The texts of a project that rules compare, built on first use: most rules fail before the text is needed.
 */
class Facts {
  private stemmed: StemmedText | undefined;
  private subjectKeys: Set<string> | undefined;

  constructor(readonly project: HistoryProject) {}

  get text(): StemmedText {
    const { title, objective, topics } = this.project;
    this.stemmed ??= new StemmedText([title, objective ?? '', ...topics.map((t) => t.title ?? '')]);
    return this.stemmed;
  }

  get subjects(): Set<string> {
    this.subjectKeys ??= new Set(this.project.subjects.map(keyOf));
    return this.subjectKeys;
  }
}

/** Names in a track record: project numbers, and acronyms in any case. */
class Names {
  private readonly known: Map<string, { name: string; at: number }[]>;

  constructor(names: string[]) {
    this.known = grouped(
      names.map((name, at) => ({ name, at })),
      ({ name }) => [name.toLowerCase()],
    );
  }

  /** Returns those that mean a project, in their order. */
  forProject({ id, acronym }: HistoryProject): string[] {
    const byId = (this.known.get(id) ?? []).filter(({ name }) => name === id);
    const byAcronym = id === acronym.toLowerCase() ? [] : (this.known.get(acronym.toLowerCase()) ?? []);
    return [...byId, ...byAcronym].sort((a, b) => a.at - b.at).map(({ name }) => name);
  }
}

/** Returns what satisfies a condition; null if it is not met. */
type Condition = (facts: Facts, pic: string) => string | null;

/** Returns a number's participations in a project: those still active, or else those that ended. */
function partsOf({ participants }: HistoryProject, pic: string): Participant[] {
  const all = participants.filter((p) => p.pic === pic);
  const staying = all.filter(staysIn);
  return staying.length ? staying : all;
}

function inCity(city: string): Condition {
  const key = ` ${keyOf(city)} `;
  return ({ project }, pic) =>
    partsOf(project, pic).find((p) => p.city !== null && ` ${keyOf(p.city)} `.includes(key))?.city ?? null;
}

function withWords(words: string[]): Condition {
  const phrases = words.map((w) => new StemmedPhrase(w));
  return (facts) => phrases.find((p) => facts.text.holds(p))?.text ?? null;
}

const underTopics =
  (prefixes: string[]): Condition =>
  ({ project }) =>
    prefixes.find((prefix) =>
      project.topics.some((t) => t.code.toUpperCase().startsWith(prefix.toUpperCase())),
    ) ?? null;

function ofSubjects(subjects: string[]): Condition {
  const keys = subjects.map((subject) => ({ subject, key: keyOf(subject) }));
  return (facts) => keys.find(({ key }) => facts.subjects.has(key))?.subject ?? null;
}

const begun =
  (from: string | undefined, to: string | undefined): Condition =>
  ({ project: { start } }) =>
    start !== null && (from === undefined || start >= from) && (to === undefined || start <= to)
      ? start
      : null;

/** Returns the conditions of a rule, cheapest first. */
function conditionsOf({ city, words, topics, subjects, from, to }: ClaimRule): Condition[] {
  return [
    ...(from !== undefined || to !== undefined ? [begun(from, to)] : []),
    ...(city !== undefined ? [inCity(city)] : []),
    ...(topics ? [underTopics(topics)] : []),
    ...(subjects ? [ofSubjects(subjects)] : []),
    ...(words ? [withWords(words)] : []),
  ];
}

/** Returns what satisfies each condition; null if any condition is not met. */
function met(conditions: Condition[], facts: Facts, pic: string): string[] | null {
  const found: string[] = [];
  for (const condition of conditions) {
    const one = condition(facts, pic);
    if (one === null) return null;
    found.push(one);
  }
  return found;
}

function reasonsOf(claim: Claim): (facts: Facts) => ClaimReason[] {
  const { pic, all } = claim;
  const [projects, except] = [new Names(claim.projects), new Names(claim.except)];
  const rules = claim.rules.map(conditionsOf);
  return (facts) => {
    if (!facts.project.participants.some((p) => p.pic === pic) || except.forProject(facts.project).length)
      return [];
    const named = projects
      .forProject(facts.project)
      .map((name): ClaimReason => ({ by: 'project', pic, name }));
    const ruled = rules.flatMap((conditions, i): ClaimReason[] => {
      const found = met(conditions, facts, pic);
      return found ? [{ by: 'rule', pic, rule: i + 1, found }] : [];
    });
    return [...named, ...ruled, ...(all ? [{ by: 'all' as const, pic }] : [])];
  };
}

/**
 * Returns what finds out whether a track record claims a project, with all the reasons why; a project without
 * a reason is not claimed.
 */
export function claimsBy(trackRecord: TrackRecord): (project: HistoryProject) => ClaimedProject[] {
  const claims = trackRecord.map(reasonsOf);
  return (project) => {
    const facts = new Facts(project);
    const why = claims.flatMap((reasons) => reasons(facts));
    return why.length
      ? [{ project, why, left: !why.some(({ pic }) => partsOf(project, pic).some(staysIn)) }]
      : [];
  };
}

/**
 * Returns the names in a track record that match no claimed project: misspelt, under another number, or from
 * a programme that was not imported.
 */
export function unknownNames(
  trackRecord: TrackRecord,
  claimed: ClaimedProject[],
): { pic: string; name: string }[] {
  const found = new Set(
    claimed.flatMap((c) => c.why.flatMap((w) => (w.by === 'project' ? [`${w.pic} ${w.name}`] : []))),
  );
  return trackRecord
    .flatMap(({ pic, projects }) => projects.map((name) => ({ pic, name })))
    .filter(({ pic, name }) => !found.has(`${pic} ${name}`));
}

/** Returns the participations of the numbers that claim a project: the active ones if any, otherwise all. */
export function ownParts({ project, why }: ClaimedProject): Participant[] {
  const all = [...new Set(why.map((w) => w.pic))].flatMap((pic) => partsOf(project, pic));
  return all.some(staysIn) ? all.filter(staysIn) : all;
}
