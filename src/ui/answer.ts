import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { type Flash, setFlash } from './viewer.js';

class Redirect {
  constructor(
    readonly path: string,
    readonly flash: Flash | undefined,
  ) {}
}

class PageWithStatus {
  constructor(
    readonly status: number,
    readonly html: string,
  ) {}
}

/** What the handler of a page returns: the page, one with a status of its own, or where to go instead. */
export type Answer = string | PageWithStatus | Redirect;

export const pageWith = (status: number, html: string): Answer => new PageWithStatus(status, html);

/** Leads to the page at `path`, which shows the message once. */
export const redirectTo = (path: string, flash?: Flash): Answer => new Redirect(path, flash);

/** Sends what handlers of pages return. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer instanceof PageWithStatus) {
          response.status(answer.status);
          return answer.html;
        }
        if (!(answer instanceof Redirect)) return answer;
        if (answer.flash) setFlash(response, answer.flash);
        response.redirect(303, answer.path);
        return undefined;
      }),
    );
  }
}
