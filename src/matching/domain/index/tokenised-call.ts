import type { AnalysedLanguage } from '../../../kernel/language.js';
import { fieldsOf, type Field, type MatchableCall } from './fields.js';
import { type Token, tokenise } from '../analysis/tokenise.js';

export interface TokenisedField extends Field {
  tokens: Token[];
}

/** A call with its meaningful words, split once for both the index and the meaning. */
export interface TokenisedCall {
  language: AnalysedLanguage;
  fields: TokenisedField[];
}

/** Splits a call into words; it is stemmed as English unless its language is French. */
export function tokeniseCall(call: MatchableCall): TokenisedCall {
  const language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  return {
    language,
    fields: fieldsOf(call).map((field) => ({ ...field, tokens: tokenise(field.text, language) })),
  };
}
