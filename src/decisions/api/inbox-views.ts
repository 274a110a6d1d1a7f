import { z } from 'zod';
import type { Change } from '../../calls/domain/versions/diff.js';
import { nextDeadlineOf } from '../../calls/domain/facts/deadline.js';
import { type Status, statusAt, STATUSES } from '../../calls/domain/status.js';
import { type Preferences, type Unmet, unmetPreferences } from '../../profiles/domain/preferences.js';
import type { InboxRow } from '../store/inbox.repository.js';
import { ACTION_SHORTS, actionShort } from '../../calls/domain/action-code.js';
import { Deadline } from '../../calls/domain/call-content.js';
import { budgetFor, BudgetFor, type StatedTotal } from '../../calls/domain/page/budget-comparison.js';
import { callOfTopic } from '../../calls/domain/related-calls.js';
import { ParsedCall } from '../../calls/domain/parsed-call.js';
import { summaryOf, SummaryView } from '../../calls/domain/summary.js';
import { changeSentences, moveInShort } from '../../calls/domain/facts/change-sentences.js';
import { daysBetween } from '../../kernel/brussels.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { reasonSentence, strongestTerms } from '../../matching/domain/explanation/reason-sentence.js';
import { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { UnmetView, unmetViews } from '../../profiles/domain/preference-sentences.js';
import { bandOf, BANDS } from '../../kernel/band.js';
import { oneLine } from '../../kernel/one-line.js';
import type { Language } from '../../kernel/language.js';
import type { Reviewed } from '../domain/decision.js';

/** A row with everything that depends on the current time. */
export interface DatedRow {
  row: InboxRow;
  status: Status;
  nextDeadline: string | null;
  unmet: Unmet[];
  /** How its deadlines moved, if that is news. */
  moves: Change[];
}

/** `moves` is keyed by call. */
export const datedRow = (
  row: InboxRow,
  now: Date,
  { preferences, moves }: { preferences: Preferences | undefined; moves: Map<string, Change[]> },
): DatedRow => ({
  row,
  status: statusAt(row.call, now),
  nextDeadline: nextDeadlineOf(row.call, now),
  unmet: unmetPreferences(preferences, row.call.content, now),
  moves: moves.get(row.call.id) ?? [],
});

export const VerdictView = z
  .object({
    verdict: Verdict.nullable().describe('null if nobody has decided'),
    reason: VerdictReason.nullable().describe('also null for a "not" imported from a sheet without a reason'),
    until: z.iso
      .date()
      .nullable()
      .describe(
        'the day on which a postponed call comes back for a decision; one beyond its last deadline comes back a week before that',
      ),
    by: z.string().nullable().describe('the name of the person who decided'),
    byLink: z
      .boolean()
      .describe(
        'whether it was decided by the link in an e-mail to them, which whoever has the e-mail can use',
      ),
    at: z.iso.datetime().nullable(),
    version: z.number().int().nullable().describe('the version of the call at the time of the decision'),
    canUndo: z.boolean().describe('whether the previous state can be restored'),
  })
  .meta({ id: 'Verdict' });
export type VerdictView = z.infer<typeof VerdictView>;

const Review = VerdictView.extend({
  new: z.boolean().describe('nobody at the institute has opened it or decided on it'),
  changed: z.boolean().describe('whether it has changed since it was last opened or decided on'),
  changes: z.array(z.string()).describe('what has changed since, one sentence per change'),
  seenVersion: z.number().int().nullable().describe('the version last opened'),
  due: z.boolean().describe('it was postponed and its day has come: a decision is due'),
}).meta({ id: 'Review' });

export const InboxItem = z
  .object({
    id: z.uuid().describe("the call's"),
    match: z.uuid().nullable().describe('null for a call that was decided on without a match'),
    title: z.string(),
    kind: ParsedCall.shape.kind,
    identifier: z.string().nullable(),
    callIdentifier: z.string().nullable().describe('the call that the topic belongs to'),
    language: z.string(),
    summary: SummaryView.nullable().describe('what it is about; null where its text says nothing'),
    url: z.string().nullable(),
    programme: z.string().nullable(),
    typesOfAction: z.array(z.string()),
    typeOfAction: z.enum(ACTION_SHORTS).nullable().describe('the short name of the first of them'),
    status: z.enum(STATUSES),
    draft: ParsedCall.shape.draft,
    opensAt: z.iso.datetime().nullable(),
    deadlines: z.array(Deadline),
    nextDeadline: z.iso.datetime().nullable().describe('the next upcoming one'),
    daysLeft: z.number().int().nullable().describe('days until then, Brussels time'),
    budget: ParsedCall.shape.budget,
    ...BudgetFor,
    moved: z
      .string()
      .nullable()
      .describe('how far its deadline moved recently, if nobody has opened the call or decided since'),
    version: z.number().int(),
    score: z.number().nullable(),
    band: z.enum(BANDS).nullable().describe('the score as a word'),
    reason: z.string().nullable().describe('why it fits, in one line'),
    terms: z.array(z.string()).describe('the words of the call that best explain the match, strongest first'),
    movedBy: z.string().nullable().describe('by how many days its deadline moved, if that is new'),
    unmet: z
      .array(UnmetView)
      .describe('preferences of the profile that it does not meet; it is listed anyway'),
    review: Review.nullable().describe(
      'what the institute did with it; null for the network, which may not see it',
    ),
  })
  .meta({ id: 'InboxItem' });
export type InboxItem = z.infer<typeof InboxItem>;

export const verdictView = ({
  verdict,
  reason,
  until,
  verdictBy,
  verdictByLink,
  verdictAt,
  verdictVersion,
  previous,
}: Reviewed): VerdictView => ({
  verdict,
  reason,
  until,
  by: verdictBy,
  byLink: verdictByLink,
  at: verdictAt,
  version: verdictVersion,
  canUndo: previous !== null,
});

/** Who an item is shown to, on which day in Brussels, and what is known beyond its row. */
export interface ViewContext {
  language: Language;
  today: string;
  inside: boolean;
  changes: Map<string, Change[]>;
  /** The matches in the reader's words, by call. */
  matches: Map<string, MatchScore>;
  totals: Map<string, StatedTotal>;
}

function reviewOf(
  { review, changed, due, call }: InboxRow,
  standing: Reviewed,
  { language, changes }: ViewContext,
): InboxItem['review'] {
  const told = changed
    ? changeSentences(changes.get(call.id) ?? [], language, call.content).map(oneLine)
    : [];
  const seenVersion = review?.seenVersion ?? null;
  return {
    ...verdictView(standing),
    new: seenVersion === null && standing.verdict === null,
    changed,
    changes: told,
    seenVersion,
    due,
  };
}

const MOST_TERMS = 2;

/** Returns a row of an inbox, fully worded. */
export function inboxItem(
  { row, status, nextDeadline, unmet, moves }: DatedRow,
  standing: Reviewed,
  context: ViewContext,
): InboxItem {
  const { call, matchId, result, score } = row;
  const match = context.matches.get(call.id);
  const { content } = call;
  const types = content.typesOfAction.map(oneLine);
  return {
    id: call.id,
    match: matchId,
    title: oneLine(content.title),
    kind: content.kind,
    identifier: content.identifier,
    callIdentifier: callOfTopic(content),
    language: content.language,
    summary: summaryOf(call, context.language),
    url: content.url,
    programme: call.programme,
    typesOfAction: types,
    typeOfAction: types[0] === undefined ? null : actionShort(types[0]),
    status,
    ...(content.draft && { draft: content.draft }),
    opensAt: content.opensAt,
    deadlines: content.deadlines,
    nextDeadline,
    daysLeft: nextDeadline === null ? null : daysBetween(context.today, nextDeadline),
    budget: content.budget,
    ...budgetFor(context.totals.get(call.id)),
    version: call.version,
    moved: changeSentences(moves, context.language, content).map(oneLine)[0] ?? null,
    score: result === null ? null : score,
    band: result === null ? null : bandOf(score),
    reason: match ? reasonSentence(match, context.language) : null,
    terms: (match && strongestTerms(match)?.terms.slice(0, MOST_TERMS)) ?? [],
    movedBy: moveInShort(row.changed ? (context.changes.get(call.id) ?? []) : moves, context.language),
    unmet: unmetViews(unmet),
    review: context.inside ? reviewOf(row, standing, context) : null,
  };
}
