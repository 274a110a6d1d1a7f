import { translator } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { namedSections } from '../../domain/explanation/reasons/call-sections.js';
import type { ReasonDetails } from '../../domain/explanation/reasons/reason-details.js';
import { TEXTS } from './texts.js';

const textsIn = translator(TEXTS);

/** What is said, with a few words of the call around what was found. */
export const withQuote = (
  what: string,
  { quote }: Pick<ReasonDetails, 'quote'>,
  language: Language,
): string => (quote === null ? what : textsIn(language)('quote', { what, quote }));

/** The section of the call in which something stands; the call, where none is named. */
export function textSaid(details: Pick<ReasonDetails, 'kinds' | 'quote'>, language: Language): string {
  const t = textsIn(language);
  if (details.quote === null || !details.kinds.length) return t('call');
  return withQuote(t('text-in', { sections: namedSections(details.kinds, language) }), details, language);
}
