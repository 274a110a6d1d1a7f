import type { Language } from '../../../kernel/language.js';
import { fieldsOf, type Field, type MatchableCall } from './fields.js';
import { tokenise, type Token } from '../analysis/tokenise.js';

export interface TokenisedField extends Field {
  tokens: Token[];
}

/** A call with its words of meaning: they are read once, for the index and for what the call means. */
export interface ReadCall {
  language: Language;
  fields: TokenisedField[];
}

/** Reads a call; it is stemmed as English unless it says that it is French. */
export function readCall(call: MatchableCall): ReadCall {
  const language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  return {
    language,
    fields: fieldsOf(call).map((field) => ({ ...field, tokens: tokenise(field.text, language) })),
  };
}
