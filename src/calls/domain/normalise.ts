import { CallContent } from './call-content.js';
import { deadlinesOf } from './deadlines.js';
import type { ParsedCall } from './parsed-call.js';
import { statedPlace } from './place.js';
import { statedRoleRules } from './role-rules.js';
import { statedLevels, trlInShort } from './requirements.js';
import { foldLine, foldText, foldTitle } from './visible-text.js';
import { MINUTE_MS } from '../../kernel/durations.js';

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
