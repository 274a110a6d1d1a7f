import { translator } from '../../../i18n/translate.js';
import type { Language } from '../../../kernel/language.js';
import { namedSections, type ReasonDetails } from '../../domain/explanation/reasons/reason-kinds.js';
import { TEXTS } from './texts.js';

const textsIn = translator(TEXTS);

/** Returns a statement with a short quotation from the call. */
export const withQuote = (
  what: string,
  { quote }: Pick<ReasonDetails, 'quote'>,
  language: Language,
): string => (quote === null ? what : textsIn(language)('quote', { what, quote }));

/** Returns the name of the sections where something was found; "the call" if none is known. */
export function textSaid(details: Pick<ReasonDetails, 'kinds' | 'quote'>, language: Language): string {
  const t = textsIn(language);
  if (details.quote === null || !details.kinds.length) return t('call');
  return withQuote(t('text-in', { sections: namedSections(details.kinds, language) }), details, language);
}
