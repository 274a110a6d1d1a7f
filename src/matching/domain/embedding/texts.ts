import { createHash } from 'node:crypto';
import { type EmbeddedText, LONGEST_EMBEDDED_TEXT } from '../../../kernel/ports.js';
import { type Field, type FieldKind, fieldsOf, type MatchableCall } from '../index/fields.js';
import { languageOfText } from '../drafting/guess-language.js';
import type { Competence } from '../../../profiles/domain/profile.js';

/**
 * Returns a text's key among vectors (SHA-256 hex): texts that a model can tell apart have different keys.
 */
export const textHash = ({ kind, language, text }: EmbeddedText): string =>
  createHash('sha256').update(`${kind} ${language} ${text}`).digest('hex');

/**
 * A call is embedded in passages of this many characters, each below its title: this shows which passage is
 * near, and long calls are read as well as short ones.
 */
const LONGEST_PASSAGE = 600;
/** How much of a title precedes each passage. */
const LONGEST_TITLE = 300;

/**
 * Conditions repeat the programme's rules, and keywords are the portal's own; the call's title and the
 * destination are shared by a hundred topics, and the source of a cascade call is not its subject.
 */
const DESCRIPTIVE = new Set<FieldKind>([
  'summary',
  'expected-outcome',
  'scope',
  'objective',
  'specific-challenge',
  'expected-impact',
  'other',
]);
const FALLBACK = new Set<FieldKind>(['destination', 'callTitle', 'parentTopic', 'project', 'keywords']);

export interface PassagePlace {
  field: string;
  start: number;
  end: number;
}
/** The text of a call that a model reads at once, and where most of it comes from. */
interface CallPassage extends PassagePlace {
  text: EmbeddedText;
}

/** Returns the first words of a text. */
export function firstWords(text: string, longest = LONGEST_EMBEDDED_TEXT): string {
  if (text.length <= longest) return text;
  const end = text.lastIndexOf(' ', longest);
  return text.slice(0, end > 0 ? end : longest);
}

/** Returns the end of a piece: a line or sentence end in its second half, otherwise a word end. */
function endOfPiece(text: string, start: number, longest: number): number {
  if (text.length - start <= longest) return text.length;
  const piece = text.slice(start, start + longest);
  for (const end of [piece.lastIndexOf('\n'), piece.lastIndexOf('. ') + 1])
    if (end > longest / 2) return start + end;
  const space = piece.lastIndexOf(' ');
  return start + (space > 0 ? space : longest);
}

type Piece = PassagePlace & { text: string };

function piecesOf(fields: readonly Field[], longest: number): Piece[] {
  const pieces: Piece[] = [];
  let left = longest;
  for (const { name, text } of fields) {
    for (let start = 0; start < text.length && left > 0;) {
      const end = endOfPiece(text, start, Math.min(left, LONGEST_PASSAGE));
      pieces.push({ field: name, start, end, text: text.slice(start, end).trim() });
      left -= end - start;
      start = end;
    }
  }
  return pieces.filter((p) => p.text !== '');
}

const length = (pieces: readonly Piece[]): number => pieces.reduce((sum, p) => sum + p.text.length, 0);

/** Groups adjacent pieces that are short enough to be read together. */
function joined(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last && length(last) + piece.text.length <= LONGEST_PASSAGE) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

/**
 * Returns the meaning of a call as texts for a model: its text in reading order, in passages, each below the
 * title; only the title if the call has no text.
 */
export function passagesOf(call: MatchableCall): CallPassage[] {
  const fields = fieldsOf(call);
  const descriptive = fields.filter((f) => DESCRIPTIVE.has(f.kind));
  // A call with nothing but a title is described by its context.
  const bare = descriptive.reduce((sum, f) => sum + f.text.length, 0) < call.title.length;
  const title = firstWords(call.title, LONGEST_TITLE);
  const groups = joined(
    piecesOf(
      bare ? [...descriptive, ...fields.filter((f) => FALLBACK.has(f.kind))] : descriptive,
      LONGEST_EMBEDDED_TEXT - title.length,
    ),
  );
  const language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  const textOf = (group: readonly Piece[]): EmbeddedText => ({
    kind: 'call',
    language,
    text: [title, ...group.map((p) => p.text)].join('\n'),
  });
  if (groups.length === 0) return [{ text: textOf([]), field: 'title', start: 0, end: call.title.length }];
  return groups.map((group) => {
    const { field, start, end } = [...group].sort((a, b) => b.text.length - a.text.length)[0]!;
    return { text: textOf(group), field, start, end };
  });
}

/** Returns the meaning of a competence: its label, its description and its keywords. */
export function textOfCompetence({
  label,
  description,
  keywords,
}: Pick<Competence, 'label' | 'description' | 'keywords'>): EmbeddedText {
  const text = firstWords([label, description, keywords.join(', ')].filter((part) => part !== '').join('\n'));
  return { kind: 'competence', language: languageOfText(text), text };
}
