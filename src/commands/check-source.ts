import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArguments } from './arguments.js';
import { CarnotError } from '../kernel/errors.js';
import { checkTable, differing } from '../harvest/domain/check.js';
import { askSource, type AnsweredRequest, type SourceReport } from '../harvest/ask-source.js';
import { type Source, sourceIds } from '../harvest/source-registry.js';
import { SystemClock } from '../platform/clock.js';
import { refuse } from '../platform/config/config-error.js';
import { OwnRateLimit } from '../platform/http/host-rate-limit.js';
import { sourceGate } from '../app/platform.module.js';
import { readWiring } from '../app/wiring.js';
import { say } from '../platform/say.js';

const USAGE = 'npm run cli -- check-source ID [--save FOLDER]';
/** The exit status for "try again later" (sysexits.h). */
const TEMPORARY_FAILURE = 75;
const WIDTH = 150;

const OPTIONS = { save: { type: 'string' } } as const;

function readArgs(args: string[]): { id: string; save: string | undefined } {
  const {
    positionals: [id, ...more],
    values,
  } = readArguments({ args, options: OPTIONS, allowPositionals: true }, USAGE);
  refuse([
    ...(id && !more.length ? [] : [`check-source takes one source, as funding-tenders. Fix: ${USAGE}`]),
    ...(values.save === '' ? [`--save must name a folder. Fix: ${USAGE}`] : []),
  ]);
  return { id: id!, save: values.save };
}

/** Throws unless the folder is empty, so that answers of different days are not mixed. */
async function makeEmpty(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length)
    throw new CarnotError(
      'NotEmpty',
      `The folder ${folder} is not empty, so nothing was requested. Name an empty folder or a new one.`,
      'person',
    );
}

const ENDINGS: [RegExp, string][] = [
  [/json/, 'json'],
  [/html/, 'html'],
  [/xml|rss/, 'xml'],
  [/^text\//, 'txt'],
];

/** "03-cascade-calls.json": numbered in the order of the requests. */
function nameOf({ request: { key }, answer: { mediaType } }: AnsweredRequest, i: number): string {
  const ending = ENDINGS.find(([type]) => type.test(mediaType))?.[1] ?? 'bin';
  return `${String(i + 1).padStart(2, '0')}-${key.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.${ending}`;
}

/** Saves each answer as received, with its request. */
async function save(folder: string, source: Source, { asked }: SourceReport): Promise<void> {
  const index = asked.map((a, i) => {
    const {
      request: { key, method, headers, body },
      url,
      at,
      answer: { status, mediaType, etag, error },
    } = a;
    return {
      file: error === null ? nameOf(a, i) : null,
      key,
      at: at.toISOString(),
      request: { method, url, headers, body },
      status,
      mediaType,
      etag,
      error,
    };
  });
  for (const [i, { file }] of index.entries())
    if (file !== null) await writeFile(join(folder, file), asked[i]!.answer.bytes);
  await writeFile(
    join(folder, 'index.json'),
    `${JSON.stringify({ source: source.id, answers: index }, null, 2)}\n`,
  );
  say(`\n${index.filter((x) => x.file !== null).length} answers and index.json are in ${folder}.`);
}

function summary({ asked, results, partial }: SourceReport): string {
  const [made, others, unseen] = [
    asked.length,
    differing(results).length,
    results.filter((r) => r.holds === null).length,
  ];
  const counts = [
    `${results.length - others - unseen} as expected`,
    ...(others ? [`${others} not`] : []),
    ...(unseen ? [`${unseen} not seen`] : []),
  ];
  return `${counts.join(', ')}. ${made} requests.${partial ? ' Some got no answer: ask again later.' : ''}`;
}

/** What to do if a source cannot be read. */
const FIXES: Record<string, string> = {
  HttpBlocked:
    'Set headers for it in config/sources.yaml (user-agent, referer, origin), or ask from another address.',
  RobotsDisallowed: 'Ask the operators of the site for permission.',
  TlsFailed: 'Check the certificates of this machine, and any proxy.',
};

function unreachable(source: Source, error: CarnotError): CarnotError {
  const fix = FIXES[error.kind] ?? 'Check the network and the proxy of this machine, or try again later.';
  return new CarnotError(
    error.kind,
    `${source.name} could not be asked: ${error.message}. ${fix}`,
    error.retryPolicy,
    error.details,
  );
}

async function sourceNamed(
  id: string,
): Promise<{ source: Source; wiring: Awaited<ReturnType<typeof readWiring>> }> {
  // Named, a source is asked that is off until somebody switches it on: this is how they learn whether to.
  const isThere = (await sourceIds()).includes(id);
  const wiring = await readWiring(isThere ? { ...process.env, SOURCES: id } : process.env, 'start');
  const source = wiring.sources.find((s) => s.id === id);
  if (!source)
    throw new CarnotError(
      'UnknownSource',
      `There is no source "${id}". There are: ${wiring.sources.map((s) => s.id).join(', ')}.`,
      'person',
    );
  if (!source.checks?.length)
    throw new CarnotError(
      'NoChecks',
      `${source.name} has no checks: src/harvest/sources/${id} lists none.`,
      'person',
    );
  return { source, wiring };
}

/**
 * `check-source`: checks our assumptions against the real source and prints a table. It needs no database and
 * may run alongside an installation. The status is 1 if something differs, and 75 if not everything could be
 * checked.
 */
export async function checkSource(args: string[]): Promise<void> {
  const { id, save: folder } = readArgs(args);
  const { source, wiring } = await sourceNamed(id);
  if (folder !== undefined) await makeEmpty(folder);
  const clock = new SystemClock(wiring.env.CLOCK);
  const gate = sourceGate(wiring, clock, new OwnRateLimit());
  try {
    say(`Asking ${source.name} at ${source.origin} …\n`);
    const report = await askSource(source, gate, clock);
    say(checkTable(report.results, process.stdout.columns || WIDTH));
    say(`\n${summary(report)}`);
    if (folder !== undefined) await save(folder, source, report);
    process.exitCode = differing(report.results).length ? 1 : report.partial ? TEMPORARY_FAILURE : 0;
  } catch (error) {
    throw error instanceof CarnotError ? unreachable(source, error) : error;
  } finally {
    await gate.close();
  }
}
