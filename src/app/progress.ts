import type { INestApplicationContext } from '@nestjs/common';
import { SingleBar } from 'cli-progress';
import type { HarvestRunEntity } from '../persistence/entities/harvest-run.entity.js';
import { RunRepository } from '../persistence/repositories/run.repository.js';
import { SourceRepository } from '../persistence/repositories/source.repository.js';
import { inBrussels } from '../domain/call/brussels.js';
import { Sources } from '../features/ingest/sources.js';

const EVERY_MS = 300;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Seen { pages: number; planned: number; state: HarvestRunEntity['state'] }

/**
 * Shows the first harvest of each source until it has ended: a bar on a terminal, a line a step elsewhere. It reads what
 * the database says, so it shows a run that another process does as well.
 */
export async function showFirstHarvest(app: INestApplicationContext): Promise<void> {
  const sources = app.get(Sources).all;
  say(`Reading ${sources.length} source${sources.length === 1 ? '' : 's'}: ${sources.map((s) => s.name).join(', ')}`);
  await Promise.all(sources.map((s) => new HarvestProgress(app, s.id, s.name).show()));
}

class HarvestProgress {
  private readonly bar = process.stdout.isTTY ? new SingleBar({ format: '  {name} {bar} {value}/{total} pages, {state}', hideCursor: true }) : null;
  private readonly runs: RunRepository;
  private readonly since = new Date();
  private last = '';

  constructor(
    private readonly app: INestApplicationContext,
    private readonly sourceId: string,
    private readonly name: string,
  ) {
    this.runs = app.get(RunRepository);
  }

  async show(): Promise<void> {
    this.bar?.start(1, 0, { name: this.name, state: 'beginning' });
    for (;;) {
      const run = await this.runs.latest(this.sourceId);
      if (run) this.step(await this.seen(run));
      if (run?.endedAt) return this.finish(run);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
    }
  }

  private async seen(run: HarvestRunEntity): Promise<Seen> {
    const requests = await this.runs.requests(run.id);
    return { pages: requests.filter((r) => r.documentHash !== null).length, planned: requests.length, state: run.state };
  }

  private step({ pages, planned, state }: Seen): void {
    this.bar?.setTotal(Math.max(1, planned));
    this.bar?.update(pages, { name: this.name, state });
    const line = `  ${this.name}: ${pages}/${planned} pages, ${state}`;
    if (!this.bar && line !== this.last) say(line);
    this.last = line;
  }

  private async finish(run: HarvestRunEntity): Promise<void> {
    this.bar?.stop();
    const seconds = ((Date.now() - this.since.getTime()) / 1_000).toFixed(1);
    if (run.state === 'believed') return say(`  ${this.name}: ${run.counts!.calls} calls after ${seconds} s, ${run.counts!.new} of them new`);
    const source = (await this.app.get(SourceRepository).all()).find((s) => s.id === this.sourceId);
    const again = source?.dueAt ? ` Next try at ${inBrussels(source.dueAt)}.` : '';
    say(`  ${this.name} is ${source?.state ?? 'not read'}: ${run.reason ?? ''}.${again} Everything else works.`);
  }
}
