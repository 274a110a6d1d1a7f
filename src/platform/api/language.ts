import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Language } from '../../kernel/language.js';
import type { AuthenticatedRequest } from '../access/rule.js';

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
