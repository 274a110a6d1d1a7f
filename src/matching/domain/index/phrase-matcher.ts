import { BEGINS_FIELD, LINKED, STEM_SHIFT, STEP, type IndexedCall } from './indexed-call.js';
import type { Form } from '../analysis/terms.js';
import { breakWidth } from '../analysis/tokenise.js';

/** A place where a term stands: the words first..last of the call. */
export interface Hit {
  first: number;
  last: number;
  /** Whether a foreign word stands in between. */
  loose: boolean;
  /** The kind of the field, by its number. */
  kind: number;
}

type Place = Omit<Hit, 'kind'>;

/** A form in the numbers of a collection. */
export type NumberedForm = Omit<Form, 'stems'> & { stems: number[] };

/**
 * The next place of a phrase's word after entry `last`, at most `reach` positions on; -1 where it does not
 * stand there.
 */
function nextEntry(
  call: IndexedCall,
  stem: number | undefined,
  last: number,
  reach: number,
  end: number,
): number {
  // A term that holds a comma itself ("safe, sustainable") wants its two words side by side, whatever mark is
  // between.
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

/** Positions from one entry to another. */
function distanceOf(call: IndexedCall, from: number, to: number): number {
  let distance = 0;
  for (let i = from + 1; i <= to; i += 1) distance += (call[i] ?? 0) & STEP;
  return distance;
}

/**
 * The phrase that begins at entry `first`, if it stands there: each word within its gap, `slop` positions
 * more in all.
 */
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

/** What some forms of one meaning are found by; `slop` foreign words may stand in a phrase. */
export class FormFinder {
  private readonly firsts: number[];
  private readonly slops: number[];
  /** The first two words of each form that is a phrase, and how far they may be apart. */
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

  /** What begins at an entry; of two forms the stricter. */
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
