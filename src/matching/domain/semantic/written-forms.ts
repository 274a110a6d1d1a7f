import { withoutNoteLists } from '../../../calls/domain/requirements.js';
import { isApart, isPrefix, isVerbHere, mayEnd } from '../analysis/word-classes.js';
import { flattenString, type Token } from '../analysis/tokenise.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { TokenisedCall } from '../index/indexed-call.js';

/** What joins a word to the one before it in a phrase; null: a phrase ends between them. */
export type Joint = ' ' | '-' | null;

/**
 * No words of a phrase: list items that lost what was between them, footnote numbers, words that only join,
 * and the names that programmes give to themselves ("Cancer Mission").
 */
const OUTSIDE =
  /\p{Ll}\p{Lu}\p{Ll}|\p{N}\p{Lu}\p{Ll}{2}|^\p{N}+$|^(?:including|included|made|according|becom(?:e|es|ing)|(?:Mission|Partnership|Programme|Topic|Call|Proposal)s?|Horizon|Commission|Annex(?:es)?)$/u;
/** A word that goes on with a capital, as a name may, too: "IntroductionHE", "InvestEU". */
const GLUED = /^\p{L}\p{Ll}{3,}\p{Lu}/u;
const HYPHEN = /^[-\u2010\u2011]$/;
/** A compound whose end is no word of meaning: "ramp-up", "point-of-care". */
const CUT_OFF = /^[-\u2010\u2011](?:up|of|to|in|on|by|down|off|out|and|the)\b/;
/** Only a verb, or what governs a noun as a verb does, stands before these: "reducing the", "enables a". */
const DETERMINER = /^ (?:the|an?|their|its|these|this|all|any|both|each)\b/i;
/** Only a verb stands behind these. */
const MODAL = / (?:will|can|should|shall|must|may|could|would|cannot) $/i;
/** How much is looked at before and behind a word. */
const AROUND = 32;

/**
 * Whether an English word belongs to no noun phrase where it stands. An adjective or participle with nothing
 * behind it is judged here, as it is written: later, "caused" is taken for "causes", of as many letters.
 */
function isOutside(text: string, { start, end }: Token, next: Token | undefined): boolean {
  const word = text.slice(start, end).toLowerCase();
  const [before, after] = [text.slice(Math.max(0, start - AROUND), start), text.slice(end, end + AROUND)];
  if (HYPHEN.test(after.charAt(0))) return false;
  const goesOn = next?.start === end + 1 && after.startsWith(' ');
  return (
    isApart(word) ||
    isVerbHere(word, before, goesOn) ||
    DETERMINER.test(after) ||
    MODAL.test(before) ||
    (!goesOn && !mayEnd(word))
  );
}

const lastOf = (forms: readonly string[], length: number): string | undefined =>
  forms.findLast((form) => form.length === length);

/** A word as calls write it. */
export interface WrittenForm {
  stem: string;
  form: string;
}

const keyOf = ({ stem, form }: WrittenForm): string => `${stem} ${form}`;

/** The spellings of words in calls, by stem and length: two forms of a word rarely have the same length. */
export class WrittenForms {
  /** Of each stem, in the order in which they were last learned. */
  private readonly forms = new Map<string, string[]>();
  /** Those read in calls that are not stored yet; see `learnStored`. */
  private readonly fresh = new Map<string, WrittenForm>();
  /**
   * By number of a call, the places of words that are not joined by a space, from 1: negative where a phrase
   * ends before the word.
   */
  private readonly joints = new Map<number, Int32Array>();
  /** The calls whose adjectives stand behind their nouns. */
  private readonly french = new Set<number>();

  /** Learns the words of a call, whose fields the index numbers in the same order; returns its joints. */
  read({ language, fields }: TokenisedCall): Int32Array {
    const joints: number[] = [];
    let place = 0;
    const withoutNotes = withoutNoteLists(fields);
    for (const [f, { text, tokens }] of fields.entries()) {
      let [end, outside] = [0, false];
      for (const [i, token] of tokens.entries()) {
        place += 1;
        const [written, between] = [text.slice(token.start, token.end), text.slice(end, token.start)];
        if (this.learn({ stem: token.stem, form: written })) {
          const form = { stem: token.stem, form: this.wordFor(token.stem, written.length) };
          this.fresh.set(keyOf(form), form);
        }
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
    return Int32Array.from(joints);
  }

  /** Keeps what was read of the call with that number; reusing a number replaces it. */
  put(number: number, language: AnalysedLanguage, joints: Int32Array): void {
    if (language === 'fr') this.french.add(number);
    else this.french.delete(number);
    this.joints.set(number, joints);
  }

  remove(number: number): void {
    this.joints.delete(number);
    this.french.delete(number);
  }

  /** Returns the forms read in calls that are not known to be stored. */
  notStored(): WrittenForm[] {
    return [...this.fresh.values()];
  }

  /** Learns a form that is stored, whoever has read it. */
  learnStored(form: WrittenForm): void {
    this.learn(form);
    this.fresh.delete(keyOf(form));
  }

  /**
   * Keeps abbreviations in capitals, and any other word in lower case; of several with one length, the last
   * is used. Returns whether none was written so before.
   */
  learn({ stem, form }: WrittenForm): boolean {
    let known = this.forms.get(stem);
    if (!known) this.forms.set(stem, (known = []));
    const [current, lower] = [lastOf(known, form.length), form.toLowerCase()];
    if (current === lower) return false;
    const kept = /^.\P{Lu}*$/u.test(form) ? lower : form;
    const at = known.indexOf(kept);
    if (at !== -1) known.push(...known.splice(at, 1));
    else known.push(flattenString(kept));
    return at === -1;
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

  /** Returns the spellings of all words, with their stems, and whether one may be two run together. */
  *words(): Generator<{ word: string; stem: string; glued: boolean }, void> {
    for (const [stem, forms] of this.forms)
      for (const word of forms)
        if (word === lastOf(forms, word.length))
          yield { word: word.toLowerCase(), stem, glued: GLUED.test(word) };
  }

  /** Returns the word; the stem if no call contained one of that length. */
  wordFor(stem: string, length: number): string {
    return lastOf(this.forms.get(stem) ?? [], length) ?? stem;
  }
}
