import { Inject, Injectable } from '@nestjs/common';
import type { Message } from '../i18n/message.js';
import { DAY_MS, MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { CallRepository } from '../calls/store/call.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { RunRepository } from '../harvest/store/run.repository.js';
import { SourceCheckRepository } from '../harvest/store/source-check.repository.js';
import { SourceRepository } from '../harvest/store/source.repository.js';
import { Sources } from '../harvest/source-registry.js';
import { PlanRepository } from './store/plan.repository.js';
import { CLOCK, SETTINGS, SOURCE_NAMES } from '../platform/tokens.js';
import { isLeftAlone } from '../matching/domain/reader/reader-cost.js';
import { ReaderLogRepository } from '../matching/store/reader-log.repository.js';
import { UnreadPairRepository } from '../matching/store/unread-pair.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { LanguageModel } from '../platform/reader/language-model.js';

/** Older data is no basis for a digest while newer data is on its way. */
const STALE_MS = DAY_MS;
/** How long a first message waits for the check of a source that was just read for the first time. */
const CHECK_MS = 30_000;

/** Whether we know enough to write to people. */
@Injectable()
export class Readiness {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly calls: CallRepository,
    private readonly sources: SourceRepository,
    private readonly runs: RunRepository,
    private readonly plans: PlanRepository,
    private readonly checks: SourceCheckRepository,
    private readonly enabled: Sources,
    @Inject(SOURCE_NAMES) private readonly sourceNames: ReadonlyMap<string, Message>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the sequence number of the last event. */
  lastEvent(): Promise<string> {
    return this.plans.lastEvent();
  }

  /**
   * Whether a source of calls was read well and these profiles (null: all) are matched with everything
   * stored.
   */
  async matched(profileIds: string[] | null): Promise<boolean> {
    const beside = new Set(this.enabled.all.filter((s) => s.topics).map((s) => s.id));
    if (!(await this.sources.all()).some((s) => s.lastGoodRunAt && !beside.has(s.id))) return false;
    const last = BigInt(await this.calls.lastSeq());
    const states = await this.profiles.matchedStates(profileIds);
    return states.every((p) => p.matchedRevision === p.revision && BigInt(p.matchedSeq) >= last);
  }

  /**
   * Whether no source without a good run for a day is being read or about to be. Otherwise, after an outage,
   * a due digest would say that nothing is new, a minute before the news is known. A failing source is waited
   * for while it is tried.
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

  /** Whether no source that was first read a moment ago still waits for its check. */
  async checked(): Promise<boolean> {
    return !(await this.checks.awaited(
      [...this.sourceNames.keys()],
      new Date(this.clock.now().getTime() - CHECK_MS),
    ));
  }
}

/** The longest a message waits for a language model's reading; then the built-in ranking decides. */
const MOST_WAITED_MS = 5 * MINUTE_MS;

/** Language-model readings still pending for calls that people are about to be notified of. */
@Injectable()
export class AwaitedReadings {
  constructor(
    private readonly unread: UnreadPairRepository,
    private readonly requests: ReaderLogRepository,
    private readonly language: LanguageModel,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether a message about these profiles (null: all) should wait. Never while the model is paused. */
  async any(profileIds: string[] | null): Promise<boolean> {
    const reader = this.language.current;
    if (!reader) return false;
    const [now, state] = [this.clock.now(), await this.requests.state(reader.name)];
    if (isLeftAlone(state, this.settings.reader, now)) return false;
    return this.unread.awaited(profileIds, {
      least: this.settings.digest.minScore,
      now,
      since: new Date(now.getTime() - MOST_WAITED_MS),
    });
  }
}
