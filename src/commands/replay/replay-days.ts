import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { hashOfProfile, type InstituteFile, type Profile } from '../../profiles/domain/profile.js';
import { ConfigError, refuse } from '../../platform/config/config-error.js';
import { NotificationLog, type SentMail } from '../../notifications/store/notification.repository.js';
import { RecipientRepository } from '../../notifications/store/recipient.repository.js';
import { Queues, job, type NextJob } from '../../platform/queue/job.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { MatchJob } from '../../matching/match.job.js';
import { ReadJob } from '../../matching/reading/read.job.js';
import { ContactsJob } from '../../notifications/contacts.job.js';
import { PlanJob } from '../../notifications/plan.job.js';
import { NotifyJob } from '../../notifications/notify.job.js';
import { DeliverJob } from '../../notifications/deliver.job.js';
import { CarnotError } from '../../kernel/errors.js';
import { EventLog } from '../../calls/store/event.repository.js';
import { RunRepository } from '../../harvest/store/run.repository.js';
import { FETCHER } from '../../platform/tokens.js';
import { type Faults, type ProgressFile, type ReplayOptions, writeWhole } from './options.js';
import { Harvests, type ReplayClock, StandIn, withReplayProcess } from './replay-process.js';
import { reportNotifications } from './summary/summary.js';
import { say } from '../../platform/say.js';
import { ADVANCE, HarvestJob } from '../../harvest/harvest.job.js';

const NAMES = { fr: 'Cellule Europe', en: 'Europe Office' };

/** Every second one reads English, so that both languages cover all fields. */
function officerOf({ id }: Profile, place: number): Profile['contacts'] {
  const language = place % 2 ? 'en' : 'fr';
  return [{ name: NAMES[language], email: `officer@${id}.example`, language }];
}

/**
 * Returns the institutes, or only the given ones, each with one contact made up for the replay instead of
 * those in its file. An address in .example belongs to nobody (RFC 2606). Throws a ConfigError if a given
 * institute does not exist.
 */
function withOfficers(
  institutes: InstituteFile[],
  named = institutes.map(({ profile }) => profile.id),
): InstituteFile[] {
  const own = institutes.map(({ profile, file }, place) => {
    const told = { ...profile, contacts: officerOf(profile, place) };
    return { profile: told, file, hash: hashOfProfile(told) };
  });
  const known = own.map(({ profile }) => profile.id);
  refuse(
    named
      .filter((id) => !known.includes(id))
      .map((id) => `--institutes: there is no institute "${id}". Fix: Name some of ${known.join(', ')}.`),
  );
  return own.filter(({ profile }) => named.includes(profile.id));
}

/** The folder with the e-mails of a replay: one folder per institute, sorted by day. */
export class MailFolder {
  /** `written`: where the mailer writes them; `folder`: where people read them. */
  constructor(
    private readonly written: string,
    readonly folder: string,
  ) {}

  /** Throws a ConfigError if the folder is not empty: two replays could not be told apart. */
  begin(): void {
    mkdirSync(this.folder, { recursive: true });
    if (readdirSync(this.folder).length)
      throw new ConfigError([
        `--outbox ${this.folder} is not empty, and the replay begins anew. Fix: Name a folder that is empty or not there yet.`,
      ]);
  }

  /** Returns the names of the e-mails written since the last ones were moved. */
  fresh(): string[] {
    return existsSync(this.written) ? readdirSync(this.written).filter((name) => name.endsWith('.eml')) : [];
  }

  /**
   * `2026-03-16-digest-06h-1f0c….eml`: the last part identifies the message, so that none overwrites another.
   */
  put({ id, where, profileId, kind, at }: SentMail): void {
    const folder = join(this.folder, profileId ?? 'network');
    const [day, hour] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 13)];
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(this.written, where), join(folder, `${day}-${kind}-${hour}h-${id.slice(0, 8)}.eml`));
    rmSync(join(this.written, where));
  }
}

/** Each check queries every queue, and costs as much as a small job. */
const LOOK_MS = 100;
/** High enough that no message is held back. */
const NO_DAILY_LIMIT = 1_000;

/** Lets the real modules match, plan, write and deliver at the clock's current time until nothing is due. */
class ReplayDelivery {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly mails: MailFolder,
  ) {}

  /** Sets every institute's defaults to send everything at once. */
  async atOnce(profileIds: string[], now: Date): Promise<void> {
    const preferences = { frequency: 'at-once' as const, dailyLimit: NO_DAILY_LIMIT };
    for (const profileId of profileIds)
      await this.app
        .get(RecipientRepository)
        .setDefaults({ profileId, preferences, updatedAt: now, updatedBy: 'replay', updatedById: null });
  }

  async settle(): Promise<void> {
    let before = '';
    for (;;) {
      await this.idle();
      const jobs = await this.due();
      // Work that is still due but makes no progress waits for something else, e.g. a source not yet read
      // successfully.
      const now = `${JSON.stringify(jobs)} ${await this.app.get(NotificationLog).progress()}`;
      if (!jobs.length || now === before) break;
      before = now;
      await this.app.get(Queues).add(jobs);
    }
    for (const mail of await this.app.get(NotificationLog).sentAs(this.mails.fresh())) this.mails.put(mail);
  }

  private async due(): Promise<NextJob[]> {
    const jobs: NextJob[] = [];
    for (const check of [MatchJob, ReadJob, ContactsJob, PlanJob, NotifyJob, DeliverJob])
      jobs.push(...(await this.app.get<DueCheck>(check).due()));
    return jobs;
  }

  private async idle(): Promise<void> {
    for (;;) {
      const counts = Object.values(await this.app.get(Queues).counts());
      if (counts.every(({ waiting, delayed, active }) => !waiting && !delayed && !active)) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

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
