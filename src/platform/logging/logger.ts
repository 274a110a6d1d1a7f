import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import { format as formatted } from 'node:util';
import { requestContext } from '../database/request-context.js';
import { traceOfNow } from '../telemetry/traces.js';
import type { Environment } from '../config/environment.js';
import { printBy, say } from '../say.js';

const LEVELS: Record<Environment['LOG_LEVEL'], LogLevel[]> = {
  error: ['error', 'fatal'],
  warn: ['error', 'fatal', 'warn'],
  info: ['error', 'fatal', 'warn', 'log'],
  debug: ['error', 'fatal', 'warn', 'log', 'debug', 'verbose'],
};
const levelIn = (text = ''): Environment['LOG_LEVEL'] =>
  Object.hasOwn(LEVELS, text) ? (text as Environment['LOG_LEVEL']) : 'info';
/** The methods of `console`, and the level of what libraries print by them. */
const PRINTED = {
  log: 'log',
  info: 'log',
  warn: 'warn',
  error: 'error',
  debug: 'debug',
  trace: 'debug',
} as const;

/** Nest's own messages about its start-up mean nothing to an operator. */
const FRAMEWORK = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
/** Characters that move a terminal's cursor or colour what follows. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

/**
 * Indents lines of external text within an entry: entries begin at the margin, so a line end in a title
 * cannot forge one.
 */
const within = (text: string): string => text.replace(LINE_END, '\n  ').replace(CONTROL, '\ufffd');

/** Plain lines for a person or a container's log; colours on a terminal only. */
export class OperatorLogger extends ConsoleLogger {
  constructor(
    private readonly level: Environment['LOG_LEVEL'],
    format: Environment['LOG_FORMAT'] = 'text',
  ) {
    super('carnot-europe', {
      logLevels: LEVELS[level],
      colors: Boolean(process.stdout.isTTY),
      prefix: 'carnot-europe',
      ...(format === 'json' && { json: true, colors: false }),
    });
  }

  /** A JSON line names its request or job, and its trace. */
  protected override getJsonLogObject(
    ...given: Parameters<ConsoleLogger['getJsonLogObject']>
  ): ReturnType<ConsoleLogger['getJsonLogObject']> {
    return { ...super.getJsonLogObject(...given), ...requestContext()?.work, ...traceOfNow() };
  }

  /** In UTC, like the audit log and the JSON lines: local time has one hour twice in October. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }

  protected override stringifyMessage(message: unknown, level: LogLevel): string {
    return super.stringifyMessage(typeof message === 'string' ? within(message) : message, level);
  }

  protected override printStackTrace(stack: string): void {
    super.printStackTrace(stack && within(stack));
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.level !== 'debug' && typeof context === 'string' && FRAMEWORK.has(context)) return;
    super.log(message, ...(rest as [string]));
  }
}

export type Say = (text: string) => void;

/**
 * Returns what tells the operator of a process what they must see, whatever LOG_LEVEL is: as lines, or as
 * entries of the log.
 */
export function sayIn(format: Environment['LOG_FORMAT'], context = 'Start'): Say {
  if (format === 'text') return say;
  const logger = new OperatorLogger('info', 'json');
  return (text) => {
    if (text.trim()) logger.log(text.trim(), context);
  };
}

/**
 * Makes an entry of everything this process prints, whoever prints it and from now on: a collector of logs
 * reads JSON only. Returns the log. `context`: what it is that prints.
 */
export function logAllAsJson(level: string | undefined, context: string): OperatorLogger {
  const logger = new OperatorLogger(levelIn(level), 'json');
  Logger.overrideLogger(logger);
  const told = sayIn('json', context);
  printBy({ say: told, note: told, complain: (text) => logger.error(text.trim(), context) });
  const printing = Object.entries(PRINTED).map(([method, its]) => [
    method,
    (...given: unknown[]) => logger[its](formatted(...given), 'Console'),
  ]);
  Object.assign(console, Object.fromEntries(printing));
  process.removeAllListeners('warning').on('warning', (warning) => {
    logger.warn(warning.stack ?? warning.message, 'Node');
  });
  process.on('uncaughtException', (error: Error) => {
    logger.fatal(error.stack ?? String(error), 'Process');
    process.exit(1);
  });
  return logger;
}
