import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ConfigError, refuse } from '../../platform/config/config-error.js';

export type Faults = Record<string, number>;

export interface ReplayOptions {
  /** Scheme, host and port of the stand-in. */
  portal: string;
  eventsFile: string;
  /** First and last day, as 2026-03-13; the stand-in's own where they are not given. */
  from?: string | undefined;
  to?: string | undefined;
  badDays: Record<string, Faults>;
}

const USAGE = 'npm run replay -- --portal URL --events EVENTS.jsonl [--from DAY --to DAY] [--bad-days BAD.json]';

const BadDays = z.record(z.iso.date(), z.record(z.string(), z.number()));

/** The bad days that a file names, or what is wrong with it. */
function badDays(file: string | undefined): { days: Record<string, Faults>; problems: string[] } {
  if (file === undefined) return { days: {}, problems: [] };
  try {
    return { days: BadDays.parse(JSON.parse(readFileSync(file, 'utf8'))), problems: [] };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    return { days: {}, problems: [`--bad-days ${file} cannot be read: ${why}. Mend: Write it as {"2026-04-15": {"half": 1}}.`] };
  }
}

function given(args: string[]): Record<string, string | undefined> {
  const options = { portal: { type: 'string' }, events: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' }, 'bad-days': { type: 'string' } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new ConfigError([`${(error as Error).message} Mend: ${USAGE}`]);
  }
}

/** Reads the command's arguments. Throws one ConfigError with all that is wrong. */
export function readOptions(args: string[]): ReplayOptions {
  const { portal, events, from, to, 'bad-days': bad } = given(args);
  const origin = portal !== undefined && /^https?:/.test(portal) && URL.canParse(portal) ? new URL(portal).origin : null;
  const { days, problems } = badDays(bad);
  refuse([
    ...(origin ? [] : [`--portal must be the address of the stand-in, as http://127.0.0.1:8099. Mend: ${USAGE}`]),
    ...(events ? [] : [`--events must name a file. Mend: ${USAGE}`]),
    ...[from, to].filter((day) => day !== undefined && !z.iso.date().safeParse(day).success).map((day) => `"${day}" is not a day. Mend: Write it as 2026-03-13.`),
    ...problems,
  ]);
  return { portal: origin!, eventsFile: events!, from, to, badDays: days };
}
