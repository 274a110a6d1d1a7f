import type { INestApplicationContext } from '@nestjs/common';
import { SingleBar } from 'cli-progress';
import type { HarvestRunEntity } from '../harvest/store/harvest-run.entity.js';
import { RunRepository } from '../harvest/store/run.repository.js';
import { SourceRepository } from '../harvest/store/source.repository.js';
import { inBrussels } from '../kernel/brussels.js';
import { scanOf } from '../harvest/domain/scan-agreement.js';
import { RunReader } from '../harvest/runs/run-reader.js';
import { Sources } from '../harvest/sources.js';
import { showFirstMatching } from './first-matching.js';
import { sayIn, type Say } from '../platform/logging/logger.js';
import type { Environment } from '../platform/config/environment.js';
import { ENVIRONMENT } from '../platform/tokens.js';

const EVERY_MS = 300;

interface Seen {
  pages: number;
  planned: number;
  calls: number;
  scan: 1 | 2;
  state: HarvestRunEntity['state'];
}

/**
 * Shows the first harvest of each source until it ends: a bar on a terminal, else a line per step. It reads
 * the database, so it also shows runs of other processes.
 */
export async function showFirstHarvest(app: INestApplicationContext): Promise<void> {
  const known = await app.get(SourceRepository).all();
  const sources = app.get(Sources).all.filter((s) => !known.find((k) => k.id === s.id)?.lastGoodRunAt);
  if (!sources.length) return;
  const { LOG_FORMAT } = app.get<Environment>(ENVIRONMENT);
  const say = sayIn(LOG_FORMAT);
  const draws = process.stdout.isTTY && LOG_FORMAT === 'text';
  say(
    `Reading ${sources.length} source${sources.length === 1 ? '' : 's'}: ${sources.map((s) => s.name).join(', ')}`,
  );
  const read = await Promise.all(
    sources.map((s) => new HarvestProgress(app, s.id, s.name, say, draws).show()),
  );
  if (read.some(Boolean)) await showFirstMatching(app, say);
}

class HarvestProgress {
  private readonly bar: SingleBar | null;
  private readonly runs: RunRepository;
  private readonly since = new Date();
  private earlier = '';
  private last = '';

  constructor(
    private readonly app: INestApplicationContext,
    private readonly sourceId: string,
    private readonly name: string,
    private readonly say: Say,
    draws: boolean,
  ) {
    this.bar = draws
      ? new SingleBar({
          format: '  {name} {bar} {value}/{total} pages, {calls} calls, {state}',
          hideCursor: true,
        })
      : null;
    this.runs = app.get(RunRepository);
  }

  /** Returns whether the source was read successfully. */
  async show(): Promise<boolean> {
    const before = await this.runs.latest(this.sourceId);
    this.earlier = before?.endedAt ? before.id : '';
    this.bar?.start(1, 0, { name: this.name, calls: 0, state: 'starting' });
    for (;;) {
      const run = await this.runs.latest(this.sourceId);
      // A run that had ended earlier does not belong to this start.
      if (run && run.id !== this.earlier) {
        this.step(await this.seen(run));
        if (run.endedAt) return this.finish(run);
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
    }
  }

  private async seen(run: HarvestRunEntity): Promise<Seen> {
    const requests = await this.runs.requests(run.id);
    const answered = requests.filter((r) => r.documentHash !== null);
    // The second scan reads the same calls again.
    const scan = answered.filter((r) => r.scan === answered.at(-1)!.scan);
    const pages = await this.app.get(RunReader).read(this.app.get(Sources).get(this.sourceId), scan);
    return {
      pages: answered.length,
      planned: requests.length,
      calls: scanOf(pages).calls.size,
      scan: scan[0]?.scan ?? 1,
      state: run.state,
    };
  }

  private step({ pages, planned, calls, scan, state }: Seen): void {
    const done = state === 'reading' ? `scan ${scan} of 2` : state;
    this.bar?.setTotal(Math.max(1, planned));
    this.bar?.update(pages, { name: this.name, calls, state: done });
    const line = `  ${this.name}: ${pages}/${planned} pages, ${calls} calls, ${done}`;
    if (!this.bar && line !== this.last) this.say(line);
    this.last = line;
  }

  private async finish(run: HarvestRunEntity): Promise<boolean> {
    this.bar?.stop();
    const seconds = ((Date.now() - this.since.getTime()) / 1_000).toFixed(1);
    if (run.state === 'accepted') {
      this.say(
        `  ${this.name}: ${run.counts!.calls} calls after ${seconds} s, ${run.counts!.new} of them new`,
      );
      return true;
    }
    const source = (await this.app.get(SourceRepository).all()).find((s) => s.id === this.sourceId);
    const again = source?.dueAt ? ` Next try at ${inBrussels(source.dueAt)}.` : '';
    this.say(
      `  ${this.name} is ${source?.state ?? 'not read'}: ${run.reason ?? ''}.${again} Everything else is working.`,
    );
    return false;
  }
}
