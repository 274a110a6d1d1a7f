import { BEGINS_FIELD, firstWord, kindOfField, LINKED, STEM_SHIFT, STEP, wordsIn, type IndexedCall } from './indexed-call.js';
import type { Form } from './terms.js';
import { breakWidth } from './tokenise.js';

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

/** The next place of a phrase's word after entry `last`, at most `reach` positions on; -1 where it does not stand there. */
function nextEntry(call: IndexedCall, stem: number | undefined, last: number, reach: number, end: number): number {
  // A term that holds a comma itself ("safe, sustainable") wants its two words side by side, whatever mark is between.
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

/** The phrase that begins at entry `first`, if it stands there: each word within its gap, `slop` positions more in all. */
function phraseAt(call: IndexedCall, form: NumberedForm, first: number, slop: number, end: number): Place | null {
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

/** How many fields begin at the entries from..to. */
function fieldsBegun(call: IndexedCall, from: number, to: number): number {
  let fields = 0;
  for (let i = from; i <= to; i += 1) if (call[i]! & BEGINS_FIELD) fields += 1;
  return fields;
}

/** What some forms of one meaning are found by; `slop` foreign words may stand in a phrase. */
export class FormFinder {
  /** The stems with which the forms begin, and each form's. */
  readonly heads: number[];
  private readonly firsts: number[];
  /** Each form's second stem, and how far it may be: nearly all that begins like a form ends there. */
  private readonly seconds: (number | undefined)[];
  private readonly reaches: number[];
  private readonly slops: number[];

  constructor(private readonly forms: NumberedForm[], slop: number) {
    this.firsts = forms.map((f) => f.stems[0] ?? -1);
    this.heads = [...new Set(this.firsts)];
    this.seconds = forms.map((f) => f.stems[1]);
    this.slops = forms.map((f) => (f.link > 0 || f.stems.length === 1 ? 0 : slop));
    this.reaches = forms.map((f, i) => (f.gaps[1] ?? 1) + this.slops[i]!);
  }

  /** What begins at an entry; of two forms the stricter. */
  at(call: IndexedCall, entry: number, end: number): Place | null {
    const stem = call[entry]! >>> STEM_SHIFT;
    let best: Place | null = null;
    for (let i = 0; i < this.firsts.length; i += 1) {
      if (this.firsts[i] !== stem) continue;
      const second = this.seconds[i];
      if (second !== undefined && nextEntry(call, second, entry, this.reaches[i]!, end) === -1) continue;
      const hit = phraseAt(call, this.forms[i]!, entry, this.slops[i]!, end);
      if (hit && (!best || (best.loose && !hit.loose))) best = hit;
    }
    return best;
  }
}

/** So many terms are looked for at once: a bit for each. */
export const MOST_AT_ONCE = 8;

/** Finds the places of some terms in calls, all in one reading. */
export class Finding {
  /** By stem the bits of the terms of which a form begins with it. All 0 but while a call is read. */
  private bits: Uint8Array = new Uint8Array(0);

  /** Every place in the call of each term, in the order of the text; nothing where it has none. `stems`: above every stem's number. */
  in(call: IndexedCall, terms: readonly { finder: FormFinder }[], stems: number): (Hit[] | undefined)[] {
    if (this.bits.length < stems) this.bits = new Uint8Array(Math.ceil(stems * 1.5));
    const { bits } = this;
    for (let i = 0; i < terms.length; i += 1) for (const head of terms[i]!.finder.heads) bits[head]! |= 1 << i;
    const hits = this.read(call, terms);
    for (let i = 0; i < terms.length; i += 1) for (const head of terms[i]!.finder.heads) bits[head] = 0;
    return hits;
  }

  /** Nearly all words begin no form: the bits say which do. */
  private read(call: IndexedCall, terms: readonly { finder: FormFinder }[]): (Hit[] | undefined)[] {
    const { bits } = this;
    const from = firstWord(call);
    const end = from + wordsIn(call);
    const hits: (Hit[] | undefined)[] = [];
    let field = -1;
    let counted = from;
    for (let entry = from; entry < end; entry += 1) {
      let begun = bits[call[entry]! >>> STEM_SHIFT]!;
      for (let i = 0; begun !== 0; i += 1, begun >>= 1) {
        const place = begun & 1 ? terms[i]!.finder.at(call, entry, end) : null;
        if (!place) continue;
        field += fieldsBegun(call, counted, entry);
        counted = entry + 1;
        (hits[i] ??= []).push({ first: place.first - from, last: place.last - from, loose: place.loose, kind: kindOfField(call, field) });
      }
    }
    return hits;
  }
}
