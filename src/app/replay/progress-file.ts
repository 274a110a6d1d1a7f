import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { removeEmbeddedData } from '../../platform/database/embedded/embedded-postgres.js';
import type { Faults } from './options.js';

/** The faults that the stand-in had before a bad day's were added, while that day lasts. */
const Progress = z.object({ faultsBefore: z.record(z.string(), z.number()).nullable() });

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

/** What must be known after a kill and is in no database: which faults are the stand-in's own. */
export class ProgressFile {
  private readonly file: string;

  constructor(folder: string) {
    this.file = join(folder, 'progress.json');
  }

  /** The stand-in's own faults, where a bad day was under way when the last process ended. */
  faultsBefore(): Faults | null {
    return existsSync(this.file) ? Progress.parse(JSON.parse(readFileSync(this.file, 'utf8'))).faultsBefore : null;
  }

  note(faultsBefore: Faults | null): void {
    writeWhole(this.file, `${JSON.stringify({ faultsBefore })}\n`);
  }
}
