import type { CallContent } from '../../../calls/domain/call-content.js';
import { topicChanges, type TopicChange } from './draft-difference.js';

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
