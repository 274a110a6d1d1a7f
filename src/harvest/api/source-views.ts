import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DISAGREEMENTS, type ReconciliationItem } from '../domain/list-against-search.js';
import {
  LIST_STATES,
  SOURCE_STATES,
  type SourceCheckEntity,
  type SourceEntity,
  LagRepository,
  SourceRepository,
} from '../store/source.repository.js';
import { type Compared, SourceListRepository } from '../store/source-list.repository.js';
import { ListTopics } from '../lists/list.job.js';
import { Sources } from '../source-registry.js';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.js';
import {
  PARTNER_READING_STATES,
  type PartnerReadingEntity,
  PartnerReadingRepository,
} from '../store/partners/partner-search.repository.js';
import type { Clock } from '../../kernel/ports.js';
import { differing } from '../domain/check.js';
import { lagOf, LagSpread, Lead, leadOf } from '../domain/lag.js';
import { sourceSubject } from '../../monitoring/domain/alarm-words.js';
import { AlarmRepository } from '../../monitoring/store/alarm.repository.js';
import { type HarvestRunEntity, RunRepository } from '../store/run.repository.js';
import { SourceCheckRepository } from '../store/source-check.repository.js';
import { CLOCK } from '../../platform/tokens.js';

const ListView = z
  .object({
    state: z
      .enum(LIST_STATES)
      .describe('result of its last reading, apart from the runs of the source; `new` before the first'),
    reason: z.string().nullable(),
    readAt: z.iso.datetime().nullable().describe('when its topics were last read'),
    ageHours: z.number().nullable(),
    topics: z.number().int().nullable().describe('topics in the list, closed ones too'),
    living: z.number().int().nullable().describe('forthcoming or open topics'),
    onlyInList: z.number().int().nullable().describe('topics missing from the pages of the source'),
    unread: z.number().int().nullable().describe('items and notes that could not be read'),
    unreadWhy: z.string().nullable().describe('the reason for the first of them'),
  })
  .meta({ id: 'SourceList' });
type ListView = z.infer<typeof ListView>;

const Stated = z
  .object({ status: z.enum(['forthcoming', 'open', 'closed']), deadlines: z.array(z.iso.datetime()) })
  .nullable();

export const ReconciliationView = z
  .object({
    items: z.array(
      z.object({
        reference: z.string(),
        what: z.enum(DISAGREEMENTS),
        search: Stated.describe('according to the pages of the source'),
        list: Stated.describe('according to its own list'),
        since: z.iso.datetime(),
      }),
    ),
    total: z.number().int(),
  })
  .meta({ id: 'Reconciliation' });
export type ReconciliationView = z.infer<typeof ReconciliationView>;

/** A source's own list, and where it disagrees with the pages. */
interface ListSeen {
  view: ListView;
  items: ReconciliationItem[];
}

/**
 * Returns the hours since `at`, rounded to a tenth, which is precise enough; never negative if a clock is
 * slightly behind.
 */
const ageHours = (at: Date | null, now: Date): number | null =>
  at && Math.max(0, Math.round(((now.getTime() - at.getTime()) / HOUR_MS) * 10) / 10);

export const reconciliationView = (items: ReconciliationItem[]): ReconciliationView => ({
  items: items.map((i) => ({ ...i, since: i.since.toISOString() })),
  total: items.length,
});

/** The state of the sources' own lists. */
@Injectable()
export class ListViews {
  constructor(
    private readonly sources: Sources,
    private readonly lists: SourceListRepository,
    private readonly topics: ListTopics,
  ) {}

  /** Null if the source has no list. `listed`: without the disagreements on what only its pages show. */
  async forSource(id: string, now: Date, which: Compared = 'all'): Promise<ListSeen | null> {
    if (!this.sources.get(id).list) return null;
    const [list, items] = [
      await this.lists.findBySource(id),
      await this.topics.disagreements(id, now, which),
    ];
    const { topics = null, living = null, unread = null, unreadWhy = null } = list?.counts ?? {};
    const onlyInList = list?.firstReadAt ? items.filter((i) => i.what === 'only-in-list').length : null;
    const readAt = list?.readAt ?? null;
    return {
      view: {
        state: list?.state ?? 'new',
        reason: list?.reason ?? null,
        readAt: readAt?.toISOString() ?? null,
        ageHours: ageHours(readAt, now),
        topics,
        living,
        onlyInList,
        unread,
        unreadWhy,
      },
      items,
    };
  }
}

const PartnersView = z
  .object({
    state: z
      .enum(PARTNER_READING_STATES)
      .describe('result of the last reading, or that one is running; `new` before the first'),
    reason: z.string().nullable().describe('why nothing was changed'),
    lastGoodAt: z.iso.datetime().nullable().describe('when partner searches were last read'),
    nextAt: z.iso.datetime().nullable(),
    unread: z.number().int().describe('rows that could not be read in the last good reading'),
    unreadWhy: z.string().nullable(),
  })
  .meta({ id: 'PartnerReading' });
type PartnersView = z.infer<typeof PartnersView>;

/** For a source that has partner searches; they are unknown before its first good harvest. */
const partnersView = (reading: PartnerReadingEntity | undefined): PartnersView => ({
  state: reading?.state ?? 'new',
  reason: reading?.reason ?? null,
  lastGoodAt: reading?.lastGoodAt?.toISOString() ?? null,
  nextAt: reading && reading.state !== 'reading' ? reading.dueAt.toISOString() : null,
  unread: reading?.unread ?? 0,
  unreadWhy: reading?.unreadWhy ?? null,
});

export const RunView = z
  .object({
    id: z.uuid(),
    kind: z
      .enum(['full', 'quick-check', 'details'])
      .describe('the whole source, a quick check of urgent calls, or the topics found only in its own list'),
    state: z.enum(['reading', 'judging', 'accepted', 'rejected', 'failed']),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    counts: z
      .object({
        calls: z.number(),
        new: z.number(),
        changed: z.number(),
        missing: z.number(),
        gone: z.number().describe('considered gone by this run'),
        unread: z.number().optional().describe('rows that could not be read'),
        unreadWhy: z.string().nullish().describe('the reason for the first of them'),
      })
      .nullable(),
  })
  .meta({ id: 'HarvestRun' });
export type RunView = z.infer<typeof RunView>;

export const SourceView = z
  .object({
    id: z.string(),
    name: z.string(),
    homepage: z.string(),
    state: z.enum(SOURCE_STATES).describe('result of its last run; `new` before the first'),
    stateSince: z.iso.datetime().nullable().describe('since when it has been in this state'),
    reason: z.string().nullable(),
    acknowledgedAt: z.iso.datetime().nullable().describe('since when the problem has been acknowledged'),
    lastGoodRunAt: z.iso.datetime().nullable().describe('when its calls were last read'),
    ageHours: z.number().nullable().describe('hours since then; null before its first good run'),
    lastRunAt: z.iso.datetime().nullable(),
    nextRunAt: z.iso.datetime().nullable(),
    calls: z.number().int(),
    missing: z.number().int().describe('calls that were missing in the last good run'),
    unread: z.number().int().describe('rows that could not be read in the last good run'),
    unreadWhy: z.string().nullable().describe('the reason for the first of them'),
    run: RunView.nullable().describe('the latest full run'),
    quickCheck: RunView.nullable().describe('the latest quick check'),
    checks: z
      .object({
        at: z.iso.datetime(),
        differ: z
          .array(
            z.object({ id: z.string(), assumption: z.string(), seen: z.string(), consequence: z.string() }),
          )
          .describe('what the parser does not expect'),
      })
      .nullable()
      .describe(
        'whether it still has the form that its parser expects, when last checked; null before the first check',
      ),
    partnerSearches: PartnersView.nullable().describe(
      'how its partner searches are read; null if it has none',
    ),
    list: ListView.nullable().describe('its own list of what it publishes; null if it has none'),
    made: z
      .record(z.string(), z.string())
      .nullable()
      .describe('how the last good run was done, by kind of call'),
    lag: z
      .object({
        known: LagSpread.nullable().describe('until it was stored here'),
        announced: LagSpread.nullable().describe('until the first message about it was sent'),
      })
      .describe(
        'delay between stated publication and storing or sending of a new call or a note on one, over the last 90 days; in days where only a day is stated',
      ),
    lead: Lead.nullable().describe(
      'topics of drafts that were published over the last year; null if the source has no drafts',
    ),
  })
  .meta({ id: 'Source' });
export type SourceView = z.infer<typeof SourceView>;

/** The periods over which the lag and the lead are measured. */
const LAG_MS = 90 * DAY_MS;
const LEAD_MS = 365 * DAY_MS;

export const runView = (run: HarvestRunEntity): RunView => ({
  id: run.id,
  kind: run.kind,
  state: run.state,
  startedAt: run.startedAt.toISOString(),
  endedAt: run.endedAt?.toISOString() ?? null,
  reason: run.reason,
  // What only the next run needs is left out.
  counts: RunView.shape.counts.parse(run.counts),
});

const checksView = ({ answeredAt, results }: SourceCheckEntity): SourceView['checks'] =>
  answeredAt && {
    at: answeredAt.toISOString(),
    differ: differing(results ?? []).map(({ id, assumption, seen, consequence }) => ({
      id,
      assumption,
      seen,
      consequence,
    })),
  };
/** A source, with the disagreements between its own list and its pages; null if it has no list. */
interface SourceSeen {
  view: SourceView;
  disagreements: ReconciliationItem[] | null;
}

/** The state of the sources, assembled from everything known about each. */
@Injectable()
export class SourceViews {
  constructor(
    private readonly sources: Sources,
    private readonly states: SourceRepository,
    private readonly runs: RunRepository,
    private readonly alarms: AlarmRepository,
    private readonly checks: SourceCheckRepository,
    private readonly partners: PartnerReadingRepository,
    private readonly lists: ListViews,
    private readonly lags: LagRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the sources with these ids, in the same order. */
  async forSources(ids: string[]): Promise<SourceView[]> {
    return (await this.seen(ids, 'listed')).map(({ view }) => view);
  }

  /** Returns the same with the disagreements, for the web pages. */
  async seen(ids: string[], which: Compared = 'all'): Promise<SourceSeen[]> {
    const [states, counts] = [
      new Map((await this.states.all()).map((s) => [s.id, s])),
      await this.states.counts(),
    ];
    const monitorsOf = await this.alarms.monitorsOf(ids.map(sourceSubject));
    const checks = new Map((await this.checks.all()).map((c) => [c.sourceId, checksView(c)]));
    const partners = await this.partners.all();
    return Promise.all(
      ids.map(async (id) => {
        const { view, disagreements } = await this.view(
          id,
          which,
          states.get(id),
          counts.get(id),
          monitorsOf.get(sourceSubject(id))?.acknowledgedAt,
        );
        const partnerSearches = this.sources.get(id).partnerSearches ? partnersView(partners.get(id)) : null;
        return { view: { ...view, checks: checks.get(id) ?? null, partnerSearches }, disagreements };
      }),
    );
  }

  private async view(
    id: string,
    which: Compared,
    state: SourceEntity | undefined,
    counts = { calls: 0, missing: 0 },
    acknowledgedAt: Date | null = null,
  ): Promise<{
    view: Omit<SourceView, 'checks' | 'partnerSearches'>;
    disagreements: ReconciliationItem[] | null;
  }> {
    const { name, homepage, committees } = this.sources.get(id);
    const now = this.clock.now();
    const [run, quickCheck, lastGood] = await Promise.all([
      this.runs.latest(id),
      this.runs.latest(id, 'quick-check'),
      this.runs.lastGood(id),
    ]);
    const [list, published] = await Promise.all([
      this.lists.forSource(id, now, which),
      this.lags.published(id, new Date(now.getTime() - LAG_MS)),
    ]);
    const good = state?.lastGoodRunAt ?? null;
    const view: Omit<SourceView, 'checks' | 'partnerSearches'> = {
      id,
      name,
      homepage,
      state: state?.state ?? 'new',
      stateSince: state?.stateSince?.toISOString() ?? null,
      reason: state?.reason ?? null,
      acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
      lastGoodRunAt: good?.toISOString() ?? null,
      ageHours: ageHours(good, now),
      lastRunAt: state?.lastRunAt?.toISOString() ?? null,
      nextRunAt: state?.dueAt?.toISOString() ?? null,
      ...counts,
      unread: lastGood?.counts?.unread ?? 0,
      unreadWhy: lastGood?.counts?.unreadWhy ?? null,
      run: run && runView(run),
      quickCheck: quickCheck && runView(quickCheck),
      list: list?.view ?? null,
      made: lastGood?.counts?.made ?? null,
      lag: lagOf(published),
      lead: committees
        ? leadOf(await this.lags.foreseen({ from: new Date(now.getTime() - LEAD_MS), to: null }))
        : null,
    };
    return { view, disagreements: list?.items ?? null };
  }
}
