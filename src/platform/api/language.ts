import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Language } from '../../kernel/language.js';
import type { Asked } from '../access/rule.js';

/** The language of an answer where the query names none: the person's own, else by Accept-Language; English where that wants neither. */
export const AnswerLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const request = context.switchToHttp().getRequest<Asked>();
  return request.actor?.language ?? (request.acceptsLanguages('en', 'fr') === 'fr' ? 'fr' : 'en');
});
