import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { removeEmbeddedData } from '../../platform/database/embedded/embedded-postgres.js';
import { ConfigError } from '../../platform/config/config-error.js';
import { Notify, type Faults } from './options.js';

const Progress = z.object({
  /** The faults that the stand-in had before a bad day's were added, while that day lasts. */
  faultsBefore: z.record(z.string(), z.number()).nullable(),
  notify: Notify.default('nobody'),
});

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

/** What must be known after a kill and is in no database: which faults are the stand-in's own, and who is told. */
export class ProgressFile {
  private readonly file: string;

  constructor(
    folder: string,
    private readonly notify: Notify,
  ) {
    this.file = join(folder, 'progress.json');
  }

  /** Whether this is where the replay begins. Throws a ConfigError where it was begun with others to tell: half of what it said would be missing. */
  begins(): boolean {
    const before = this.read();
    const notify = before?.notify ?? this.notify;
    if (notify !== this.notify)
      throw new ConfigError([
        `This events file was begun with other people to tell (${notify}, now ${this.notify}). Fix: Give the options that it was begun with, or take another file.`,
      ]);
    if (!before) this.note(null);
    return !before;
  }

  /** The stand-in's own faults, where a bad day was under way when the last process ended. */
  faultsBefore(): Faults | null {
    return this.read()?.faultsBefore ?? null;
  }

  note(faultsBefore: Faults | null): void {
    writeWhole(this.file, `${JSON.stringify({ faultsBefore, notify: this.notify })}\n`);
  }

  private read(): z.infer<typeof Progress> | null {
    return existsSync(this.file) ? Progress.parse(JSON.parse(readFileSync(this.file, 'utf8'))) : null;
  }
}
