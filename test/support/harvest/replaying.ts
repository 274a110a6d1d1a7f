import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DayPortal } from './day-portal.js';
import { BAD_DAY, eightDays } from './eight-days.js';

/** The input of a replay: eight days, one of them bad, and a folder for the output. */
export interface Replaying {
  portal: DayPortal;
  /** Returns a path in the folder. */
  file: (name: string) => string;
  /** Returns the command's arguments, with that events file. */
  command: (events: string, ...more: string[]) => string[];
  stop: () => Promise<void>;
}

export async function startReplaying(): Promise<Replaying> {
  const portal = await DayPortal.start(await eightDays());
  const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-replay-'));
  chmodSync(folder, 0o711); // As root: the database's own user must be able to traverse it.
  const file = (name: string): string => join(folder, name);
  writeFileSync(file('bad.json'), JSON.stringify({ [BAD_DAY]: { half: 1 } }));
  const stop = async (): Promise<void> => {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    portal,
    file,
    command: (events, ...more) => [
      'replay',
      '--portal',
      portal.url,
      '--events',
      file(events),
      '--bad-days',
      file('bad.json'),
      ...more,
    ],
    stop,
  };
}
