import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { sayInLine, sayIssue, sayProblem } from '../i18n/sentences.js';
import { storedText } from '../i18n/translate.js';
import { BadAddress, DomainError, Forbidden, Invalid, NotFound } from '../kernel/errors.js';
import { pathInWords, type FieldIssue } from '../kernel/issues.js';
import type { Language } from '../kernel/language.js';
import { closedBefore, methodsAt, type Route } from '../platform/access/rule.js';
import { acceptedLanguage } from '../platform/api/input.pipe.js';
import type { Problem } from '../platform/api/problem.js';
import { isDatabaseAway, isDatabaseBusy } from '../platform/database/database-away.js';
import { isDiskFull } from '../platform/database/disk-full.js';
import { logRefusal, requestLine } from '../platform/telemetry/requests.js';
import { errorPage } from '../ui/page.js';

/** The most errors reported: a body may have a hundred thousand, and nobody fixes them all from one list. */
const MOST_ERRORS = 50;

type Told = Pick<DomainError, 'status' | 'type' | 'code' | 'facts'> & { issues?: readonly FieldIssue[] };

function problemOf(
  { status, type, code, facts, issues }: Told,
  instance: string,
  language: Language,
): Problem {
  const errors = issues?.slice(0, MOST_ERRORS).map((found) => ({
    path: pathInWords(found.path),
    code: found.code,
    message: found.line === undefined ? sayIssue(language, found) : sayInLine(language, found, found.line),
  }));
  const more = (issues?.length ?? 0) - MOST_ERRORS;
  const lines = errors?.map(({ path, message }) => (path ? `${path}: ${message}` : message)) ?? [];
  if (more > 0) lines.push(sayProblem(language, { code: 'and-more', facts: { more } }));
  return {
    type,
    code,
    title: storedText(
      language,
      `problem-title.${type.slice(type.lastIndexOf(':') + 1)}`,
      storedText(language, `problem-title.${status}`, STATUS_CODES[status] ?? 'Error'),
    ),
    status,
    detail: lines.join('; ') || sayProblem(language, { code, facts }),
    instance,
    ...(errors && { errors }),
  };
}

/**
 * Sends a problem as the whole response. A program sets the language by header only: the language of the
 * key's owner does not matter to it.
 */
export function sendProblem(response: Response, told: Told): void {
  const { req: request } = response;
  const language = acceptedLanguage(request);
  response
    .status(told.status)
    .type('application/problem+json')
    .setHeader('Content-Language', language)
    .vary('Accept-Language')
    .send(JSON.stringify(problemOf(told, request.path, language)));
}

/** Returns the path parameter that names what does not exist; null if the error is about something else. */
function missingIn({ params }: Request, error: unknown): string | null {
  if (error instanceof BadAddress) return error.parameter;
  if (!(error instanceof NotFound)) return null;
  const facts = Object.values(error.facts).map(String);
  const named = Object.entries(params).findLast(([, value]) => facts.includes(String(value)));
  return named?.[0] ?? null;
}

/** What Nest, Express and their body parsers refuse; null if the error is none of theirs. */
function ofFramework(error: unknown): Told | null {
  const { message, status, expose } = (error ?? {}) as {
    message?: string;
    status?: number;
    expose?: boolean;
  };
  const own =
    error instanceof HttpException ? error.getStatus() : expose && status! < 500 ? status : undefined;
  if (own === undefined) return null;
  const told = { status: own, type: 'about:blank' };
  const [, route] = /^Cannot ([A-Z]+ .*)$/s.exec(message ?? '') ?? [];
  if (own === 404 && route !== undefined) return { ...told, code: 'no-route', facts: { route } };
  if (error instanceof HttpException && error.cause instanceof SyntaxError)
    return { ...told, code: 'broken-json', facts: { text: error.message } };
  if (own === 413) return { ...told, code: 'too-large', facts: {} };
  return { ...told, code: 'other', facts: { text: message ?? '' } };
}

const OUR_FAULT: Told = { status: 500, type: 'about:blank', code: 'our-fault', facts: {} };

/** Sends all HTTP errors in one form; one that may not be the caller's fault reveals nothing internal. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  /** `unavailable` responds if the database is unreachable, busy or out of space. */
  constructor(
    private readonly unavailable: (request: Request, response: Response, error: unknown) => void,
    private readonly routes: () => Route[],
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
    const told = this.read(error, request);
    if (error instanceof Forbidden) logRefusal(request, sayProblem('en', error));
    if (response.headersSent) {
      response.end();
      return;
    }
    const { retryAfterSeconds } = (error ?? {}) as { retryAfterSeconds?: number };
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
    const page = errorPage(
      request,
      (language) => problemOf(told, request.path, language),
      missingIn(request, error),
    );
    if (page === null)
      sendProblem(response, told.code === 'no-route' ? this.otherMethod(told, response) : told);
    else response.status(page.status).type('html').send(page.html);
  }

  /** Tells a program which methods an address takes; to a person it is no page. */
  private otherMethod(told: Told, response: Response): Told {
    const methods = methodsAt(this.routes(), response.req.path);
    // One that takes this method has answered that nothing is there.
    if (!methods.length || methods.includes(response.req.method)) return told;
    response.setHeader('Allow', methods.join(', '));
    return { ...told, status: 405, code: 'no-method', facts: { methods: methods.join(', ') } };
  }

  private read(error: unknown, request: Request): Told {
    if (error instanceof Invalid || error instanceof DomainError) return error;
    const told = ofFramework(error) ?? closedBefore(request, error);
    if (told) return told;
    this.log.error(`${requestLine(request)}: ${(error as Error).stack ?? String(error)}`);
    return OUR_FAULT;
  }
}
