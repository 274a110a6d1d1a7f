import { join } from 'node:path';
import { MailFolder } from './mail-folder.js';
import { readOptions } from './options.js';
import { ProgressFile, stateFolder } from './progress-file.js';

/**
 * `replay`: two harvests on each day of a stand-in of the portal, with the clock set to the day. The same
 * events file goes on where it stopped. With `--outbox` each institute has a contact, who gets e-mails.
 */
export async function replay(args: string[]): Promise<void> {
  const options = readOptions(args);
  const folder = stateFolder(options.eventsFile);
  const progress = new ProgressFile(folder, options);
  const mails = options.outbox === undefined ? null : new MailFolder(join(folder, 'outbox'), options.outbox);
  if (progress.begins()) mails?.begin();
  // Loaded only now: it takes seconds, and whoever mistyped an option is told at once.
  const { replayDays } = await import('./replay-days.js');
  await replayDays(options, folder, progress, mails);
}
