import { BadRequestException, Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { isDatabaseAway } from '../database/database-away.js';

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
/** What tells one refusal from others of its status. */
type Kind = Partial<Pick<Problem, 'type' | 'errors'>>;

/** `competences[1].weight`, as a person would write it. */
const pathOf = (path: PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)), '');

/** What a schema says is wrong; `keys` are the unknown ones of the object at `path`. */
export interface Issue { path?: readonly unknown[] | undefined; message: string; code?: string; keys?: string[] }

/** So many errors are told: a body may hold a hundred thousand, and nobody mends by the last one. */
const MOST_ERRORS = 50;

const keyOf = (segment: unknown): PropertyKey =>
  typeof segment === 'object' && segment !== null ? (segment as { key: PropertyKey }).key : (segment as PropertyKey);

function fieldErrors({ path = [], message, code, keys }: Issue): FieldError[] {
  const at = path.map(keyOf);
  if (code !== 'unrecognized_keys' || !keys) return [{ path: pathOf(at), message }];
  return keys.map((key) => ({ path: pathOf([...at, key]), message: 'is not a field here' }));
}

/** The refusal of input that broke its schema, with a path for each field. */
export function invalid(issues: readonly Issue[]): BadRequestException {
  const all = issues.flatMap(fieldErrors);
  const errors = all.slice(0, MOST_ERRORS);
  const more = all.length > errors.length ? [`and ${all.length - errors.length} more`] : [];
  return new BadRequestException({ message: [...errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)), ...more].join('; '), errors });
}

const problemOf = (status: number, detail: string, instance: string, { type = 'about:blank', errors }: Kind = {}): Problem =>
  ({ type, title: STATUS_CODES[status] ?? 'Error', status, detail, instance, ...(errors && { errors }) });

/** Writes a problem as the whole answer. */
export function sendProblem(response: Response, status: number, detail: string, instance: string, kind?: Kind): void {
  const problem = problemOf(status, detail, instance, kind);
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** As it may stand in a log: what follows these prefixes is a credential. */
const shownPath = ({ path }: Request): string => path.replace(/^(\/(?:unsubscribe|telling|answer|contact|feeds|sign-in|calendars)\/).+/, '$1…');

/** Shows a problem as a page; null where a program asked. */
export type ProblemPage = (request: Request, problem: Problem) => string | null;

/** Every error that leaves by HTTP leaves in this form; what is not known to be the caller's fault says nothing of our inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  /** `away` answers where the database does not. */
  constructor(
    private readonly page: ProblemPage,
    private readonly away: (request: Request, response: Response) => void,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, response] = [host.switchToHttp().getRequest<Request>(), host.switchToHttp().getResponse<Response>()];
    // It was answered already, and what came of it afterwards is of no use to anybody.
    if (response.writableEnded) return;
    if (isDatabaseAway(error) && !response.headersSent) {
      this.log.warn(`${request.method} ${shownPath(request)}: the database does not answer (${(error as Error).message})`);
      return this.away(request, response);
    }
    const { status, detail, ...kind } = this.read(error, request);
    if (response.headersSent) {
      response.end();
      return;
    }
    const { retryAfterSeconds } = (error ?? {}) as { retryAfterSeconds?: number };
    if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', retryAfterSeconds);
    const page = this.page(request, problemOf(status, detail, request.path, kind));
    if (page === null) sendProblem(response, status, detail, request.path, kind);
    else response.status(status).type('html').send(page);
  }

  private read(error: unknown, request: Request): { status: number; detail: string } & Kind {
    if (error instanceof HttpException) {
      const body = error.getResponse() as string | { message?: string | string[] } & Kind;
      const message = typeof body === 'string' ? body : [body.message ?? error.message].flat().join('; ');
      const { type, errors }: Kind = typeof body === 'object' ? body : {};
      return { status: error.getStatus(), detail: message, ...(type && { type }), ...(errors && { errors }) };
    }
    // Express's own body parser: broken JSON, a body that is too large, an unknown charset.
    const { status, expose, message } = error as { status?: number; expose?: boolean; message?: string };
    if (typeof status === 'number' && status < 500 && expose) return { status, detail: message ?? '' };
    this.log.error(`${request.method} ${shownPath(request)}: ${(error as Error).stack ?? String(error)}`);
    return { status: 500, detail: 'Something went wrong on our side; it is in the log.' };
  }
}
