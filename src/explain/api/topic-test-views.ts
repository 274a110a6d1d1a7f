import { z } from 'zod';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import type { CallEntity } from '../../calls/store/call.entity.js';
import { translateTo } from '../../i18n/translate.js';
import type { LabelsIn } from '../../profiles/domain/names-in.js';
import { BANDS, bandOf } from '../../kernel/band.js';
import { Suggestion, suggestionIn, suggestionSentence } from '../domain/suggestions/suggestions.js';
import { rulesOf } from '../domain/why-not/rules.js';
import type { Language } from '../../kernel/language.js';
import type { TestedTopic } from '../topic-test.js';

/** A longer list would contain other people's calls too. */
export const MOST_TOPICS = 200;
/** Enough for that many long titles, with separators. */
export const MOST_LETTERS = 60_000;

export const TopicsInput = z.strictObject({
  topics: z
    .string()
    .trim()
    .min(1)
    .max(MOST_LETTERS)
    .describe(
      `identifiers or titles, one per line or separated by commas or semicolons, ${MOST_TOPICS} at most`,
    ),
});
export type TopicsInput = z.infer<typeof TopicsInput>;

const Missed = z.object({
  rule: z.enum(['status', 'subject', 'exclusion', 'addressees', 'reading', 'score']),
  says: z.string(),
  suggestion: z
    .object({
      change: Suggestion,
      score: z.number().describe('score of the call with the change'),
      adds: z
        .number()
        .int()
        .describe(
          'further calls of the last twelve months, without drafts and withdrawn ones, that would be sent with it',
        ),
      says: z.string(),
    })
    .nullable()
    .describe('a one-line change of the profile with which the call would be sent; null if none was found'),
});

const TopicView = z.object({
  topic: z.string().describe('as it was pasted'),
  call: CallHead.extend({ language: z.string().describe('of the title') })
    .nullable()
    .describe('null if it matches no call or several'),
  nearest: z.array(z.string()).describe('similar identifiers, for an unknown topic'),
  candidates: z
    .array(z.object({ id: z.uuid(), title: z.string(), language: z.string().describe('of the title') }))
    .describe('if it matches several calls'),
  outcome: z.enum(['announced', 'would-be-announced', 'missed', 'unknown']),
  at: z.iso
    .datetime()
    .nullable()
    .describe(
      'when it was sent, or the message it would have been in with this profile; null if it was published before its source was first read',
    ),
  notification: z.uuid().nullable(),
  score: z.number(),
  band: z.enum(BANDS),
  missed: Missed.nullable(),
});

export const TopicTestView = z
  .object({
    topics: z.number().int(),
    known: z.number().int(),
    announced: z.number().int().describe('sent, or would be with this profile'),
    missed: z.number().int(),
    minScore: z.number().describe('lowest score of a call that is sent'),
    items: z.array(TopicView),
  })
  .meta({ id: 'TopicTest' });
export type TopicTestView = z.infer<typeof TopicTestView>;

interface ViewContext {
  language: Language;
  least: number;
  now: Date;
  /** The labels of the profile's competences in that language. */
  called: LabelsIn;
}

function missedView(
  missed: NonNullable<TestedTopic['missed']>,
  call: CallEntity,
  { language, called, now }: ViewContext,
): z.infer<typeof Missed> {
  const { by: rule, fresh, suggestion, over, scheme } = missed;
  const status = statusAt(call, now);
  // It is not over yet, but will be before its turn.
  const tooSoon = rule === 'status' && (status === 'open' || status === 'forthcoming') ? over : null;
  const rules = rulesOf(
    {
      ...fresh,
      exclusions: fresh.exclusions.map((e) => ({ ...e, competence: called(e.competence) })),
      threshold: null,
      scheme,
      status: rule === 'status' ? status : 'open',
      passed: over,
      verdict: null,
      matched: true,
      read: true,
      contacts: [],
      room: 1,
    },
    // Of what was sent nothing is told here.
    { language, inside: false },
  );
  return {
    rule,
    says: tooSoon
      ? translateTo(language)('test.too-soon', { day: dateForPeople(tooSoon, language) })
      : rules.find((r) => r.rule === rule)!.says,
    suggestion: suggestion && {
      change: suggestion.suggestion,
      score: suggestion.score,
      adds: suggestion.adds,
      says: suggestionSentence(suggestionIn(suggestion.suggestion, called), suggestion.adds, language),
    },
  };
}

function topicView(
  { named, call, score, outcome, at, notification, missed }: TestedTopic,
  context: ViewContext,
): z.infer<typeof TopicView> {
  return {
    topic: named.topic,
    nearest: named.nearest,
    candidates: named.candidates.map(({ id, title, language }) => ({ id, title, language })),
    call: call && {
      id: call.id,
      title: call.content.title,
      language: call.content.language,
      identifier: call.content.identifier,
      status: statusAt(call, context.now),
    },
    outcome,
    at: at?.toISOString() ?? null,
    notification,
    score,
    band: bandOf(score),
    missed: missed && missedView(missed, call!, context),
  };
}

/** A test as returned by the API. */
export function topicTestView(tested: TestedTopic[], context: ViewContext): TopicTestView {
  const count = (...outcomes: TestedTopic['outcome'][]): number =>
    tested.filter((t) => outcomes.includes(t.outcome)).length;
  return {
    topics: tested.length,
    known: tested.length - count('unknown'),
    announced: count('announced', 'would-be-announced'),
    missed: count('missed'),
    minScore: context.least,
    items: tested.map((t) => topicView(t, context)),
  };
}
