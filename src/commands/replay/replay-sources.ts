import type { INestApplicationContext } from '@nestjs/common';
import { RunRepository } from '../../harvest/store/run.repository.js';
import { say } from '../../platform/say.js';
import { FETCHER } from '../../platform/tokens.js';
import { callEvents } from './calls-told.js';
import { draftEvents, registerEvents, topicsRead } from './drafts-told.js';
import { Harvests, type ReplayClock, StandIn, withReplayProcess } from './replay-process.js';
import { type SourcesReplayOptions, writeWhole } from './options.js';
import { projectEvents } from './projects-told.js';
import { questionEvents } from './questions-told.js';

const PORTAL = 'funding-tenders';
/** Read every day; they have no calls. */
const BESIDE = ['comitology-register', 'funded-projects', 'portal-questions'];
/** The stand-in's word for a source of calls; others have their own id. */
const WORDS: Record<string, string> = { 'appels-projets-recherche': 'french' };
/** A reading that is not accepted is repeated two hours later, until the day is over. */
const HOURS = Array.from({ length: 12 }, (_, i) => String(2 * i).padStart(2, '0'));

/** Reads the sources on each day of the stand-in, and writes what was read and what happened. */
class SourcesReplay {
  private readonly standIn: StandIn;
  private readonly harvests: Harvests;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: ReplayClock,
    private readonly options: SourcesReplayOptions,
    private readonly ids: readonly string[],
  ) {
    this.standIn = new StandIn(app.get(FETCHER), options.sources);
    this.harvests = new Harvests(app);
  }

  async all(): Promise<void> {
    const { from, to } = this.options;
    const days = (await this.standIn.look()).days.filter((d) => d >= from && d <= to);
    for (const [i, day] of days.entries()) {
      await this.standIn.move(day);
      // The stand-in's portal is the same on all days.
      if (i === 0 && this.ids.includes(PORTAL)) await this.readOnce(PORTAL, day, new Set());
      await this.harvests.ownLists(day);
      for (const id of this.ids.filter((known) => known !== PORTAL)) await this.readToday(id, day);
      if (i % 10 === 9 || i === days.length - 1)
        say(`  ${day}: ${i + 1} of ${days.length} days, after ${process.uptime().toFixed(1)} s`);
    }
    await this.write();
  }

  /** A killed replay goes on with the day that it had not finished. */
  private async readToday(sourceId: string, day: string): Promise<void> {
    const done = await this.app.get(RunRepository).endedStarts(sourceId);
    if (![...done].some((start) => start.startsWith(day))) await this.readOnce(sourceId, day, done);
  }

  /** Reads a source until a reading of the day is accepted. */
  private async readOnce(sourceId: string, day: string, done: ReadonlySet<string>): Promise<void> {
    for (const hour of HOURS) {
      const at = new Date(`${day}T${hour}:00:00Z`);
      if (done.has(at.toISOString())) continue;
      this.clock.at = at;
      if ((await this.harvests.toTheEnd(sourceId, day)).state === 'accepted') return;
    }
  }

  private async ofCalls(): Promise<object[]> {
    const ids = this.ids.filter((id) => id !== PORTAL && !BESIDE.includes(id));
    return (await Promise.all(ids.map((id) => callEvents(this.app, id, WORDS[id] ?? id)))).flat();
  }

  private async write(): Promise<void> {
    const lines = (rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    writeWhole(this.options.readFile, lines(await topicsRead(this.app)));
    const day = this.options.to;
    writeWhole(
      this.options.eventsFile,
      lines([
        ...(await registerEvents(this.app)),
        ...(await draftEvents(this.app, day)),
        ...(await projectEvents(this.app)),
        ...(await questionEvents(this.app)),
        ...(await this.ofCalls()),
      ]),
    );
  }
}

/** Replays the days of the stand-in, whose origin every source is read from. */
export function replaySources(options: SourcesReplayOptions, folder: string): Promise<void> {
  const ids = options.only.length ? options.only : [PORTAL, ...BESIDE, ...Object.keys(WORDS)];
  return withReplayProcess(
    folder,
    {
      variables: { SOURCES: ids.join(), FUNDING_TENDERS_URL: options.sources },
      adjust: ({ sources }) => ({
        institutes: [],
        sources: sources.map((s) => ({
          ...s,
          origin: options.sources,
          trusted: true,
          ...(s.topics && { topics: options.topics }),
        })),
      }),
    },
    (app, clock) => new SourcesReplay(app, clock, options, ids).all(),
  );
}
