import { Inject, Logger } from '@nestjs/common';
import { plan } from './domain/schedule/plan.js';
import { EVENT_KINDS, type NotifiableEvent } from '../calls/domain/versions/diff.js';
import type { Clock } from '../kernel/ports.js';
import { PlanRepository } from './store/plan.repository.js';
import { RecipientFitRepository } from './store/digest.repository.js';
import { RecipientRepository } from './store/recipient.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { RecipientContexts, type RecipientContext } from './recipient-context.js';
import { Readiness } from './readiness.js';
import { SearchHits } from './search-hits.js';
import { NOTIFY } from './notify.job.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const PLAN = defineJob({
  name: 'plan',
  queue: 'notify',
  data: z.strictObject({ recipientId: z.uuid() }),
  rows: ofAllInstitutes('a message is for all that its recipient follows'),
});

/** Plans what one recipient is sent from the events since the last plan. */
@Runs(PLAN)
export class PlanJob implements Job<typeof PLAN> {
  private readonly log = new Logger('Plan');
  /** The keys of events that were reported as unknown. */
  private readonly unknown = new Set<string>();

  constructor(
    private readonly contexts: RecipientContexts,
    private readonly readiness: Readiness,
    private readonly plans: PlanRepository,
    private readonly fits: RecipientFitRepository,
    private readonly searches: SearchHits,
    private readonly recipients: RecipientRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds recipients with events that are not planned yet. */
  async due(): Promise<NextJob[]> {
    return (await this.recipients.behind()).map((recipientId) => job(PLAN, { recipientId }));
  }

  async run({ recipientId }: JobData<typeof PLAN>): Promise<NextJob[]> {
    const context = await this.contexts.findById(recipientId);
    // The fit of a changed call is known only after it has been matched again.
    if (!context || !(await this.readiness.matched(context.matchedBy))) return [];
    const from = context.recipient.plannedSeq;
    const now = this.clock.now();
    const { events, upTo } = await this.plans.eventsAfter(from);
    if (upTo === from) return [];
    const known = events.filter((event) => this.isKnown(event));
    const items = plan(known, await this.facts(context, known, now), now);
    if (!(await this.plans.keep(recipientId, items, { from, upTo }, now))) return [];
    return [job(PLAN, { recipientId }), job(NOTIFY, { recipientId })];
  }

  /** What a newer version wrote beside this one, during an update, is told by that version alone. */
  private isKnown({ kind, key }: NotifiableEvent): boolean {
    if (EVENT_KINDS.includes(kind)) return true;
    if (!this.unknown.has(key))
      this.log.error(
        `An event of a kind that this version does not know (${kind}, ${key}) is told to nobody by this process. Fix: Update all workers to the same version.`,
      );
    this.unknown.add(key);
    return false;
  }

  private async facts(context: RecipientContext, events: NotifiableEvent[], now: Date) {
    const { recipient, follows, followed, profiles, inside, preferences, least } = context;
    const callIds = [...new Set(events.flatMap((e) => e.callId ?? []))];
    const calls = await this.plans.calls(recipient.id, callIds, { profiles, inside }, now);
    const hits = await this.searches.among(follows, callIds);
    for (const [id, searches] of hits) calls.set(id, { ...calls.get(id)!, searches });
    const welcomed = new Set(follows.filter((f) => f.welcomedAt).map((f) => `${f.kind}/${f.target}`));
    const answered = await this.plans.answeredByMail(
      recipient.id,
      events.flatMap((e) => (e.kind === 'answer' ? (e.about ?? []) : [])),
    );
    return {
      inside,
      answered,
      follows: followed.filter((f) => welcomed.has(`${f.kind}/${f.target}`)),
      preferences,
      least,
      calls,
      studied: await this.fits.studied(
        context,
        events.flatMap((e) => (e.kind === 'questions' || e.kind === 'change' ? (e.callId ?? []) : [])),
      ),
      changes: await this.plans.changes(events),
    };
  }
}
