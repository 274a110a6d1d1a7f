import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { removeEmbeddedData } from '../../platform/database/embedded/embedded-postgres.js';
import { ConfigError } from '../../platform/config/config-error.js';
import { Notify, type Faults, type ReplayOptions } from './options.js';

const Progress = z.object({
  /** The simulated portal's own faults, kept while a faulty day adds others. */
  faultsBefore: z.record(z.string(), z.number()).nullable(),
  notify: Notify.default('nobody'),
  institutes: z.array(z.string()).optional(),
});
type Progress = z.infer<typeof Progress>;
type Told = Pick<ReplayOptions, 'notify' | 'institutes'>;

const inWords = ({ notify, institutes }: Told): string =>
  institutes ? `${notify} of ${institutes.join(', ')}` : notify;

/** Writes a file atomically, so that a killed process never leaves a partial one. */
export function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** The folder of a replay's database and progress, emptied if the events file does not exist yet. */
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
 * State that must survive a kill and is in no database: the simulated portal's own faults, and who is
 * notified.
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
   * Whether the replay is at its start. Throws a ConfigError if it was begun with other recipients: half of
   * their messages would be missing.
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

  /** Returns the portal's own faults if the last process ended during a faulty day. */
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
