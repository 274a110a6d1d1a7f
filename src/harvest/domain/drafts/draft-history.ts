import { actionCodes } from '../../../calls/domain/action-code.js';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { withoutFootnotes, withoutNoteLists } from '../../../calls/domain/requirements.js';
import { brusselsDate } from '../../../kernel/brussels.js';

/** What of a topic is compared. */
const DRAFT_FIELDS = ['title', 'budgetEur', 'deadlineDate', 'typeOfAction', 'text'] as const;
type DraftField = (typeof DRAFT_FIELDS)[number];
type Value = string | number | string[] | null;

/**
 * How a topic differs between two versions of a draft, or between a draft and what was published. `key` is
 * its identifier, of one that was dropped the old one; `before` and `after` of a merged, split or renumbered
 * one are identifiers.
 */
export type TopicChange = Extract<DraftDifference, { kind: 'changed' }>;
export type DraftDifference = { key: string } & (
  | { kind: 'changed'; field: DraftField; before: Value; after: Value }
  | { kind: 'added' | 'dropped'; title: string }
  | { kind: 'renumbered' | 'merged' | 'split'; before: string[]; after: string[] }
);

type Topic = Pick<
  CallContent,
  'identifier' | 'title' | 'sections' | 'budget' | 'deadlines' | 'typesOfAction'
>;

/** The text without footnotes, which a portal mixes with it and a draft has elsewhere. */
const textOf = ({ sections }: Pick<Topic, 'sections'>): string =>
  withoutNoteLists(sections)
    .filter((s) => s.kind !== 'conditions')
    .map((s) => withoutFootnotes(s.text))
    .join('\n');

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Three words in a row: whole sentences share them, subjects alone do not. */
function triplesOf(topic: Topic): Set<string> {
  const words = wordsOf(textOf(topic));
  return new Set(words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`));
}

const shared = (a: Set<string>, b: Set<string>): number => [...a].filter((x) => b.has(x)).length;

/** How alike two texts are, from 0 to 1. */
const likeness = (a: Set<string>, b: Set<string>): number =>
  (2 * shared(a, b)) / Math.max(a.size + b.size, 1);

/** How much of `a` stands in `b`, from 0 to 1. */
const within = (a: Set<string>, b: Set<string> | undefined): number =>
  b ? shared(a, b) / Math.max(a.size, 1) : 0;

/**
 * Topics with other identifiers are the same from this likeness on. Of the drafts of five parts of a work
 * programme, those renumbered had 1.00, and any others 0.73 at most.
 */
const SAME = 0.8;
/**
 * A topic went into another if so much of its text stands there, and so much more than before: 0.98 and 0.85
 * at least in those drafts, and otherwise at most 0.87 and 0.01.
 */
const GONE_INTO = 0.8;
const MORE = 0.5;

const days = ({ deadlines }: Topic): string[] => deadlines.map((d) => brusselsDate(new Date(d.at)));

export const valuesOf = (topic: Topic): Record<DraftField, Value> => ({
  title: topic.title,
  budgetEur: topic.budget?.total ?? null,
  deadlineDate: days(topic),
  typeOfAction: actionCodes(topic.typesOfAction)[0] ?? topic.typesOfAction[0] ?? null,
  text: textOf(topic),
});

/** Drafts state millions with two decimals. */
const ROUNDED = 5_001;

/** The portal states the second stage only later: what one side does not say has not moved. */
const sameDays = (before: string[], after: string[]): boolean =>
  before.every((day, i) => i >= after.length || day === after[i]);

function sameValue(field: DraftField, before: Value, after: Value): boolean {
  if (field === 'deadlineDate') return sameDays(before as string[], after as string[]);
  if (field === 'budgetEur')
    return (
      before === after ||
      (before !== null && after !== null && Math.abs(Number(before) - Number(after)) < ROUNDED)
    );
  return wordsOf(String(before)).join(' ') === wordsOf(String(after)).join(' ');
}

/** Returns the fields of a topic that differ and are stated on both sides. */
export function topicChanges(key: string, before: Topic, after: Topic): TopicChange[] {
  const [from, to] = [valuesOf(before), valuesOf(after)];
  return DRAFT_FIELDS.filter(
    (field) =>
      String(from[field] ?? '') && String(to[field] ?? '') && !sameValue(field, from[field], to[field]),
  ).map((field) => ({ kind: 'changed', key, field, before: from[field], after: to[field] }));
}

interface Read<T extends Topic> {
  topic: T;
  id: string;
  triples: Set<string>;
}

const read = <T extends Topic>(topics: readonly T[]): Map<string, Read<T>> =>
  new Map(
    topics.map((topic) => [
      topic.identifier!.toLowerCase(),
      { topic, id: topic.identifier!, triples: triplesOf(topic) },
    ]),
  );

/** Topics by identifier and, where that fails, by likeness: what became of each. */
interface Paired<A extends Topic, B extends Topic> {
  same: { before: A; after: B }[];
  renumbered: { before: A; after: B }[];
  /** `before` went into `after`, which was there already or is new. */
  merged: { before: A; after: B }[];
  /** `after` came out of `before`, which is still there. */
  split: { before: A; after: B }[];
  dropped: A[];
  added: B[];
}

/** Pairs topics of two versions, each with an identifier. */
export function paired<A extends Topic, B extends Topic>(
  before: readonly A[],
  after: readonly B[],
): Paired<A, B> {
  const [old, now] = [read(before), read(after)];
  const gone = new Map([...old].filter(([id]) => !now.has(id)));
  const fresh = new Map([...now].filter(([id]) => !old.has(id)));
  const pairs: Paired<A, B> = {
    same: [...old].flatMap(([id, a]) => {
      const b = now.get(id);
      return b ? [{ before: a.topic, after: b.topic }] : [];
    }),
    renumbered: [],
    merged: [],
    split: [],
    dropped: [],
    added: [],
  };
  const alike = [...gone.values()]
    .flatMap((a) => [...fresh.values()].map((b) => ({ a, b, like: likeness(a.triples, b.triples) })))
    .filter(({ like }) => like >= SAME)
    .sort((x, y) => y.like - x.like);
  for (const { a, b } of alike) {
    if (!gone.has(a.id.toLowerCase()) || !fresh.has(b.id.toLowerCase())) continue;
    pairs.renumbered.push({ before: a.topic, after: b.topic });
    gone.delete(a.id.toLowerCase());
    fresh.delete(b.id.toLowerCase());
  }
  for (const a of gone.values()) {
    const into = mostlyIn(a, now, old);
    if (into) pairs.merged.push({ before: a.topic, after: into.topic });
    else pairs.dropped.push(a.topic);
  }
  for (const b of fresh.values()) {
    const from = mostlyIn(b, old, now);
    if (from && now.has(from.id.toLowerCase())) pairs.split.push({ before: from.topic, after: b.topic });
    else if (!pairs.merged.some(({ after: to }) => to === b.topic)) pairs.added.push(b.topic);
  }
  return pairs;
}

/**
 * Returns the topic of `there` that has most of this one's text, and had little of it in the other version.
 */
function mostlyIn<T extends Topic>(
  { triples }: Read<Topic>,
  there: Map<string, Read<T>>,
  otherwise: Map<string, Read<Topic>>,
): Read<T> | null {
  const found = [...there].filter(([id, { triples: whole }]) => {
    const share = within(triples, whole);
    return share >= GONE_INTO && share - within(triples, otherwise.get(id)?.triples) >= MORE;
  });
  return found.length === 1 ? found[0]![1] : null;
}

/** Returns how topics differ from one version to another. */
export function differencesOf(before: readonly Topic[], after: readonly Topic[]): DraftDifference[] {
  const { same, renumbered, merged, split, dropped, added } = paired(before, after);
  const moved = (
    kind: 'renumbered' | 'merged' | 'split',
    pairs: { before: Topic; after: Topic }[],
    ids: (a: string, b: string) => { before: string[]; after: string[] },
  ): DraftDifference[] =>
    pairs.map(({ before: a, after: b }) => ({
      kind,
      key: b.identifier!,
      ...ids(a.identifier!, b.identifier!),
    }));
  return [
    ...moved('renumbered', renumbered, (a, b) => ({ before: [a], after: [b] })),
    ...moved('merged', merged, (a, b) => ({ before: [...new Set([b, a])], after: [b] })),
    ...moved('split', split, (a, b) => ({ before: [a], after: [a, b] })),
    ...dropped.map(({ identifier, title }) => ({ kind: 'dropped' as const, key: identifier!, title })),
    ...added.map(({ identifier, title }) => ({ kind: 'added' as const, key: identifier!, title })),
    ...[...same, ...renumbered].flatMap(({ before: a, after: b }) => topicChanges(b.identifier!, a, b)),
  ];
}

/** A version of a draft, put before its committee on that day. */
export interface DraftPlace {
  document: string;
  version: number;
  day: string;
}

export interface DraftState extends DraftPlace {
  seenAt: Date;
  content: CallContent;
}

/** A step from the first draft to the call: what changed since the step before. */
export interface DraftStep {
  day: string;
  /** The draft; null for the publication. */
  draft: Pick<DraftState, 'document' | 'version'> | null;
  /** Its identifier in the step before, if that was another. */
  renumberedFrom: string | null;
  changes: TopicChange[];
}

/** How a topic has changed since its first draft. */
export interface DraftSummary {
  since: string;
  deadlineMoves: number;
  /** The last total budget in relation to the first; null if one is unknown or they are equal. */
  budget: number | null;
  renumbered: boolean;
  renamed: boolean;
  /** Whether it became another type of action. */
  retyped: boolean;
}

/** What a draft, put before its committee on that day, would change in a published call. */
export interface DraftedChange extends DraftPlace {
  changes: TopicChange[];
}

/** From the first draft to the call. */
export interface DraftHistory {
  /** Oldest first. */
  steps: DraftStep[];
  summary: DraftSummary;
}

/** A call that a topic of a draft went into, with another identifier. */
export interface MergedInto {
  callId: string;
  identifier: string;
  title: string;
}

/**
 * What drafts say that is new of a call: `would` change it, although it is published; `changed`, `dropped` or
 * `merged` it, while it is a draft; or it is `published`. `at`: when that was read.
 */
export type DraftNews = DraftPlace & { at: Date } & (
    | { kind: 'would' | 'changed'; changes: TopicChange[] }
    | { kind: 'dropped' }
    | { kind: 'merged'; into: MergedInto }
    | { kind: 'published'; summary: DraftSummary | null }
  );

/** Returns the steps of a topic, oldest first; `published` is what its publisher first said. */
export function historyOf(
  states: readonly DraftState[],
  published: { day: string; content: CallContent } | null,
): DraftStep[] {
  const all = [
    ...states.map(({ document, version, day, content }) => ({ day, content, draft: { document, version } })),
    ...(published ? [{ ...published, draft: null }] : []),
  ];
  return all.map(({ day, content, draft }, i) => {
    const before = all[i - 1]?.content;
    const renumbered = before && before.identifier?.toLowerCase() !== content.identifier?.toLowerCase();
    return {
      day,
      draft,
      renumberedFrom: renumbered ? before.identifier : null,
      changes: before ? topicChanges(content.identifier ?? '', before, content) : [],
    };
  });
}

/** Sums up steps; null if there is but one. */
export function summaryOf(steps: readonly DraftStep[]): DraftSummary | null {
  const [first, ...later] = steps;
  if (!first || later.length === 0) return null;
  const of = (field: TopicChange['field']): TopicChange[] =>
    later.flatMap(({ changes }) => changes.filter((c) => c.field === field));
  const budgets = of('budgetEur');
  const [before, after] = [budgets[0]?.before, budgets.at(-1)?.after].map(Number);
  const differs = (field: TopicChange['field']): boolean => {
    const changes = of(field);
    return changes.length > 0 && changes[0]!.before !== changes.at(-1)!.after;
  };
  return {
    since: first.day,
    deadlineMoves: of('deadlineDate').length,
    budget: budgets.length && before! > 0 && after !== before ? after! / before! : null,
    renumbered: later.some((step) => step.renumberedFrom !== null),
    renamed: differs('title'),
    retyped: differs('typeOfAction'),
  };
}
