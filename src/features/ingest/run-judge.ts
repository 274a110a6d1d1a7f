import { Inject, Injectable } from '@nestjs/common';
import { glanceScanOf, judge, judgeGlance, scanOf, type Belief, type Scan } from '../../domain/source/belief.js';
import type { SeenCall } from '../../domain/source/findings.js';
import type { Clock } from '../../domain/ports.js';
import type { HarvestRunEntity } from '../../persistence/entities/harvest-run.entity.js';
import { RunRepository } from '../../persistence/repositories/run.repository.js';
import { SourcePastRepository } from '../../persistence/repositories/source-past.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { RunReader } from './run-reader.js';
import { seenCalls } from './seen-calls.js';
import type { Source } from './source-registry.js';

/** Whether a run is believed: then with its calls and the rows that could not be read, else with the reason, and its size where it is that. */
export type Verdict = { believed: true; calls: SeenCall[]; unread: Scan['unread'] } | { believed: false; why: string; size: number | null };

/** Reads a run's documents and judges them against each other and against what its source is known for. */
@Injectable()
export class RunJudge {
  constructor(
    private readonly runs: RunRepository,
    private readonly past: SourcePastRepository,
    private readonly reader: RunReader,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async verdict(run: HarvestRunEntity, source: Source): Promise<Verdict> {
    const requests = await this.runs.requests(run.id);
    const of = (scan: 1 | 2) => requests.filter((r) => r.scan === scan);
    const scanned = run.kind === 'glance' ? glanceScanOf : scanOf;
    const first = scanned(await this.reader.read(source, of(1)));
    const belief = await this.belief(run, source, first, scanned(await this.reader.read(source, of(2))));
    if (!belief.believed) return belief;
    const counted = new Set(belief.calls);
    const calls = new Map([...first.calls].filter(([, call]) => counted.has(call)));
    return { believed: true, calls: seenCalls({ ...first, calls }, of(1)), unread: first.unread };
  }

  private async belief({ kind, targets }: HarvestRunEntity, source: Source, first: Scan, second: Scan): Promise<Belief> {
    if (kind === 'glance') return judgeGlance(first, second, targets ?? []);
    return judge(first, second, source, this.settings.harvest, await this.past.of(source.id, this.clock.now()));
  }
}
