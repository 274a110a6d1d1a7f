import { join } from 'node:path';
import { MailFolder } from './replay-days.js';
import { isOfSources, ProgressFile, readOptions, readSourcesOptions, stateFolder } from './options.js';

/**
 * `replay`: runs two harvests on each day of a simulated portal, with the clock set to that day. The same
 * events file continues where it stopped. With `--outbox`, each institute has a contact who gets e-mails.
 * With `--sources`, it reads the sources beside the portal.
 */
export async function replay(args: string[]): Promise<void> {
  if (isOfSources(args)) {
    const sources = readSourcesOptions(args);
    const { replaySources } = await import('./replay-sources.js');
    return replaySources(sources, stateFolder(sources.eventsFile));
  }
  const options = readOptions(args);
  const folder = stateFolder(options.eventsFile);
  const progress = new ProgressFile(folder, options);
  const mails = options.outbox === undefined ? null : new MailFolder(join(folder, 'outbox'), options.outbox);
  if (progress.begins()) mails?.begin();
  // Imported only here, because it takes seconds: a mistyped option is reported at once.
  const { replayDays } = await import('./replay-days.js');
  await replayDays(options, folder, progress, mails);
}
