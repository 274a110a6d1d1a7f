import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { type Actor, readsOf } from '../../kernel/actor.js';
import { Deadline } from '../../calls/domain/call-content.js';
import { statusAt, CallHead } from '../../calls/domain/status.js';
import { labelsIn, type LabelsIn } from '../../profiles/domain/names-in.js';
import { preferenceRemarks, UnmetView, unmetViews } from '../../profiles/domain/preference-sentences.js';
import { type Unmet, unmetPreferences } from '../../profiles/domain/preferences.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { BANDS, bandOf } from '../../kernel/band.js';
import { fieldText } from '../domain/index/fields.js';
import { HardFact, hardFacts } from '../domain/scoring/compare.js';
import { CompetenceScore, Evidence } from '../domain/scoring/match.js';
import { matchIn, withQuotesIn } from '../domain/explanation/passage.js';
import { MatchReason, matchReasons } from '../domain/explanation/reasons/match-reasons.js';
import type { Clock } from '../../kernel/ports.js';
import { Language } from '../../kernel/language.js';
import { MatchRepository, type ListedMatch, type MatchWithText } from '../store/match.repository.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import { AnswerLanguage } from '../../platform/api/input.pipe.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';

const MatchSummary = z
  .object({
    id: z.uuid(),
    score: z.number().describe('0 to 100'),
    band: z.enum(BANDS).describe('the score as a word; weak matches are not sent by e-mail'),
    profile: z.object({ id: z.string() }),
    call: CallHead.extend({
      programme: z.string().nullable(),
      deadlines: z.array(Deadline),
      url: z.string().nullable(),
    }),
    competences: z.array(CompetenceScore),
    excludedBy: z.array(HardFact).describe('facts that rule the call out, whatever its score'),
    matchedAt: z.iso.datetime(),
  })
  .meta({ id: 'MatchSummary' });
type MatchSummary = z.infer<typeof MatchSummary>;

/** Evidence with the quoted text of its spans. */
const Quoted = Evidence.extend({ found: z.array(z.string()).describe('the text of each span') });
const MatchView = MatchSummary.extend({
  evidence: z.array(Quoted).describe('their contributions add up to the score'),
  reasons: z
    .array(MatchReason)
    .describe('the same in sentences, strongest first; their contributions add up to the score'),
  unmet: z
    .array(UnmetView)
    .describe('preferences of the profile that the call does not meet; it is matched anyway'),
  remarks: z.array(z.string()).describe('the same in sentences; they do not affect the score'),
  callVersion: z.number().int(),
  profileRevision: z.number().int(),
}).meta({ id: 'Match' });
type MatchView = z.infer<typeof MatchView>;

const ListQuery = z.object({
  ...PAGING,
  profile: z.string().max(100).optional(),
  minScore: z.coerce
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('lists begin at half of the score from which calls are sent, 20 at most'),
  closed: z
    .enum(['true', 'false'])
    .default('false')
    .transform((x) => x === 'true')
    .describe('whether to include closed calls'),
  bottomUp: z
    .enum(['true', 'false'])
    .default('false')
    .transform((x) => x === 'true')
    .describe('whether to include calls open to every subject (see /v1/bottom-up)'),
});
const OneQuery = z.object({
  language: Language.optional().describe('of the reasons; by default from Accept-Language'),
});
const Place = z.object({ score: InCursor.number, id: InCursor.id });

function summary(
  { match, call }: Pick<ListedMatch, 'match' | 'call'>,
  now: Date,
  language: Language,
): MatchSummary {
  const { content } = call;
  return {
    id: match.id,
    score: match.score,
    band: bandOf(match.score),
    profile: { id: match.profileId },
    call: {
      id: call.id,
      title: content.title,
      identifier: content.identifier,
      programme: call.programme,
      status: statusAt(call, now),
      deadlines: content.deadlines,
      url: content.url,
    },
    competences: match.competences,
    excludedBy: hardFacts({ ...content, withdrawnAt: call.withdrawnAt }, now, language),
    matchedAt: match.matchedAt.toISOString(),
  };
}

function matchView(
  found: MatchWithText,
  { now, unmet, language, called }: { now: Date; unmet: Unmet[]; language: Language; called: LabelsIn },
): MatchView {
  const { match, matched } = found;
  const pair = { ...found, match: { ...match, competences: match.result.competences } };
  const evidence = withQuotesIn(match.result, matched).evidence.map((e) => ({
    ...e,
    found: e.spans.map((s) => (fieldText(matched, e.field) ?? '').slice(s.start, s.end)),
  }));
  return {
    ...summary(pair, now, language),
    evidence,
    reasons: matchReasons(matchIn(match.result, called, matched), matched, language),
    unmet: unmetViews(unmet),
    remarks: preferenceRemarks(unmet, bandOf(match.score) !== 'weak', language),
    callVersion: match.callVersion,
    profileRevision: match.profileRevision,
  };
}

/** Which calls fit which institutes, and why. */
@ApiTags('matches')
@ApiBearerAuth()
@Needs('match.read')
@Controller('v1/matches')
export class MatchesController {
  constructor(
    private readonly matches: MatchRepository,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Matches between calls and profiles' })
  @ApiOkResponse({ standardSchema: pageOf(MatchSummary) })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) query: z.infer<typeof ListQuery>,
    @AnswerLanguage() language: Language,
  ): Promise<Page<MatchSummary>> {
    const { limit, cursor, profile: asked, ...rest } = query;
    const profile = profileScope(actor, asked);
    const filter = { ...rest, ...(profile !== undefined && { profile }) };
    const now = this.clock.now();
    const { items, total } = await this.matches.list(filter, now, ahead(limit), placeOf(cursor, Place));
    return page(
      items,
      limit,
      total,
      (item) => summary(item, now, language),
      ({ match }) => ({ score: match.score, id: match.id }),
    );
  }

  @Get(':id')
  @ApiOperation({ summary: 'A match with its reasons' })
  @ApiOkResponse({ standardSchema: MatchView })
  async findOne(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: OneQuery }) query: z.infer<typeof OneQuery>,
    @AnswerLanguage() usual: Language,
  ): Promise<MatchView> {
    const found = await this.matches.findById(id);
    if (!found || !readsOf(actor, found.match.profileId)) throw new NotFound('no-match', { id });
    const [now, profile] = [this.clock.now(), await this.profiles.findById(found.match.profileId)];
    const unmet = unmetPreferences(profile?.content.preferences, found.call.content, now);
    const said = query.language ?? usual;
    const called = labelsIn(profile?.content.competences ?? [], said);
    return matchView(found, { now, unmet, language: said, called });
  }
}
