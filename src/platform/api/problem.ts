import {
  BadRequestException,
  Catch,
  ForbiddenException,
  HttpException,
  Logger,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Language } from '../../kernel/language.js';
import { isDiskFull } from '../database/disk-full.js';
import { isDatabaseAway, isDatabaseBusy } from '../database/database-away.js';
import { CLOSED_BEFORE, isClosedBefore } from '../access/presence.js';
import { logRefusal, requestLine } from '../logging/request-lines.js';
import { acceptedLanguage } from './language.js';
import { issueIn, sentenceIn, titleIn } from './problem-in.js';

/** RFC 9457. `errors` names each wrong field by its path. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
type FieldError = NonNullable<Problem['errors']>[number];
/**
 * What distinguishes a refusal from others with the same status; `messages` returns its error messages in a
 * language other than English, in order.
 */
type Kind = Partial<Pick<Problem, 'type' | 'errors'>> & { messages?: (language: Language) => string[] };

/** Formats a path as a person would write it: `competences[1].weight`. */
const pathOf = (path: PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  );

/** What a schema says is wrong; `keys` are the unknown keys of the object at `path`. */
export interface Issue {
  path?: readonly unknown[] | undefined;
  message: string;
  code?: string;
  keys?: string[];
}

/** The most errors reported: a body may have a hundred thousand, and nobody fixes them all from one list. */
const MOST_ERRORS = 50;

const keyOf = (segment: unknown): PropertyKey =>
  typeof segment === 'object' && segment !== null
    ? (segment as { key: PropertyKey }).key
    : (segment as PropertyKey);

const UNKNOWN = 'is not a known field';

interface Told extends FieldError {
  say: (language: Language) => string;
}

function fieldErrors(issue: Issue): Told[] {
  const { path = [], message, code, keys } = issue;
  const at = path.map(keyOf);
  if (code !== 'unrecognized_keys' || !keys)
    return [{ path: pathOf(at), message, say: (language) => issueIn(issue as never, language) }];
  return keys.map((key) => ({
    path: pathOf([...at, key]),
    message: UNKNOWN,
    say: (language) => sentenceIn(UNKNOWN, language),
  }));
}

const detailOf = (errors: FieldError[], more: string[]): string =>
  [...errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)), ...more].join('; ');

function refusalOf(issues: readonly Issue[]): Kind & { message: string } {
  const all = issues.flatMap(fieldErrors);
  const told = all.slice(0, MOST_ERRORS);
  const errors = told.map(({ path, message }) => ({ path, message }));
  return {
    message: detailOf(errors, moreThan(all.length)),
    errors,
    messages: (language: Language) => told.map((e) => e.say(language)),
  };
}

/** Returns the refusal of input that violates its schema, with a path for each field. */
export const invalid = (issues: readonly Issue[]): BadRequestException =>
  new BadRequestException(refusalOf(issues));

/** The refusal of a path parameter that violates its schema: nothing can be at this address. */
export class BadAddress extends BadRequestException {
  constructor(
    readonly parameter: string,
    issues: readonly Issue[],
  ) {
    super(refusalOf(issues));
  }
}

/** Returns the path parameter that names what does not exist; null if the error is about something else. */
function missingIn({ params }: Request, error: unknown): string | null {
  if (error instanceof BadAddress) return error.parameter;
  if (!(error instanceof NotFoundException)) return null;
  const named = Object.entries(params).findLast(([, value]) => error.message.includes(String(value)));
  return named?.[0] ?? null;
}

const moreThan = (count: number): string[] =>
  count > MOST_ERRORS ? [`and ${count - MOST_ERRORS} more`] : [];

/** Returns a problem in English. */
export const problemOf = (
  status: number,
  detail: string,
  instance: string,
  { type = 'about:blank', errors }: Kind = {},
): Problem => ({
  type,
  title: titleIn(status, type, 'en'),
  status,
  detail,
  instance,
  ...(errors && { errors }),
});

/** Returns the problem in the reader's language, as far as its sentences are translated. */
function problemIn(language: Language, problem: Problem, messages: Kind['messages']): Problem {
  if (language === 'en') return problem;
  const said = messages?.(language);
  const errors = problem.errors?.map((e, i) => ({
    ...e,
    message: said?.[i] ?? sentenceIn(e.message, language),
  }));
  const [, more] = /; (and \d+ more)$/.exec(problem.detail) ?? [];
  const detail = errors
    ? detailOf(errors, more === undefined ? [] : [sentenceIn(more, language)])
    : sentenceIn(problem.detail, language);
  return {
    ...problem,
    title: titleIn(problem.status, problem.type, language),
    detail,
    ...(errors && { errors }),
  };
}

/**
 * Sends a problem as the whole response. A program sets the language by header only: the language of the
 * key's owner does not matter to it.
 */
export function sendProblem(
  response: Response,
  status: number,
  detail: string,
  instance: string,
  kind?: Kind,
): void {
  const language = acceptedLanguage(response.req);
  const told = problemIn(language, problemOf(status, detail, instance, kind), kind?.messages);
  response
    .status(status)
    .type('application/problem+json')
    .setHeader('Content-Language', language)
    .vary('Accept-Language')
    .send(JSON.stringify(told));
}

/**
 * Renders a problem as a page in the reader's language; null for a program. `missing` is the path parameter
 * that names what does not exist.
 */
export type ProblemPage = (
  request: Request,
  problem: (language: Language) => Problem,
  missing: string | null,
) => { status: number; html: string } | null;

/** Sends all HTTP errors in one form; one that may not be the caller's fault reveals nothing internal. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  /** `unavailable` responds if the database is unreachable, busy or out of space. */
  constructor(
    private readonly page: ProblemPage,
    private readonly unavailable: (request: Request, response: Response, error: unknown) => void,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, response] = [
      host.switchToHttp().getRequest<Request>(),
      host.switchToHttp().getResponse<Response>(),
    ];
    // The response was already sent; an error after that is of no use to anyone.
    if (response.writableEnded) return;
    // The client went away in the middle of its request: nothing failed here, and nobody waits.
    if (!request.complete && request.socket.destroyed) return;
    const busy = isDatabaseBusy(error);
    if ((busy || isDatabaseAway(error)) && !response.headersSent) {
      const what = isDiskFull(error) ? 'has no space left' : busy ? 'is busy' : 'does not answer';
      this.log.warn(`${requestLine(request)}: the database ${what} (${(error as Error).message})`);
      this.unavailable(request, response, error);
      return;
    }
    const { status, detail, ...kind } = this.read(error, request);
    if (error instanceof ForbiddenException) logRefusal(request, detail);
    if (response.headersSent) {
      response.end();
      return;
    }
    const { retryAfterSeconds } = (error ?? {}) as { retryAfterSeconds?: number };
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
    const problem = problemOf(status, detail, request.path, kind);
    const page = this.page(
      request,
      (language) => problemIn(language, problem, kind.messages),
      missingIn(request, error),
    );
    if (page === null) sendProblem(response, status, detail, request.path, kind);
    else response.status(page.status).type('html').send(page.html);
  }

  private read(error: unknown, request: Request): { status: number; detail: string } & Kind {
    if (error instanceof HttpException) {
      const body: string | ({ message?: string | string[] } & Kind) = error.getResponse();
      const message = typeof body === 'string' ? body : [body.message ?? error.message].flat().join('; ');
      const { type, errors, messages }: Kind = typeof body === 'object' ? body : {};
      return {
        status: error.getStatus(),
        detail: message,
        ...(type && { type }),
        ...(errors && { errors }),
        ...(messages && { messages }),
      };
    }
    // Express's own body parser: broken JSON, a body that is too large, an unknown charset.
    const { status, expose, message } = error as { status?: number; expose?: boolean; message?: string };
    if (typeof status === 'number' && status < 500 && expose) return { status, detail: message ?? '' };
    if (isClosedBefore(request, error)) return { status: 409, detail: CLOSED_BEFORE };
    this.log.error(`${requestLine(request)}: ${(error as Error).stack ?? String(error)}`);
    return { status: 500, detail: 'Something went wrong on our side. The error has been logged.' };
  }
}
