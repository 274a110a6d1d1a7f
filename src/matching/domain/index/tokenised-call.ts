import type { AnalysedLanguage } from '../../../kernel/language.js';
import { fieldsOf, type Field, type MatchableCall } from './fields.js';
import { tokenise, type Token } from '../analysis/tokenise.js';

export interface TokenisedField extends Field {
  tokens: Token[];
}

/** A call with its words of meaning: they are split once, for the index and for what the call means. */
export interface TokenisedCall {
  language: AnalysedLanguage;
  fields: TokenisedField[];
}

/** Splits a call into its words; it is stemmed as English unless it says that it is French. */
export function tokeniseCall(call: MatchableCall): TokenisedCall {
  const language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  return {
    language,
    fields: fieldsOf(call).map((field) => ({ ...field, tokens: tokenise(field.text, language) })),
  };
}
