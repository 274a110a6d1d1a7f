import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { shownScore } from '../../kernel/band.js';
import { DAY_MS } from '../../kernel/durations.js';
import { Day } from '../../kernel/moment.js';
import type { Clock } from '../../kernel/ports.js';
import { CallDossier } from '../../calls/api/call-dossier.js';
import { CallSearch } from '../../calls/api/call-search.js';
import { CallEvents } from '../../calls/call-events.js';
import { DeadlineCalendar } from '../../calls/deadline-calendar.js';
import { deadlineForPeople } from '../../calls/domain/facts/deadline.js';
import { statusFact, termsOf } from '../../calls/domain/facts/call-facts.js';
import { callsFilterOf } from '../../calls/domain/calls-query.js';
import { requirementsOf } from '../../calls/domain/requirements.js';
import { statusAt, STATUSES } from '../../calls/domain/status.js';
import { summaryOf } from '../../calls/domain/summary.js';
import { CallRepository } from '../../calls/store/call.repository.js';
import { Explaining } from '../../explain/explaining.js';
import { callProjects } from '../../funded-projects/api/won-views.js';
import { contactReason } from '../../funded-projects/domain/contact-sentence.js';
import { ProjectsOfCall } from '../../funded-projects/projects-of-call.js';
import { CallFitRepository } from '../../matching/store/call-fit.repository.js';
import { Needs } from '../../platform/access/rule.js';
import { profileScope } from '../../platform/access/scope.js';
import type { Environment } from '../../platform/config/environment.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { type AnswerReader, callAnswer, cut, inLine, quoted, namedCall } from './call-answer.js';
import { CallNamed, Institute, Limit, Tool, type ToolAnswer, type ToolRequest, readerOf } from './tool.js';

const SearchInput = z.object({
  query: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe('words in English or French, or an identifier or a part of it; supports "a phrase", or, -not'),
  status: z.enum(STATUSES).optional().describe('by default calls of every status'),
  deadline_after: Day.optional().describe('only calls with a deadline on this day or later, Brussels'),
  deadline_before: Day.optional().describe('only calls with a deadline on this day or earlier, Brussels'),
  limit: Limit,
});
const GetInput = z.object({
  call: CallNamed,
  text: z.boolean().default(false).describe('whether to return its whole text too, as far as it fits'),
});
const ChangesInput = z.object({
  since: Day.describe('the first day, UTC'),
  institute: Institute,
  all: z.boolean().default(false).describe('of all calls, not only of those that fit the institute'),
  limit: Limit,
});
const DeadlinesInput = z.object({
  days: z.int().min(1).max(365).default(30).describe('how many days to look ahead'),
  institute: Institute,
  all: z.boolean().default(false).describe('of all calls, not only of those that fit the institute'),
  limit: Limit,
});
const OfCallInput = z.object({ call: CallNamed });

/** So many related calls of each kind, projects, conditions and sentences. */
const MOST_RELATED = 8;

/** What assistants may ask about calls. */
@Injectable()
export class CallTools {
  constructor(
    private readonly search: CallSearch,
    private readonly explaining: Explaining,
    private readonly calls: CallRepository,
    private readonly fit: CallFitRepository,
    private readonly events: CallEvents,
    private readonly calendar: DeadlineCalendar,
    private readonly dossier: CallDossier,
    private readonly projects: ProjectsOfCall,
    private readonly profiles: ProfileRepository,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Needs('call.read')
  @Tool({
    name: 'search_calls',
    title: 'Search calls',
    description: 'Finds funding calls by words, meaning or identifier, best first.',
    input: SearchInput,
  })
  async searchCalls(
    request: ToolRequest,
    _: Response,
    { query, status, deadline_after: after, deadline_before: before, limit }: z.infer<typeof SearchInput>,
  ): Promise<ToolAnswer> {
    const reader = this.reader(request);
    const filter = callsFilterOf({ q: query, status, deadlineAfter: after, deadlineBefore: before });
    const found = await this.search.page(filter, { limit, language: reader.language });
    if (found.items.length === 0)
      return {
        found: false,
        reason: 'No call has these words and passes the filters.',
        hint: 'Try fewer or other words, or fewer filters.',
        searched_for: found.tried,
        ...quoted({ words_of_calls: found.instead }),
      };
    return {
      found: true,
      total: found.total,
      calls: found.items.map((call) => ({
        ...callAnswer(call, reader),
        ...(call.near && { by_meaning_only: true }),
      })),
    };
  }

  @Needs('call.read')
  @Tool({
    name: 'get_call',
    title: 'A call',
    description: 'Returns one call: dates, money, conditions and, if asked for, its text.',
    input: GetInput,
  })
  async getCall(
    request: ToolRequest,
    _: Response,
    { call: named, text }: z.infer<typeof GetInput>,
  ): Promise<ToolAnswer> {
    const reader = this.reader(request);
    const { language } = reader;
    const call = await this.explaining.getCall(named);
    const { content } = call;
    const [seen, totals] = await Promise.all([
      this.calls.sourceRecords(call.id),
      this.fit.statedTotals([call]),
    ]);
    const requirements = requirementsOf(content, call.written?.binding);
    const { budget, programme, typeOfAction } = termsOf(content, totals.get(call.id) ?? 'topic', language);
    const status = statusAt(call, this.clock.now());
    const answer = callAnswer(
      { ...content, id: call.id, status, summary: summaryOf(call, language) },
      reader,
    );
    return {
      found: true,
      ...answer,
      sources: [...new Set([...answer.sources, ...seen.flatMap(({ url }) => url ?? [])])],
      read_from: seen.map(({ sourceId, lastSeenAt }) => ({ source: sourceId, at: lastSeenAt.toISOString() })),
      version: call.version,
      ...quoted({
        ...answer.quoted,
        facts: [...statusFact(status, content, language), budget, programme, typeOfAction].map(
          ({ label, value }) => `${label}: ${value}`,
        ),
        requirements: { ...requirements, restrictions: requirements.restrictions.slice(0, MOST_RELATED) },
        ...(text && cut(content.sections.map((s) => `${s.title}\n${s.text}`).join('\n\n'))),
      }),
    };
  }

  @Needs('call.read')
  @Tool({
    name: 'changes_since',
    title: 'What changed',
    description: 'Lists what happened to calls since a day, newest first: new ones, moved deadlines, texts.',
    input: ChangesInput,
  })
  async changesSince(
    request: ToolRequest,
    _: Response,
    { since, all, limit }: z.infer<typeof ChangesInput>,
  ): Promise<ToolAnswer> {
    const reader = this.reader(request);
    const profile = all ? undefined : await this.institute(request);
    const events = await this.events.page(
      { since: new Date(since), ...(profile !== undefined && { profile }) },
      { limit },
    );
    if (events.items.length === 0)
      return {
        found: false,
        reason: `Nothing is known to have changed since ${since}${profile === undefined ? '' : ' in calls that fit'}.`,
        hint: profile === undefined ? 'Try an earlier day.' : 'Try an earlier day, or "all": true.',
      };
    return {
      found: true,
      total: events.total,
      changes: events.items.map(({ kind, seenAt, call, says }) => ({
        kind,
        seen_at: seenAt,
        call: namedCall(call, reader),
        ...quoted({ says: says[reader.language].slice(0, MOST_RELATED).map(inLine) }),
      })),
    };
  }

  @Needs('call.read')
  @Tool({
    name: 'deadlines',
    title: 'Deadlines',
    description: 'Lists the next deadlines of calls, nearest first, in Brussels time.',
    input: DeadlinesInput,
  })
  async deadlines(
    request: ToolRequest,
    _: Response,
    { days, all, limit }: z.infer<typeof DeadlinesInput>,
  ): Promise<ToolAnswer> {
    const reader = this.reader(request);
    const profile = await this.institute(request);
    const only = !all && profile !== undefined;
    const now = this.clock.now();
    const span = { from: now, to: new Date(now.getTime() + days * DAY_MS), drafts: false };
    const { items, total } = await this.calendar.list(
      { ...span, ...this.calendar.fit(profile, only) },
      limit,
      null,
    );
    if (items.length === 0)
      return {
        found: false,
        reason: `No ${only ? 'call that fits' : 'call'} closes within ${days} days.`,
        hint: only ? 'Look further ahead, or ask for "all": true.' : 'Look further ahead.',
      };
    return {
      found: true,
      total,
      deadlines: items.map((row) => ({
        at: row.at,
        kind: row.kind,
        says: deadlineForPeople({ ...row, brussels: '' }, reader.language),
        score: row.score && shownScore(row.score),
        call: namedCall({ ...row, id: row.callId, status: statusAt(row, now) }, reader),
      })),
    };
  }

  @Needs('call.read')
  @Tool({
    name: 'similar_calls',
    title: 'Related calls',
    description: 'Lists calls on the same subject, other topics of the same call, and its other editions.',
    input: OfCallInput,
  })
  async similarCalls(
    request: ToolRequest,
    _: Response,
    { call: named }: z.infer<typeof OfCallInput>,
  ): Promise<ToolAnswer> {
    const reader = this.reader(request);
    const { id } = await this.explaining.getCall(named);
    const { parent, sisters, editions, similar } = await this.dossier.context(id);
    const few = (calls: typeof similar) => calls.slice(0, MOST_RELATED).map((c) => callAnswer(c, reader));
    const related = {
      similar: few(similar),
      same_call: few(sisters),
      editions: few(editions),
      parent: parent && callAnswer(parent, reader),
    };
    if (parent || [similar, sisters, editions].some((calls) => calls.length > 0))
      return { found: true, of: id, page: reader.page(id), ...related };
    return {
      found: false,
      reason: 'No related call is known.',
      hint: 'Search with words of the call: search_calls.',
    };
  }

  @Needs('call.read')
  @Tool({
    name: 'who_won',
    title: 'Who won before',
    description: 'Lists projects funded under earlier editions and near topics of a call, and whom to call.',
    input: OfCallInput,
  })
  async whoWon(
    request: ToolRequest,
    _: Response,
    { call: named }: z.infer<typeof OfCallInput>,
  ): Promise<ToolAnswer> {
    const { language, page } = this.reader(request);
    const { id } = await this.explaining.getCall(named);
    const { profileId } = request.actor;
    const won = callProjects(await this.projects.forCall(id, profileId === null ? [] : [profileId]));
    if (won.projects.length === 0)
      return {
        found: false,
        reason: 'No funded project of this call, its editions or near topics is known.',
        hint: 'Look at similar_calls, and ask for those that are closed.',
      };
    return {
      found: true,
      of: id,
      page: page(id),
      total: won.total,
      as_of: won.asOf,
      projects: won.projects.slice(0, MOST_RELATED).map((project) => ({
        id: project.id,
        start: project.start,
        contribution: project.contribution,
        said_by: project.by,
        page: project.page,
        ...quoted({
          topic: project.topic.code,
          acronym: project.acronym,
          title: project.title && inLine(project.title),
          coordinators: project.coordinators.map(({ name, country }) => ({ name, country })),
        }),
      })),
      whom_to_call: won.whomToCall.map((organisation) => ({
        page: organisation.page,
        ...quoted({ name: organisation.name, why: contactReason(organisation, language) }),
      })),
    };
  }

  /** Returns the institute asked about: one's own, one that the network names, or none. */
  private async institute({ actor, params }: ToolRequest): Promise<string | undefined> {
    const institute = profileScope(actor, params.institute || undefined);
    if (institute !== undefined) await this.profiles.get(institute);
    return institute;
  }

  private reader(request: ToolRequest): AnswerReader {
    return readerOf(request, this.env.PUBLIC_URL, request.actor.profileId);
  }
}
