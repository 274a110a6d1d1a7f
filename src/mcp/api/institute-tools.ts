import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { seesAllInside } from '../../kernel/actor.js';
import { shownScore } from '../../kernel/band.js';
import { DAY_MS } from '../../kernel/durations.js';
import { Day } from '../../kernel/moment.js';
import type { Clock } from '../../kernel/ports.js';
import { Audit } from '../../audit/audit.js';
import { CallRepository } from '../../calls/store/call.repository.js';
import { Decision } from '../../decisions/domain/decision.js';
import { INBOX_STATES } from '../../decisions/domain/inbox-filters.js';
import { Inbox } from '../../decisions/inbox.js';
import { NoteInput, Notes } from '../../decisions/notes.js';
import { Verdicts } from '../../decisions/verdicts.js';
import { explainView } from '../../explain/api/explain-views.js';
import { Explaining } from '../../explain/explaining.js';
import { Verdict, VerdictReason } from '../../matching/domain/verdict.js';
import { Needs } from '../../platform/access/rule.js';
import { issuesOf } from '../../kernel/issues.js';
import { Invalid } from '../../kernel/errors.js';
import type { Environment } from '../../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { type AnswerReader, callAnswer, namedCall } from './call-answer.js';
import {
  CallNamed,
  Institute,
  instituteOf,
  Limit,
  Tool,
  type ToolAnswer,
  type ToolRequest,
  readerOf,
} from './tool.js';

const MatchesInput = z.object({
  institute: Institute,
  query: z.string().trim().min(1).max(500).optional().describe('words that the calls must have'),
  competence: z.string().trim().min(1).max(200).optional().describe('the label of a competence that fits'),
  new_within_days: z
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('only calls first seen in so many days: 7 for those of this week'),
  state: z
    .enum(INBOX_STATES)
    .default('all')
    .describe('new: never opened; undecided; relevant; study; later; not: not for us; all'),
  limit: Limit,
});
const WhyInput = z.object({ call: CallNamed, institute: Institute });
const DecideInput = z.object({
  call: CallNamed,
  verdict: Verdict.nullable().describe('null: undecided again'),
  reason: VerdictReason.optional().describe('only with "not", and required there'),
  until: Day.optional().describe('only with "later", and required there: the day on which it comes back'),
});
const NoteOnCall = NoteInput.extend({ call: CallNamed });

/** What assistants may ask about an institute, and do for it. */
@Injectable()
export class InstituteTools {
  constructor(
    private readonly inbox: Inbox,
    private readonly calls: CallRepository,
    private readonly explaining: Explaining,
    private readonly profiles: ProfileRepository,
    private readonly verdicts: Verdicts,
    private readonly notes: Notes,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Needs('match.read', 'institute')
  @Tool({
    name: 'my_matches',
    title: 'Calls that fit',
    description: 'Lists the calls that fit the institute, best first, each with the reason why.',
    input: MatchesInput,
  })
  async myMatches(
    request: ToolRequest,
    _: Response,
    { query, competence, new_within_days: days, state, limit }: z.infer<typeof MatchesInput>,
  ): Promise<ToolAnswer> {
    const profileId = instituteOf(request);
    const reader = this.reader(request);
    const since = days === undefined ? null : new Date(this.clock.now().getTime() - days * DAY_MS);
    const { items, total } = await this.inbox.list(request.actor, {
      profileId,
      query: { state, ...(query && { q: query }), ...(competence && { competence }) },
      limit,
      cursor: undefined,
      language: reader.language,
      ...(since && { ids: await this.calls.firstSeenSince(since) }),
    });
    if (items.length === 0)
      return {
        found: false,
        reason: 'No open or forthcoming call fits the institute and passes the filters.',
        hint: 'Ask without filters, or ask why_not about a call that you expected.',
      };
    return {
      found: true,
      institute: profileId,
      total,
      matches: items.map((item) => ({
        ...callAnswer(item, reader),
        score: item.score && shownScore(item.score),
        band: item.band,
        why: item.reason,
        preferences_not_met: item.unmet.length,
        ...(item.review && { decision: item.review.verdict, new: item.review.new }),
      })),
    };
  }

  @Needs('match.read', 'institute')
  @Tool({
    name: 'why_not',
    title: 'Why a call fits, or not',
    description:
      'Explains how well one call fits the institute, with reasons, and which rule keeps it from being sent.',
    input: WhyInput,
  })
  async whyNot(
    request: ToolRequest,
    _: Response,
    { call: named }: z.infer<typeof WhyInput>,
  ): Promise<ToolAnswer> {
    const profileId = instituteOf(request);
    const reader = this.reader(request);
    const profile = (await this.profiles.get(profileId)).content;
    const call = await this.explaining.getCall(named);
    const [now, inside] = [this.clock.now(), seesAllInside(request.actor, profileId)];
    const view = explainView(await this.explaining.explain(profile, call, inside, now), profile, {
      language: reader.language,
      inside,
      now,
    });
    return {
      found: true,
      institute: profileId,
      call: namedCall(view.call, reader),
      score: shownScore(view.score),
      band: view.band,
      answer: view.answer,
      stopped_by: view.rules
        .filter((rule) => rule.outcome === 'stopped')
        .map(({ rule, says }) => ({ rule, says })),
      reasons: view.reasons.map(({ says, points }) => ({ says, points })),
      preferences_not_met: view.remarks,
    };
  }

  @Needs('decision.write', 'institute')
  @Tool({
    name: 'decide',
    title: 'Decide on a call',
    description:
      'Records the institute’s decision on a call. Only on the explicit request of the person: colleagues see it.',
    input: DecideInput,
    writes: true,
  })
  async decide(
    request: ToolRequest,
    _: Response,
    { call: named, ...decision }: z.infer<typeof DecideInput>,
  ): Promise<ToolAnswer> {
    const checked = Decision.safeParse(decision);
    if (!checked.success) throw new Invalid(issuesOf(checked.error.issues, decision));
    const { id } = await this.explaining.getCall(named);
    const profileId = instituteOf(request);
    const decided = await this.verdicts.decide(request.actor, profileId, id, checked.data);
    // It bears the name of a person who may not have seen it.
    const { verdict } = checked.data;
    await this.audit.note('decision.made', profileId, `call/${id}`, { verdict });
    return { found: true, call: id, page: this.reader(request).page(id), decision: decided };
  }

  @Needs('decision.write', 'institute')
  @Tool({
    name: 'add_note',
    title: 'Add a note to a call',
    description: 'Adds a note to a call, which the colleagues of the institute see.',
    input: NoteOnCall,
    writes: true,
  })
  async addNote(
    request: ToolRequest,
    _: Response,
    { call: named, text }: z.infer<typeof NoteOnCall>,
  ): Promise<ToolAnswer> {
    const { id } = await this.explaining.getCall(named);
    const note = await this.notes.add(request.actor, instituteOf(request), id, text);
    return { found: true, call: id, page: this.reader(request).page(id), note: note.id };
  }

  private reader(request: ToolRequest): AnswerReader {
    return readerOf(request, this.env.PUBLIC_URL, request.params.institute);
  }
}
