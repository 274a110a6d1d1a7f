import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { CallRepository } from '../calls/store/index.js';
import { ProfileRepository } from '../profiles/store/index.js';
import { RunRepository, SourceCheckRepository, SourceRepository } from '../harvest/store/index.js';
import { PlanRepository } from './store/plan.repository.js';
import { CLOCK, SOURCE_NAMES } from '../platform/tokens.js';

/** What is older is no base for a digest while newer is on its way. */
const STALE_MS = DAY_MS;
/**
 * A first message waits no longer for a source that was just read to be asked whether it is as it is taken
 * for.
 */
const CHECK_MS = 30_000;

/** Whether what we know is enough to write to people about it. */
@Injectable()
export class Readiness {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly calls: CallRepository,
    private readonly sources: SourceRepository,
    private readonly runs: RunRepository,
    private readonly plans: PlanRepository,
    private readonly checks: SourceCheckRepository,
    @Inject(SOURCE_NAMES) private readonly sourceNames: ReadonlyMap<string, string>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The last place in the order of events. */
  lastEvent(): Promise<string> {
    return this.plans.lastEvent();
  }

  /**
   * Some source was read well, and these profiles, all where it is null, are matched with all that is stored.
   */
  async matched(profileIds: string[] | null): Promise<boolean> {
    if (!(await this.sources.all()).some((s) => s.lastGoodRunAt)) return false;
    const last = BigInt(await this.calls.lastSeq());
    const states = await this.profiles.matchedStates(profileIds);
    return states.every((p) => p.matchedRevision === p.revision && BigInt(p.matchedSeq) >= last);
  }

  /**
   * No source that was not read well for a day is being read, or is about to be. Where the installation stood
   * still, the digest that is due would else say that nothing is new, a minute before it is known what is. A
   * source that fails is waited for while it is tried.
   */
  async caughtUp(): Promise<boolean> {
    const now = this.clock.now();
    const stale = (await this.sources.all()).filter(
      (s) => this.sourceNames.has(s.id) && (s.lastGoodRunAt?.getTime() ?? 0) < now.getTime() - STALE_MS,
    );
    if (!stale.length) return true;
    const underWay = new Set((await this.runs.allUnderWay()).map((run) => run.sourceId));
    return stale.every((s) => s.dueAt !== null && s.dueAt > now && !underWay.has(s.id));
  }

  /**
   * No source that was read for the first time a moment ago is still to be asked whether it is as it is taken
   * for.
   */
  async checked(): Promise<boolean> {
    return !(await this.checks.awaited(
      [...this.sourceNames.keys()],
      new Date(this.clock.now().getTime() - CHECK_MS),
    ));
  }
}
