import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../../domain/ports.js';
import { differing } from '../../domain/source/check.js';
import { sourceSubject } from '../../domain/watch/subject.js';
import type { HarvestRunEntity } from '../../persistence/entities/harvest-run.entity.js';
import type { SourceCheckEntity } from '../../persistence/entities/source-check.entity.js';
import { SOURCE_STATES, type SourceEntity } from '../../persistence/entities/source.entity.js';
import { AlarmRepository } from '../../persistence/repositories/alarm.repository.js';
import { PartnerReadingRepository } from '../../persistence/repositories/partner-reading.repository.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { SourceCheckRepository } from '../../persistence/repositories/source-check.repository.js';
import { SourceRepository } from '../../persistence/repositories/source.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { Sources } from './sources.js';
import { partnersView, PartnersView } from './partners/partners-view.js';

export const RunView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['full', 'glance', 'details']).describe('all that the source has, a short look at calls that cannot wait, or the topics that only its own list knows'),
    state: z.enum(['reading', 'judging', 'believed', 'not-believed', 'failed']),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    counts: z.object({
      calls: z.number(), new: z.number(), changed: z.number(), missing: z.number(),
      unread: z.number().optional().describe('rows that could not be read'),
      unreadWhy: z.string().nullish().describe('why the first of them could not'),
    }).nullable(),
  })
  .meta({ id: 'HarvestRun' });
export type RunView = z.infer<typeof RunView>;

export const SourceView = z
  .object({
    id: z.string(), name: z.string(), homepage: z.string(),
    state: z.enum(SOURCE_STATES).describe('how its last run went; `new` before the first'),
    stateSince: z.iso.datetime().nullable().describe('since when it is in this state'),
    reason: z.string().nullable(),
    acknowledgedAt: z.iso.datetime().nullable().describe('since when somebody knows that it is not well'),
    lastGoodRunAt: z.iso.datetime().nullable().describe('as of when its calls are known'),
    ageHours: z.number().nullable().describe('hours since then: how old what is known of it is; null before its first good run'),
    lastRunAt: z.iso.datetime().nullable(),
    nextRunAt: z.iso.datetime().nullable(),
    calls: z.number().int(),
    missing: z.number().int().describe('calls that the last good run did not show any more'),
    unread: z.number().int().describe('rows that the last good run could not read'),
    unreadWhy: z.string().nullable().describe('why the first of them could not'),
    run: RunView.nullable().describe('the newest whole run'),
    glance: RunView.nullable().describe('the newest short look'),
    checks: z.object({
      at: z.iso.datetime(),
      differ: z.array(z.object({ id: z.string(), assumption: z.string(), seen: z.string(), consequence: z.string() })).describe('what is not as the program assumes'),
    }).nullable().describe('whether it is as it is taken for, as of when it was last asked; null before the first time'),
    partnerSearches: PartnersView.nullable().describe('how the reading of its partner searches does; null where it has none'),
  })
  .meta({ id: 'Source' });
export type SourceView = z.infer<typeof SourceView>;

const HOUR = 3_600_000;

export const runView = (run: HarvestRunEntity): RunView => ({
  id: run.id, kind: run.kind, state: run.state, startedAt: run.startedAt.toISOString(), endedAt: run.endedAt?.toISOString() ?? null, reason: run.reason, counts: run.counts,
});

const checksView = ({ answeredAt, results }: SourceCheckEntity): SourceView['checks'] => answeredAt && {
  at: answeredAt.toISOString(), differ: differing(results ?? []).map(({ id, assumption, seen, consequence }) => ({ id, assumption, seen, consequence })),
};

/** How the sources do, put together from what is known of each. */
@Injectable()
export class SourceViews {
  constructor(
    private readonly sources: Sources,
    private readonly states: SourceRepository,
    private readonly runs: RunRepository,
    private readonly alarms: AlarmRepository,
    private readonly checks: SourceCheckRepository,
    private readonly partners: PartnerReadingRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The sources of these ids, in their order. */
  async of(ids: string[]): Promise<SourceView[]> {
    const [states, counts] = [new Map((await this.states.all()).map((s) => [s.id, s])), await this.states.counts()];
    const watches = await this.alarms.watches(ids.map(sourceSubject));
    const checks = new Map((await this.checks.all()).map((c) => [c.sourceId, checksView(c)]));
    const partners = await this.partners.all();
    return Promise.all(ids.map(async (id) => {
      const view = await this.view(id, states.get(id), counts.get(id), watches.get(sourceSubject(id))?.acknowledgedAt);
      return { ...view, checks: checks.get(id) ?? null, partnerSearches: this.sources.get(id).partnerSearches ? partnersView(partners.get(id)) : null };
    }));
  }

  private async view(
    id: string, state: SourceEntity | undefined, counts = { calls: 0, missing: 0 }, acknowledgedAt: Date | null = null,
  ): Promise<Omit<SourceView, 'checks' | 'partnerSearches'>> {
    const { name, homepage } = this.sources.get(id);
    const [run, glance, lastGood] = await Promise.all([this.runs.latest(id), this.runs.latest(id, 'glance'), this.runs.lastGood(id)]);
    const good = state?.lastGoodRunAt ?? null;
    return {
      id, name, homepage, state: state?.state ?? 'new', stateSince: state?.stateSince?.toISOString() ?? null, reason: state?.reason ?? null,
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null, lastGoodRunAt: good?.toISOString() ?? null,
      // A tenth of an hour is as exact as anybody asks; a clock that is a little behind makes no age below zero.
      ageHours: good && Math.max(0, Math.round((this.clock.now().getTime() - good.getTime()) / HOUR * 10) / 10),
      lastRunAt: state?.lastRunAt?.toISOString() ?? null, nextRunAt: state?.dueAt?.toISOString() ?? null, ...counts,
      unread: lastGood?.counts?.unread ?? 0, unreadWhy: lastGood?.counts?.unreadWhy ?? null, run: run && runView(run), glance: glance && runView(glance),
    };
  }
}
