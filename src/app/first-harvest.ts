import type { INestApplicationContext } from '@nestjs/common';
import { SingleBar } from 'cli-progress';
import { CallRepository } from '../calls/store/call.repository.js';
import { MatchRepository } from '../matching/store/match.repository.js';
import { FollowRepository } from '../notifications/store/recipient.repository.js';
import { ProfileRepository } from '../profiles/store/profile.repository.js';
import { UnmatchedProfiles } from '../matching/store/match-writer.js';
import { VectorStore } from '../matching/store/embedding.repository.js';
import type { Clock } from '../kernel/ports.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import { type Say, sayIn } from '../platform/logging/logger.js';
import { counted } from '../platform/say.js';
import { type HarvestRunEntity, RunRepository } from '../harvest/store/run.repository.js';
import { SourceRepository } from '../harvest/store/source.repository.js';
import { inBrussels } from '../kernel/brussels.js';
import { scanOf } from '../harvest/domain/scan-agreement.js';
import { RunReader } from '../harvest/run-documents.js';
import { Sources } from '../harvest/source-registry.js';
import type { Environment } from '../platform/config/environment.js';

/** Waits until every profile is matched, then tells the result and who will be notified. */
async function showFirstMatching(app: INestApplicationContext, say: Say): Promise<void> {
  const profiles = app.get(ProfileRepository);
  const behind = async () =>
    app
      .get(UnmatchedProfiles)
      .all(await app.get(CallRepository).lastSeq(), await app.get(VectorStore).serving(), null);
  while ((await behind()).length) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS).unref());
  }
  const { minScore } = app.get<Settings>(SETTINGS).digest;
  const { total } = await app
    .get(MatchRepository)
    .list({ minScore, closed: false }, app.get<Clock>(CLOCK).now(), 1, null);
  const all = await profiles.findAll();
  say(
    `  Matched with ${all.length} institutes: ${total} matches with a score of ${minScore} or more. See GET /v1/matches?profile=<id>`,
  );
  say(`  ${await whoIsTold(app)}`);
}

/** Says how many institutes have a recipient: a contact, one of their people or a channel. */
export async function whoIsTold(app: INestApplicationContext): Promise<string> {
  const { size } = await app.get(FollowRepository).heard(null);
  if (size === 0)
    return 'Nobody is notified of calls yet. Invite the officer of an institute in the browser (see Sign in above), or add a contact in config/institutes/<id>.yaml';
  return `${size === 1 ? '1 institute is notified' : `${size} institutes are notified`} of new calls. See GET /v1/notifications`;
}

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
  say(`Reading ${counted(sources.length, 'source')}: ${sources.map((s) => s.name).join(', ')}`);
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
