import type { Request } from 'express';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Language } from '../../kernel/language.js';
import type { AuthenticatedRequest } from '../access/rule.js';

/** Whether the request comes from a person in a browser, not from a program. */
export const wantsPage = (request: Request): boolean =>
  !request.path.startsWith('/v1/') &&
  !request.headers.authorization &&
  ((request.headers.accept ?? '').includes('text/html') || Boolean(request.headers['hx-request']));

/** Returns the language that a client prefers among ours; `usual` if it accepts none of them, or any. */
export function acceptedLanguage(request: Request, usual: Language = 'en'): Language {
  const ours = [usual, ...Language.options.filter((language) => language !== usual)];
  return Language.safeParse(request.acceptsLanguages(ours)).data ?? usual;
}

/** The response language if the query names none: the person's own, else by Accept-Language, else English. */
export const AnswerLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  return request.actor?.language ?? acceptedLanguage(request);
});
