import { BadRequestException, Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';

/** RFC 9457. `errors` names each wrong field by its path. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
type FieldError = NonNullable<Problem['errors']>[number];

/** `competences[1].weight`, as a person would write it. */
const pathOf = (path: PropertyKey[]): string =>
  path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)), '');

/** The refusal of input that broke its schema, with a path for each field. */
export function invalid(issues: readonly { path?: readonly unknown[]; message: string }[]): BadRequestException {
  const errors = issues.map((i) => ({
    path: pathOf((i.path ?? []).map((k) => (typeof k === 'object' && k !== null ? (k as { key: PropertyKey }).key : (k as PropertyKey)))),
    message: i.message,
  }));
  return new BadRequestException({ message: errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)).join('; '), errors });
}

/** Writes a problem as the whole answer. */
export function sendProblem(response: Response, status: number, detail: string, instance: string, errors?: FieldError[]): void {
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, instance, ...(errors && { errors }) };
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Every error that leaves by HTTP leaves in this form; what is not known to be the caller's fault says nothing of our inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const [request, response] = [host.switchToHttp().getRequest<Request>(), host.switchToHttp().getResponse<Response>()];
    const { status, detail, errors } = this.read(error, request);
    if (response.headersSent) {
      response.end();
      return;
    }
    sendProblem(response, status, detail, request.path, errors);
  }

  private read(error: unknown, request: Request): { status: number; detail: string; errors?: FieldError[] } {
    if (error instanceof HttpException) {
      const body = error.getResponse() as string | { message?: string | string[]; errors?: FieldError[] };
      const message = typeof body === 'string' ? body : [body.message ?? error.message].flat().join('; ');
      return { status: error.getStatus(), detail: message, ...(typeof body === 'object' && body.errors ? { errors: body.errors } : {}) };
    }
    // Express's own body parser: broken JSON, a body that is too large, an unknown charset.
    const { status, expose, message } = error as { status?: number; expose?: boolean; message?: string };
    if (typeof status === 'number' && status < 500 && expose) return { status, detail: message ?? '' };
    this.log.error(`${request.method} ${request.path}: ${(error as Error).stack ?? String(error)}`);
    return { status: 500, detail: 'Something went wrong on our side; it is in the log.' };
  }
}
