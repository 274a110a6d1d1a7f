import type { CallContent } from '../calls/domain/call-content.js';
import type { Change } from '../calls/domain/versions/diff.js';
import { readArguments } from './arguments.js';
import { CarnotError } from '../kernel/errors.js';
import { changeSentences } from '../calls/domain/facts/change-sentences.js';
import type { Reparsed } from '../harvest/reparse.js';
import { refuse } from '../platform/config/config-error.js';
import { withApplication } from '../app/with-application.js';
import { say } from '../platform/say.js';

const USAGE = 'npm run cli -- reparse --source ID [--apply] [--show 20]';

const OPTIONS = {
  source: { type: 'string' },
  apply: { type: 'boolean', default: false },
  show: { type: 'string', default: '20' },
} as const;

function readArgs(args: string[]): { source: string; apply: boolean; show: number } {
  const { source, apply, show } = readArguments({ args, options: OPTIONS }, USAGE).values;
  refuse([
    ...(source ? [] : [`--source must name a source, as funding-tenders. Fix: ${USAGE}`]),
    ...(/^\d+$/.test(show) ? [] : [`--show must be a number, and is "${show}". Fix: ${USAGE}`]),
  ]);
  return { source: source!, apply, show: Number(show) };
}

const inWords = (changes: Change[], call: CallContent): string =>
  changeSentences(changes, 'en', call).join(' ') ||
  changes.map((c) => c.field).join(', ') ||
  'what is read out of its text';

function report({ same, different, lost, topics, rejected }: Reparsed, show: number): void {
  say(
    `${same} calls are unchanged, ${different.length} differ, ${lost.length} are no longer found in their document.`,
  );
  if (topics.length) say(`${topics.length} topics in the versions of drafts differ.`);
  for (const { seen, changes } of different.slice(0, show))
    say(`  ${seen.key}, ${seen.content.title}: ${inWords(changes, seen.content)}`);
  if (different.length > show) say(`  and ${different.length - show} more (--show ${different.length})`);
  for (const { key, content } of lost.slice(0, show)) say(`  not found: ${key}, ${content.title}`);
  say(
    rejected.length
      ? `Documents that could not be read on arrival: ${rejected.length}`
      : 'No unreadable documents are waiting.',
  );
  for (const { key, then, now } of rejected.slice(0, show))
    say(
      `  ${key}: ${'calls' in now ? `now read, ${now.calls} calls (before: ${then})` : `still unreadable: ${now.why}`}`,
    );
}

/**
 * `reparse`: runs a source's current parser over the stored documents, shows what would change, and with
 * `--apply` changes it.
 */
export async function reparse(args: string[]): Promise<void> {
  const { source: id, apply, show } = readArgs(args);
  await withApplication(async (app) => {
    const [{ Reparse }, { Sources }] = await Promise.all([
      import('../harvest/reparse.js'),
      import('../harvest/source-registry.js'),
    ]);
    const sources = app.get(Sources);
    const source = sources.findById(id);
    if (!source)
      throw new CarnotError(
        'UnknownSource',
        `There is no source "${id}". There are: ${sources.all.map((s) => s.id).join(', ')}.`,
        'person',
      );
    const found = await app.get(Reparse).preview(source);
    report(found, show);
    if (!apply)
      return say(
        'Nothing was changed. With --apply the calls are stored as now read; this is not announced as a change.',
      );
    const { calls, askedAgain } = await app.get(Reparse).apply(source, found);
    say(`${calls} calls are now stored as read. ${source.name} will be read again shortly.`);
    if (askedAgain)
      say(`The files of ${askedAgain} documents will be asked for again, those of decisions among them.`);
  });
}
