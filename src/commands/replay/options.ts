import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { join } from 'node:path';
import { readArguments } from '../arguments.js';
import { ConfigError, refuse } from '../../platform/config/config-error.js';
import { removeEmbeddedData } from '../../platform/database/embedded/embedded-postgres.js';

export type Faults = Record<string, number>;

export interface ReplayOptions {
  /** Scheme, host and port of the simulated portal. */
  portal: string;
  eventsFile: string;
  /** First and last day, e.g. 2026-03-13; by default those of the simulated portal. */
  from?: string | undefined;
  to?: string | undefined;
  badDays: Record<string, Faults>;
  /** The folder for the e-mails; if not set, nobody is notified. */
  outbox?: string | undefined;
  /** What really happened, in the format of an events file; by default what the replay found. */
  truth?: string | undefined;
  notify: Notify;
  /** Only these institutes are notified; all if none are given. */
  institutes?: string[] | undefined;
}

/** A replay of a stand-in for the sources beside the portal. */
export interface SourcesReplayOptions {
  sources: string;
  /** First and last day. */
  from: string;
  to: string;
  eventsFile: string;
  readFile: string;
  /** What sources are asked for that are asked for topics, by identifier. */
  topics: string[];
  /** Only these sources are read, by id; all of them if none are given. */
  only: string[];
}

/** Who is notified: nobody, everybody by the defaults, or everybody at once about everything. */
const Notify = z.enum(['nobody', 'defaults', 'at-once']);
type Notify = z.infer<typeof Notify>;

const USAGE =
  'npm run replay -- --portal URL --events EVENTS.jsonl [--from DAY --to DAY] [--bad-days BAD.json] [--outbox DIR [--institutes ID,…] [--at-once] [--truth TRUTH.jsonl]]';

const SOURCES_USAGE =
  'npm run replay -- --sources URL --topics FILE --days DAY..DAY --read READ.jsonl --events EVENTS.jsonl [--only SOURCE,…]';

const BadDays = z.record(z.iso.date(), z.record(z.string(), z.number()));

/** Returns the faulty days listed in a file, or what is wrong with it. */
function badDays(file: string | undefined): { days: Record<string, Faults>; problems: string[] } {
  if (file === undefined) return { days: {}, problems: [] };
  try {
    return { days: BadDays.parse(JSON.parse(readFileSync(file, 'utf8'))), problems: [] };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    return {
      days: {},
      problems: [`--bad-days ${file} cannot be read: ${why}. Fix: Write it as {"2026-04-15": {"half": 1}}.`],
    };
  }
}

const TEXT = { type: 'string' } as const;

function given(args: string[]) {
  const options = {
    portal: TEXT,
    events: TEXT,
    from: TEXT,
    to: TEXT,
    'bad-days': TEXT,
    outbox: TEXT,
    institutes: TEXT,
    truth: TEXT,
    'at-once': { type: 'boolean' },
  } as const;
  return readArguments({ args, options }, USAGE).values;
}

const originOf = (url: string | undefined): string | null =>
  url !== undefined && /^https?:/.test(url) && URL.canParse(url) ? new URL(url).origin : null;

const linesOf = (file: string | undefined): string[] =>
  file === undefined
    ? []
    : readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);

/** Whether a replay is of the sources beside the portal. */
export const isOfSources = (args: string[]): boolean =>
  args.some((arg) => arg === '--sources' || arg.startsWith('--sources='));

/** Parses the arguments of a replay of the other sources. Throws one ConfigError with all problems. */
export function readSourcesOptions(args: string[]): SourcesReplayOptions {
  const options = {
    sources: TEXT,
    topics: TEXT,
    days: TEXT,
    read: TEXT,
    events: TEXT,
    only: TEXT,
  } as const;
  const given = readArguments({ args, options }, SOURCES_USAGE).values;
  const { sources, topics, days = '', read, events, only = '' } = given;
  const origin = originOf(sources);
  const [from = '', to = ''] = days.split('..');
  const isDay = (day: string): boolean => z.iso.date().safeParse(day).success;
  refuse([
    ...(origin
      ? []
      : [`--sources must be the address of the stand-in, as http://127.0.0.1:8098. Fix: ${SOURCES_USAGE}`]),
    ...(isDay(from) && isDay(to)
      ? []
      : [`--days "${days}" are no days. Fix: Write them as 2026-06-01..2026-06-30.`]),
    ...(read && events ? [] : [`--read and --events must name files. Fix: ${SOURCES_USAGE}`]),
    ...(topics !== undefined && !existsSync(topics)
      ? [`--topics ${topics} is not there. Fix: Name a file with one identifier a line.`]
      : []),
  ]);
  return {
    sources: origin!,
    from,
    to,
    readFile: read!,
    eventsFile: events!,
    topics: linesOf(topics),
    only: only.split(',').filter(Boolean),
  };
}

/** Parses the command's arguments. Throws one ConfigError with all problems. */
export function readOptions(args: string[]): ReplayOptions {
  const {
    portal,
    events,
    from,
    to,
    'bad-days': bad,
    outbox,
    institutes,
    truth,
    'at-once': atOnce,
  } = given(args);
  const origin = originOf(portal);
  const { days, problems } = badDays(bad);
  refuse([
    ...(origin
      ? []
      : [`--portal must be the address of the stand-in, as http://127.0.0.1:8099. Fix: ${USAGE}`]),
    ...(events ? [] : [`--events must name a file. Fix: ${USAGE}`]),
    ...[from, to]
      .filter((day) => day !== undefined && !z.iso.date().safeParse(day).success)
      .map((day) => `"${day}" is not a day. Fix: Write it as 2026-03-13.`),
    ...problems,
    ...(truth !== undefined && !existsSync(truth)
      ? [`--truth ${truth} is not there. Fix: Name a file with lines as in an events file.`]
      : []),
    ...((atOnce || truth !== undefined || institutes !== undefined) && !outbox
      ? [
          `--at-once, --truth and --institutes are about what is told, for which --outbox is needed. Fix: ${USAGE}`,
        ]
      : []),
  ]);
  return {
    portal: origin!,
    eventsFile: events!,
    from,
    to,
    badDays: days,
    outbox,
    truth,
    institutes: institutes?.split(',').sort(),
    notify: !outbox ? 'nobody' : atOnce ? 'at-once' : 'defaults',
  };
}

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
