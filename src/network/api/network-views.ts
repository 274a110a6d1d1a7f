import { z } from 'zod';
import { Deadline } from '../../calls/domain/call-content.js';
import { CallHead } from '../../calls/domain/status.js';
import { bandOf, BANDS } from '../../kernel/band.js';
import {
  answeredBy,
  fitSentence,
  type Fitting,
  type JointBid,
  leftOutSentence,
  type Partner,
  partnerSentence,
  teamSentence,
} from '../domain/joint-bid.js';
import { levelOf, LEVELS, type Relevance } from '../domain/coverage.js';
import type { Group } from '../domain/group.js';
import { oneLine } from '../../kernel/one-line.js';
import { quotedPassage } from '../../matching/domain/explanation/passage.js';
import type { CallEntity } from '../../calls/store/call.entity.js';
import type { Language } from '../../kernel/language.js';

const Member = z.object({ id: z.string(), name: z.string() });

export const GroupView = z
  .object({
    id: z.string(),
    name: z.object({ fr: z.string(), en: z.string() }),
    members: z.array(Member).describe('by id'),
    confirmed: z
      .boolean()
      .describe('whether its members were checked against a public source or by the members themselves'),
    source: z.string().nullable().describe('where the membership comes from, and what is uncertain'),
    sourceByLanguage: z
      .object({ fr: z.string(), en: z.string() })
      .nullable()
      .describe('the same in each language, if given in both'),
  })
  .meta({ id: 'Group' });
export type GroupView = z.infer<typeof GroupView>;

export const GroupMatch = z
  .object({
    call: CallHead.extend({
      programme: z.string().nullable(),
      deadlines: z.array(Deadline),
      url: z.string().nullable(),
    }),
    score: z
      .number()
      .describe(
        "for the group, 0 to 100: 70 % of the best member's score; each further member adds at most 30 % of what the previous one adds",
      ),
    members: z
      .array(Member.extend({ score: z.number().describe('0 to 100') }))
      .describe('institutes that it fits, best first'),
  })
  .meta({ id: 'GroupMatch' });
export type GroupMatch = z.infer<typeof GroupMatch>;

const Answer = z.object({
  id: z.string(),
  name: z.string(),
  value: z.number().describe('0 to 1'),
  level: z.enum(LEVELS),
  terms: z.array(z.string()).describe('terms found in the statement, as it says them, strongest first'),
});
const Passage = z.object({ before: z.string(), found: z.string(), after: z.string() });
const Ranked = z.object({
  id: z.string(),
  name: z.string(),
  score: z.number().describe('0 to 100'),
  band: z.enum(BANDS),
  reason: z.string().describe('why it fits, in one sentence'),
  passage: Passage.nullable().describe('the best evidence, quoted from the call'),
  inTeam: z.boolean(),
  share: z.number().describe('share of the statements that it answers well, 0 to 1'),
  answers: z
    .array(Answer.omit({ id: true, name: true }).extend({ statement: z.number().int() }))
    .describe('the statements that it answers fully or in part'),
});

/** Institutes that could bid together for a call. */
export const CallNetwork = z
  .object({
    call: z.object({ id: z.uuid(), title: z.string(), identifier: z.string().nullable() }),
    group: z
      .object({ id: z.string(), name: z.object({ fr: z.string(), en: z.string() }) })
      .nullable()
      .describe('the group asked for; null for all institutes'),
    size: z.number().int().describe('the most institutes in the team'),
    upToDate: z.boolean().describe('false if the call has changed since it was matched'),
    says: z.array(z.string()).describe('how the team covers the call, in sentences'),
    expected: z
      .enum(['outcomes', 'tasks'])
      .describe('whether the statements are the expected outcomes or, if the call names none, its scope'),
    statements: z
      .array(
        z.object({
          number: z.number().int().describe('from 1'),
          text: z.string(),
          field: z.string(),
          start: z.number().int(),
          end: z.number().int(),
          level: z.enum(LEVELS).describe('how well the team answers it'),
          answeredBy: z.array(Answer).describe('members of the team that answer it, best first'),
        }),
      )
      .describe('quoted from the call, with `field` and UTF-16 offsets as for evidence'),
    team: z
      .array(z.object({ id: z.string(), name: z.string(), statements: z.array(z.number().int()) }))
      .describe('the smallest team that covers the most, and who covers what'),
    partnersToFind: z
      .array(z.object({ statement: z.number().int(), says: z.string(), nearest: Answer.nullable() }))
      .describe('what the team does not cover well'),
    ranking: z.array(Ranked).describe('institutes that the call fits, best first, at most 50'),
  })
  .meta({ id: 'CallNetwork' });
export type CallNetwork = z.infer<typeof CallNetwork>;

/** Nobody reads a longer ranking. */
const MOST_RANKED = 50;

interface NetworkFacts {
  call: CallEntity;
  bid: JointBid;
  group: Group | null;
  size: number;
  upToDate: boolean;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
const answerOf = ({ value, terms }: Relevance) => ({
  value: rounded(value),
  level: levelOf(value),
  terms: terms.map((t) => oneLine(t)),
});

function named(bid: JointBid, id: string): { id: string; name: string } {
  return { id, name: bid.ranking.find((f) => f.profileId === id)?.name ?? id };
}

function statementViews(bid: JointBid): CallNetwork['statements'] {
  return bid.statements.map(({ text, field, start, end }, i) => {
    const best = Math.max(0, ...bid.team.members.map((id) => bid.coverages.get(id)?.of[i]?.value ?? 0));
    const answeredBy = (bid.team.statements[i] ?? []).map((a) => ({
      ...named(bid, a.profileId),
      ...answerOf(a),
    }));
    return { number: i + 1, text, field, start, end, level: levelOf(best), answeredBy };
  });
}

function rankedView(
  { call, bid }: NetworkFacts,
  fitting: Fitting,
  language: Language,
): CallNetwork['ranking'][number] {
  const { profileId, name, match, shown } = fitting;
  const all = (bid.coverages.get(profileId)?.of ?? []).map((r, i) => ({ statement: i + 1, ...answerOf(r) }));
  const well = all.filter((a) => a.level === 'well').length;
  return {
    id: profileId,
    name,
    score: match.score,
    band: bandOf(match.score),
    reason: fitSentence(fitting, language),
    passage: quotedPassage(call.content, shown),
    inTeam: bid.team.members.includes(profileId),
    share: all.length ? rounded(well / all.length) : 0,
    answers: all.filter((a) => a.level !== 'no'),
  };
}

function partnerView(
  bid: JointBid,
  partner: Partner,
  language: Language,
): CallNetwork['partnersToFind'][number] {
  const { statement, nearest } = partner;
  return {
    statement: statement + 1,
    says: partnerSentence(bid, partner, language),
    nearest: nearest && { ...named(bid, nearest.profileId), ...answerOf(nearest) },
  };
}

export function callNetwork(facts: NetworkFacts, language: Language): CallNetwork {
  const { call, bid, group, size, upToDate } = facts;
  const { title, identifier, sections } = call.content;
  const kind = (field: string | undefined) => sections[Number(field?.replace('sections.', ''))]?.kind;
  const outcomes = kind(bid.statements[0]?.field) === 'expected-outcome';
  return {
    call: { id: call.id, title, identifier },
    group: group && { id: group.id, name: group.name },
    size,
    upToDate,
    says: [
      teamSentence(bid, outcomes, language),
      ...[leftOutSentence(bid, language)].filter((s) => s !== null),
    ],
    expected: outcomes ? 'outcomes' : 'tasks',
    statements: statementViews(bid),
    team: bid.team.members.map((id) => ({
      ...named(bid, id),
      statements: answeredBy(bid, id).map((i) => i + 1),
    })),
    partnersToFind: bid.partners.map((p) => partnerView(bid, p, language)),
    ranking: bid.ranking.slice(0, MOST_RANKED).map((f) => rankedView(facts, f, language)),
  };
}
