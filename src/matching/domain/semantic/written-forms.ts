import { withoutNoteLists } from '../../../calls/domain/requirements.js';
import { isApart, isPrefix, isVerbHere, mayEnd } from '../analysis/word-classes.js';
import type { Token } from '../analysis/tokenise.js';
import type { TokenisedCall } from '../index/indexed-call.js';

/** What joins a word to the one before it in a phrase; null: a phrase ends between them. */
export type Joint = ' ' | '-' | null;

/**
 * No words of a phrase: list items that lost what was between them, footnote numbers, words that only join,
 * and the names that programmes give to themselves ("Cancer Mission").
 */
const OUTSIDE =
  /\p{Ll}\p{Lu}\p{Ll}|\p{N}\p{Lu}\p{Ll}{2}|^\p{N}+$|^(?:including|included|made|according|becom(?:e|es|ing)|(?:Mission|Partnership|Programme|Topic|Call|Proposal)s?|Horizon|Commission|Annex(?:es)?)$/u;
const HYPHEN = /^[-\u2010\u2011]$/;
/** A compound whose end is no word of meaning: "ramp-up", "point-of-care". */
const CUT_OFF = /^[-\u2010\u2011](?:up|of|to|in|on|by|down|off|out|and|the)\b/;
/** Only a verb, or what governs a noun as a verb does, stands before these: "reducing the", "enables a". */
const DETERMINER = /^ (?:the|an?|their|its|these|this|all|any|both|each)\b/i;
/** Only a verb stands behind these. */
const MODAL = / (?:will|can|should|shall|must|may|could|would|cannot) $/i;
/** How much is looked at before and behind a word. */
const AROUND = 32;

/** Whether an English word belongs to no noun phrase where it stands. */
function isOutside(text: string, { start, end }: Token, next: Token | undefined): boolean {
  const word = text.slice(start, end).toLowerCase();
  const [before, after] = [text.slice(Math.max(0, start - AROUND), start), text.slice(end, end + AROUND)];
  if (HYPHEN.test(after.charAt(0))) return false;
  const goesOn = next?.start === end + 1 && after.startsWith(' ');
  return isApart(word) || isVerbHere(word, before, goesOn) || DETERMINER.test(after) || MODAL.test(before);
}

/** The spellings of words in calls, by stem and length: two forms of a word rarely have the same length. */
export class WrittenForms {
  private readonly forms = new Map<string, string[]>();
  /**
   * By number of a call, the places of words that are not joined by a space, from 1: negative where a phrase
   * ends before the word.
   */
  private readonly joints = new Map<number, Int32Array>();
  /** The calls whose adjectives stand behind their nouns. */
  private readonly french = new Set<number>();

  /** Learns the words of the call with that number, whose fields the index numbers in the same order. */
  learn(number: number, { language, fields }: TokenisedCall): void {
    if (language === 'fr') this.french.add(number);
    else this.french.delete(number);
    const joints: number[] = [];
    let place = 0;
    const withoutNotes = withoutNoteLists(fields);
    for (const [f, { text, tokens }] of fields.entries()) {
      let [end, outside] = [0, false];
      for (const [i, token] of tokens.entries()) {
        place += 1;
        const [written, between] = [text.slice(token.start, token.end), text.slice(end, token.start)];
        this.learnForm(token.stem, written);
        const afterOutside = outside;
        outside =
          token.start >= withoutNotes[f]!.text.length ||
          OUTSIDE.test(written) ||
          CUT_OFF.test(text.slice(token.end, token.end + 7)) ||
          (HYPHEN.test(text.charAt(token.start - 1)) && between.length !== 1) ||
          (language === 'en' && !HYPHEN.test(between) && isOutside(text, token, tokens[i + 1]));
        if (outside || afterOutside || /^[^ \u00a0\u2010\u2011-]$/.test(between)) joints.push(-place);
        else if (HYPHEN.test(between)) joints.push(place);
        ({ end } = token);
      }
    }
    this.joints.set(number, Int32Array.from(joints));
  }

  /** Keeps abbreviations in capitals, and any other word in lower case. */
  private learnForm(stem: string, written: string): void {
    let known = this.forms.get(stem);
    if (!known) this.forms.set(stem, (known = []));
    const lower = written.toLowerCase();
    if (known[written.length] !== lower)
      known[written.length] = /^.\P{Lu}*$/u.test(written) ? lower : written;
  }

  jointAt(number: number, place: number): Joint {
    const joints = this.joints.get(number);
    if (joints?.includes(-place - 1)) return null;
    return joints?.includes(place + 1) ? '-' : ' ';
  }

  /** Whether a word may be the last of a noun phrase of that call. */
  mayEnd(number: number, word: string): boolean {
    return this.french.has(number) || mayEnd(word.toLowerCase());
  }

  /** Whether a compound that begins with a word only says of what kind something is. */
  isPrefix(number: number, word: string): boolean {
    return !this.french.has(number) && isPrefix(word.toLowerCase());
  }

  /** Returns the spellings of all words, with their stems. */
  *words(): Generator<{ word: string; stem: string }, void> {
    for (const [stem, forms] of this.forms)
      for (const word of forms) if (word !== undefined) yield { word: word.toLowerCase(), stem };
  }

  /** Returns the word; the stem if no call contained one of that length. */
  wordFor(stem: string, length: number): string {
    return this.forms.get(stem)?.[length] ?? stem;
  }
}
