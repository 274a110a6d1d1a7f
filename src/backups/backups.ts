import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Chain } from '../audit/store/audit.repository.js';
import { brusselsDate, inBrussels } from '../kernel/brussels.js';
import { DAY_MS, HOUR_MS } from '../kernel/durations.js';
import { CarnotError } from '../kernel/errors.js';
import type { Clock } from '../kernel/ports.js';
import type { Observation } from '../monitoring/domain/alarm-words.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import type { Contents } from '../platform/database/backup/backup-file.js';
import {
  backupsIn,
  backUpInto,
  type KeptBackup,
  removeBackups,
  removeUnfinished,
} from '../platform/database/backup/backup-folder.js';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { SecretBox } from '../platform/secrets/secret-box.js';
import { APP_VERSION, CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import { lastTurn, outdated, pastTime } from './domain/schedule.js';
import { BACKUPS } from './domain/settings.js';

/** After a failure, so that a full disk is not filled again every few seconds. */
const PAUSE_MS = HOUR_MS;
/** After one that never ended, as when its process is killed: until then it may still be being made. */
const ENDS_WITHIN_MS = 6 * HOUR_MS;
/** A daily backup that is late by half a day is missing. */
const LATE_MS = 1.5 * DAY_MS;

/** Where a trial was: in a database of its own, or in a schema beside the tables that are used. */
type Scratch = 'database' | 'schema';

/** Restores a backup as a trial, which leaves nothing behind; throws if what is read back differs from it. */
export type TrialRestore = (
  url: string,
  file: string,
  contents: Contents,
) => Promise<{ chain: Chain; scratch: Scratch }>;
export const TRIAL_RESTORE = Symbol('trial restore');

/** What is known of the backups that an installation makes by itself; without `last`, none was made yet. */
export interface BackupState {
  /** Since when backups are expected. */
  since: string;
  last?: { at: string; name: string; bytes: number };
  /** The last backup that was restored as a trial; `trouble` says why it proves nothing. */
  trial?: { at: string; rows: number; scratch?: Scratch; trouble: string | null };
  /** The last attempt, if it failed. */
  failed?: { at: string; error: string };
  /** When one was begun that has not ended yet. */
  begun?: string;
}

/** What is known of them, and whether they are encrypted now. */
export type KnownBackups = BackupState & { encrypted: boolean };

/** The backups that are made by themselves, where BACKUP_DIR names a place for them. */
@Injectable()
export class Backups {
  private readonly log = new Logger('Backup');

  constructor(
    private readonly stored: SettingRepository,
    private readonly box: SecretBox,
    @Inject(TRIAL_RESTORE) private readonly restore: TrialRestore,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(APP_VERSION) private readonly version: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is known of them; null where none are made. */
  async state(): Promise<KnownBackups | null> {
    if (!this.folder) return null;
    const state = await this.stored.findByKey<BackupState>(BACKUPS);
    return state && { ...state, encrypted: this.recipients.length > 0 };
  }

  /** Whether the backup of the day has still to be made. */
  async isDue(): Promise<boolean> {
    // Whoever wants none any more would be told for ever that the last one is old.
    if (!this.settings.backup.daily) await this.stored.remove(BACKUPS);
    if (!this.folder) return false;
    const now = this.clock.now();
    const state = await this.stored.findByKey<BackupState>(BACKUPS);
    // The first one is made at the next hour that is set: an installation has little to lose before.
    if (!state) await this.stored.claim(BACKUPS, { since: now.toISOString() } satisfies BackupState);
    if (!state) return false;
    const within = (at: string | undefined, ms: number): boolean => {
      const past = pastTime(at, now);
      return past !== null && now.getTime() - past < ms;
    };
    if (within(state.failed?.at, PAUSE_MS) || within(state.begun, ENDS_WITHIN_MS)) return false;
    const before = pastTime(state.last?.at ?? state.since, now);
    return before === null || before < lastTurn(now, this.settings.backup.at);
  }

  /** Makes a backup, restores it as a trial if that is due, and removes those that are kept no longer. */
  async make(): Promise<void> {
    const folder = this.folder;
    const before = await this.stored.findByKey<BackupState>(BACKUPS);
    if (!folder || !before || !(await this.isDue())) return;
    const madeAt = this.clock.now();
    // Of two processes one makes it, and one that is killed each time does not fill the disk.
    const begun: BackupState = { ...before, begun: madeAt.toISOString() };
    if (!(await this.stored.replace(BACKUPS, before, begun))) return;
    let { trial } = before;
    const about = {
      folder,
      recipients: this.recipients,
      version: this.version,
      madeAt,
      keys: this.box.keyNames,
    };
    const write = async (): Promise<KeptBackup> => {
      removeUnfinished(folder);
      return backUpInto(this.env.DATABASE_URL!, about, async (file, contents) => {
        if (this.needsTrial(before, madeAt)) trial = await this.tryRestore(file, contents, madeAt);
      });
    };
    const made = await write().catch(async (error: unknown) => {
      await this.stored.replace(BACKUPS, begun, { ...before, begun: undefined }).catch(() => false);
      throw error;
    });
    const last = { at: madeAt.toISOString(), name: made.name, bytes: made.bytes };
    await this.stored.put(BACKUPS, {
      since: before.since,
      last,
      ...(trial && { trial }),
    } satisfies BackupState);
    removeBackups(folder, outdated(backupsIn(folder), this.settings.backup));
    this.log.log(`Backed up and read back: ${folder}/${made.name}, ${(made.bytes / 1e6).toFixed(1)} MB`);
  }

  async noteFailure(error: Error): Promise<void> {
    const before = await this.stored.findByKey<BackupState>(BACKUPS);
    const now = this.clock.now().toISOString();
    await this.stored.put(BACKUPS, {
      ...(before ?? { since: now }),
      failed: { at: now, error: error.message.slice(0, 500) },
    } satisfies BackupState);
  }

  /** How they are; null where none are made. */
  async health(): Promise<Pick<Observation, 'state' | 'reason' | 'since'> | null> {
    const known = await this.state();
    if (!known) return null;
    const { last, trial, failed, begun, since } = known;
    const now = this.clock.now();
    const from = pastTime(last?.at ?? since, now);
    if (from !== null && now.getTime() - from < LATE_MS)
      return trial?.trouble
        ? { state: 'unproven', reason: trial.trouble, since: new Date(trial.at) }
        : { state: 'ok', reason: null };
    const why = begun
      ? `: the one begun on ${inBrussels(begun).slice(0, 16).replace('T', ' at ')} (Brussels) has not ended`
      : failed
        ? `: ${failed.error}`
        : '';
    return {
      state: 'overdue',
      reason: last
        ? `the last one was made on ${brusselsDate(new Date(last.at))}${why}`
        : `none was made yet${why}`,
      since: from === null ? now : new Date(from + LATE_MS),
    };
  }

  private get folder(): string | undefined {
    return this.settings.backup.daily ? this.env.BACKUP_DIR : undefined;
  }

  private get recipients(): readonly string[] {
    return this.env.BACKUP_RECIPIENTS ?? [];
  }

  private needsTrial({ trial }: BackupState, now: Date): boolean {
    const { trialDays } = this.settings.backup;
    const before = trial?.trouble === null ? pastTime(trial.at, now) : null;
    return trialDays > 0 && (before === null || now.getTime() - before >= trialDays * DAY_MS);
  }

  /** A backup that differs is none; if the trial itself fails, the backup is kept, and another is tried. */
  private async tryRestore(
    file: string,
    contents: Contents,
    now: Date,
  ): Promise<NonNullable<BackupState['trial']>> {
    const rows = contents.ends.reduce((sum, end) => sum + end.rows, 0);
    const result = (trouble: string | null, scratch?: Scratch) => ({
      at: now.toISOString(),
      rows,
      ...(scratch && { scratch }),
      trouble,
    });
    try {
      const { chain, scratch } = await this.restore(this.env.DATABASE_URL!, file, contents);
      this.log.log(`Restored as a trial: ${rows} rows of ${contents.ends.length} tables, as they were`);
      return result(chain.holds ? null : `entry ${chain.position} of its audit log: ${chain.why}`, scratch);
    } catch (error) {
      if (error instanceof CarnotError && error.kind === 'RestoreDiffers') throw error;
      this.log.warn(`The trial failed: ${(error as Error).message}`);
      return result(`the trial failed: ${(error as Error).message.slice(0, 300)}`);
    }
  }
}
