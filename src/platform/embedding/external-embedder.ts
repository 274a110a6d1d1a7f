import { type EmbeddedText, type Embedder, LONGEST_EMBEDDED_TEXT } from '../../kernel/ports.js';

/** The version of the text preparation: vectors of texts prepared in different ways are not compared. */
export const PREPARATION = 2;

/**
 * E5 was trained with a word before each text (arXiv 2212.03533); its "instruct" models with another form.
 */
const E5 = /(^|[^a-z0-9])e5([^a-z0-9]|$)/i;
const prefixOf = (model: string, kind: EmbeddedText['kind']): string => {
  if (!E5.test(model) || /instruct/i.test(model)) return '';
  return kind === 'competence' ? 'query: ' : 'passage: ';
};

/** Returns the first characters of a text without splitting one. */
function cut(text: string): string {
  const end = text.charCodeAt(LONGEST_EMBEDDED_TEXT - 1);
  return text.slice(0, end >= 0xd800 && end <= 0xdbff ? LONGEST_EMBEDDED_TEXT - 1 : LONGEST_EMBEDDED_TEXT);
}

/**
 * Returns a text as the model of that name expects it. Servers refuse an empty one, and a tokenizer finds
 * nothing in it: a full stop says just as little.
 */
export function preparedText({ text, kind }: EmbeddedText, model: string): string {
  return prefixOf(model, kind) + (cut(text.normalize('NFC').replace(/\s+/g, ' ').trim()) || '.');
}

/**
 * A model supplied by the operator, in place of the built-in one. It is slower: its vectors are computed in
 * the background and stored.
 */
export interface ExternalEmbedder extends Embedder {
  /** Cancels the work in progress. */
  close(): Promise<void>;
}
