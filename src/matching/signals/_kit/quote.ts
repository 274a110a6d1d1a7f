import { translator } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { namedParts } from '../../domain/explanation/reasons/call-parts.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-details.js';
import { TEXTS } from './texts.js';

const textsIn = translator(TEXTS);

/** What is said, with a few words of the call around what was found. */
export const withQuote = (
  what: string,
  { quote }: Pick<ReasonDetails, 'quote'>,
  language: Language,
): string => (quote === null ? what : textsIn(language)('quote', { what, quote }));

/** The part of the call in which something stands; the call, where none is named. */
export function textSaid(details: Pick<ReasonDetails, 'kinds' | 'quote'>, language: Language): string {
  const t = textsIn(language);
  if (details.quote === null || !details.kinds.length) return t('call');
  return withQuote(t('text-in', { parts: namedParts(details.kinds, language) }), details, language);
}
