import type { INestApplicationContext } from '@nestjs/common';
import { CarnotError } from '../../kernel/errors.js';
import { EventLog } from '../../calls/store/event-log.repository.js';
import { RunRepository } from '../../harvest/store/run.repository.js';
import { Queues } from '../../platform/queue/queues.js';
import { FETCHER } from '../../platform/tokens.js';
import { withOfficers } from './officers.js';
import type { Faults, ReplayOptions } from './options.js';
import type { MailFolder } from './mail-folder.js';
import { writeWhole, type ProgressFile } from './progress-file.js';
import { Harvests, type ReplayClock } from './harvests.js';
import { StandIn } from './stand-in.js';
import { reportNotifications } from './summary/summary.js';
import { withReplayProcess } from './replay-process.js';
import { ReplayDelivery } from './replay-delivery.js';
import { say } from '../../platform/say.js';
import { ADVANCE, HarvestJob } from '../../harvest/harvest.job.js';
import { job } from '../../platform/queue/job.js';

const SOURCE = 'funding-tenders';
/** The hours of the two daily harvests, in UTC. */
const HOURS = ['06', '18'];

/** With recipients, the language model is used too, if one is configured. */
const readerIn = (variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith('READER_')));

/** Runs the real modules over the days of the simulated portal and writes what happened, day by day. */
class Replay {
  private readonly standIn: StandIn;
  private readonly runs: RunRepository;
  private readonly harvests: Harvests;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: ReplayClock,
    private readonly options: ReplayOptions,
    private readonly progress: ProgressFile,
    private readonly delivery: ReplayDelivery | null,
  ) {
    this.standIn = new StandIn(app.get(FETCHER), options.portal);
    this.runs = app.get(RunRepository);
    this.harvests = new Harvests(app);
  }

  /** Returns the first and the last day. */
  async all(): Promise<{ from: string; to: string }> {
    const { days, day: today, faults } = await this.standIn.look();
    const before = this.progress.faultsBefore();
    const own = before ?? faults;
    // Left by a process that was killed on a faulty day.
    if (before) await this.restore(today, own);
    const { from = days[0]!, to = days.at(-1)! } = this.options;
    const chosen = days.filter((d) => d >= from && d <= to);
    if (!chosen.length)
      throw new CarnotError(
        'NoDays',
        `The stand-in has no day from ${from} to ${to}; it has ${days[0]} to ${days.at(-1)}.`,
        'person',
      );
    const done = await this.runs.endedStarts(SOURCE);
    await this.write();
    await this.deliverTheLast([...done].sort().at(-1));
    for (const [i, day] of chosen.entries()) {
      const visits = HOURS.map((hour) => new Date(`${day}T${hour}:00:00Z`)).filter(
        (at) => !done.has(at.toISOString()),
      );
      if (visits.length) {
        await this.day(day, visits, own);
        await this.write();
      }
      if (i % 10 === 9 || i === chosen.length - 1)
        say(`  ${day}: ${i + 1} of ${chosen.length} days, after ${process.uptime().toFixed(1)} s`);
    }
    return { from: chosen[0]!, to: chosen.at(-1)! };
  }

  /** Delivers what a killed process had found but not yet sent, as of that time. */
  private async deliverTheLast(visit: string | undefined): Promise<void> {
    if (!visit || !this.delivery) return;
    this.clock.at = new Date(visit);
    await this.delivery.settle();
  }

  private async day(day: string, visits: Date[], own: Faults): Promise<void> {
    const bad = this.options.badDays[day];
    if (bad) this.progress.note(own);
    for (const at of visits) {
      this.clock.at = at;
      await this.standIn.move(day, bad ? { ...own, ...bad } : undefined);
      await this.harvests.toTheEnd(SOURCE, day);
      if (at === visits[0]) await this.quickCheck(day);
      await this.harvests.ownLists(day);
      await this.delivery?.settle();
    }
    if (bad) await this.restore(day, own);
  }

  private async restore(day: string, own: Faults): Promise<void> {
    await this.standIn.move(day, own);
    this.progress.note(null);
  }

  /** Runs the daily quick check of calls between two harvests. */
  private async quickCheck(day: string): Promise<void> {
    const run = await this.app.get(HarvestJob).beginQuickCheck(SOURCE);
    if (!run) return;
    await this.app.get(Queues).add([job(ADVANCE, { runId: run.id })]);
    await this.harvests.ended(run.id, day);
  }

  private async write(): Promise<void> {
    const lines = (await this.app.get(EventLog).all()).flatMap(({ at, kinds, reference }) =>
      kinds.map((kind) => JSON.stringify({ day: at.toISOString().slice(0, 10), kind, reference })),
    );
    writeWhole(
      this.options.eventsFile,
      lines
        .sort()
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
}

/** Replays the days of the stand-in, and writes what was found and whom it was told. */
export const replayDays = (
  options: ReplayOptions,
  folder: string,
  progress: ProgressFile,
  mails: MailFolder | null,
): Promise<void> => {
  const { portal, notify, institutes } = options;
  return withReplayProcess(
    folder,
    {
      variables: {
        SOURCES: SOURCE,
        FUNDING_TENDERS_URL: portal,
        ...(notify !== 'nobody' && readerIn(process.env)),
      },
      adjust: (read) => {
        const chosen = notify === 'nobody' ? [] : withOfficers(read.institutes, institutes);
        // Only here, so that invalid options leave nothing begun.
        if (progress.begins()) progress.note(null);
        return { institutes: chosen };
      },
    },
    async (app, clock, wiring) => {
      const delivery = mails && new ReplayDelivery(app, mails);
      if (notify === 'at-once')
        await delivery?.atOnce(
          wiring.institutes.map((i) => i.profile.id),
          clock.now(),
        );
      const days = await new Replay(app, clock, options, progress, delivery).all();
      if (mails) await reportNotifications(app, options, days, mails.folder);
    },
  );
};
