import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { removeEmbeddedData } from '../../platform/database/embedded/embedded-postgres.js';
import { ConfigError } from '../../platform/config/config-error.js';
import { Notify, type Faults, type ReplayOptions } from './options.js';

const Progress = z.object({
  /** The faults that the stand-in had before a bad day's were added, while that day lasts. */
  faultsBefore: z.record(z.string(), z.number()).nullable(),
  notify: Notify.default('nobody'),
  institutes: z.array(z.string()).optional(),
});
type Progress = z.infer<typeof Progress>;
type Told = Pick<ReplayOptions, 'notify' | 'institutes'>;

const inWords = ({ notify, institutes }: Told): string =>
  institutes ? `${notify} of ${institutes.join(', ')}` : notify;

/** Writes a file so that it is never seen half written, whenever the process is killed. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Where a replay's database and progress live. An events file that is not there yet begins with nothing. */
export function stateFolder(eventsFile: string): string {
  const folder = `${eventsFile}.state`;
  if (!existsSync(eventsFile)) {
    if (existsSync(folder)) removeEmbeddedData(folder);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeWhole(eventsFile, '');
  }
  return folder;
}

/**
 * What must be known after a kill and is in no database: which faults are the stand-in's own, and who is
 * told.
 */
export class ProgressFile {
  private readonly file: string;

  constructor(
    folder: string,
    private readonly told: Told,
  ) {
    this.file = join(folder, 'progress.json');
  }

  /**
   * Whether this is where the replay begins. Throws a ConfigError where it was begun with others to tell:
   * half of what it said would be missing.
   */
  begins(): boolean {
    const before = this.read();
    const [then, now] = [inWords(before ?? this.told), inWords(this.told)];
    if (then !== now)
      throw new ConfigError([
        `This events file was begun with other people to tell (${then}, now ${now}). Fix: Give the options that it was begun with, or take another file.`,
      ]);
    return !before;
  }

  /** The stand-in's own faults, where a bad day was under way when the last process ended. */
  faultsBefore(): Faults | null {
    return this.read()?.faultsBefore ?? null;
  }

  note(faultsBefore: Faults | null): void {
    const { notify, institutes } = this.told;
    writeWhole(this.file, `${JSON.stringify({ faultsBefore, notify, institutes } satisfies Progress)}\n`);
  }

  private read(): Progress | null {
    return existsSync(this.file) ? Progress.parse(JSON.parse(readFileSync(this.file, 'utf8'))) : null;
  }
}
