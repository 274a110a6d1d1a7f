import { BEGINS_FIELD, type IndexedCall, LINKED, STEM_SHIFT, STEP } from './indexed-call.js';
import type { Form } from '../analysis/terms.js';
import { breakWidth } from '../analysis/tokenise.js';

/** An occurrence of a term: words first..last of the call. */
export interface Hit {
  first: number;
  last: number;
  /** Whether a foreign word is in between. */
  loose: boolean;
  kind: number;
}

type Place = Omit<Hit, 'kind'>;

/** A form with its stems as numbers of a collection. */
export type NumberedForm = Omit<Form, 'stems'> & { stems: number[] };

/**
 * Returns the next place of a stem after entry `last`, at most `reach` positions away; -1 if there is none.
 */
function nextEntry(
  call: IndexedCall,
  stem: number | undefined,
  last: number,
  reach: number,
  end: number,
): number {
  // The two words of a term that contains a comma ("safe, sustainable") have to be adjacent, whatever mark is
  // between them.
  const side = reach >= breakWidth;
  let distance = 0;
  for (let next = last + 1; next < end; next += 1) {
    const word = call[next] ?? 0;
    distance += word & STEP;
    if (word & BEGINS_FIELD || (side ? next > last + 1 : distance > reach)) return -1;
    if (word >>> STEM_SHIFT === stem) return next;
  }
  return -1;
}

/** Returns the distance between two entries, in positions. */
function distanceOf(call: IndexedCall, from: number, to: number): number {
  let distance = 0;
  for (let i = from + 1; i <= to; i += 1) distance += (call[i] ?? 0) & STEP;
  return distance;
}

/** Returns the phrase starting at `first`, if any: each word within its gap, plus `slop` in total. */
function phraseAt(
  call: IndexedCall,
  form: NumberedForm,
  first: number,
  slop: number,
  end: number,
): Place | null {
  let last = first;
  let left = slop;
  for (let i = 1; i < form.stems.length; i += 1) {
    const gap = form.gaps[i] ?? 1;
    const next = nextEntry(call, form.stems[i], last, gap + left, end);
    if (next === -1 || (form.link === i && !((call[next] ?? 0) & LINKED))) return null;
    if (gap < breakWidth) left -= Math.max(0, distanceOf(call, last, next) - gap);
    last = next;
  }
  return { first, last, loose: left < slop };
}

/** Finds the forms of one term; `slop` foreign words may occur within a phrase. */
export class FormFinder {
  private readonly firsts: number[];
  private readonly slops: number[];
  /** The first two words of each form that is a phrase, and their maximum distance. */
  readonly beginnings: readonly { first: number; second: number; reach: number }[];

  constructor(
    private readonly forms: NumberedForm[],
    slop: number,
  ) {
    this.firsts = forms.map((f) => f.stems[0] ?? -1);
    this.slops = forms.map((f) => (f.link > 0 || f.stems.length === 1 ? 0 : slop));
    this.beginnings = forms.flatMap(({ stems: [first, second], gaps }, i) =>
      second === undefined ? [] : [{ first: first!, second, reach: (gaps[1] ?? 1) + this.slops[i]! }],
    );
  }

  /** Returns the match starting at an entry; a strict one is preferred to a loose one. */
  at(call: IndexedCall, entry: number, end: number): Place | null {
    const stem = call[entry]! >>> STEM_SHIFT;
    let best: Place | null = null;
    for (let i = 0; i < this.firsts.length; i += 1) {
      if (this.firsts[i] !== stem) continue;
      const hit = phraseAt(call, this.forms[i]!, entry, this.slops[i]!, end);
      if (hit && (!best || (best.loose && !hit.loose))) best = hit;
    }
    return best;
  }
}
