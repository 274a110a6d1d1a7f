import { fieldsOf, type FieldKind, type MatchableCall } from '../matching/fields.js';
import type { EmbeddedText } from '../ports.js';
import { languageOfText } from '../profile/guess-language.js';
import type { Competence } from '../profile/profile.js';

/**
 * What models are given of a text, in characters. The common ones take 512 tokens, of about four characters; a server that is given more
 * cuts it off or refuses it. Title and first paragraphs of a call say what it is about.
 */
export const LONGEST_TEXT = 1_800;

/** Conditions repeat the programme's rules, and keywords are the portal's own; the call's title and the destination are those of a hundred topics. */
const TELLING = new Set<FieldKind>(['title', 'summary', 'expected-outcome', 'scope', 'objective', 'specific-challenge', 'expected-impact', 'other']);
const FALLBACK = new Set<FieldKind>(['destination', 'callTitle', 'keywords']);

/** The first words of a text. */
function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const end = text.lastIndexOf(' ', LONGEST_TEXT);
  return text.slice(0, end > 0 ? end : LONGEST_TEXT);
}

/** What a call means, as a model is to read it: its title, then its text in the order in which a reader meets it. */
export function textOfCall(call: MatchableCall): EmbeddedText {
  const fields = fieldsOf(call);
  const of = (kinds: Set<FieldKind>): string[] => fields.filter((f) => kinds.has(f.kind)).map((f) => f.text);
  const told = of(TELLING).join('\n');
  // A call that has nothing but a title is told by what stands around it.
  const text = told.length < call.title.length * 2 ? [told, ...of(FALLBACK)].join('\n') : told;
  return { kind: 'call', language: call.language.toLowerCase() === 'fr' ? 'fr' : 'en', text: cut(text) };
}

/** What a competence means: how it is called, what it is, and the words in which it would be asked for. */
export function textOfCompetence({ label, description, keywords }: Pick<Competence, 'label' | 'description' | 'keywords'>): EmbeddedText {
  const text = cut([label, description, keywords.join(', ')].filter((part) => part !== '').join('\n'));
  return { kind: 'competence', language: languageOfText(text), text };
}
