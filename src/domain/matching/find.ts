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

/** What begins at an entry; of two forms the stricter. */
function formAt(call: IndexedCall, forms: NumberedForm[], entry: number, slop: number, end: number): Place | null {
  const stem = (call[entry] ?? 0) >>> STEM_SHIFT;
  let best: Place | null = null;
  for (const form of forms) {
    if (form.stems[0] !== stem) continue;
    const hit = phraseAt(call, form, entry, form.link > 0 || form.stems.length === 1 ? 0 : slop, end);
    if (hit && (!best || (best.loose && !hit.loose))) best = hit;
  }
  return best;
}

/** How many fields begin at the entries from..to. */
function fieldsBegun(call: IndexedCall, from: number, to: number): number {
  let fields = 0;
  for (let i = from; i <= to; i += 1) if (call[i]! & BEGINS_FIELD) fields += 1;
  return fields;
}

/** By stem: 1 where one of the forms begins with it. */
export type Heads = Uint8Array;

/** Finds every place where one of some forms stands; `slop` foreign words may stand in a phrase. */
export class FormFinder {
  readonly heads: number[];

  constructor(private readonly forms: NumberedForm[], private readonly slop: number) {
    this.heads = [...new Set(forms.map((f) => f.stems[0] ?? -1))];
  }

  /** The places in a call, in the order of the text; of two at one place the stricter. Nearly all words begin no form: `heads` says which do. */
  in(call: IndexedCall, heads: Heads): Hit[] {
    const from = firstWord(call);
    const end = from + wordsIn(call);
    const hits: Hit[] = [];
    for (let entry = from, field = -1, counted = from; entry < end; entry += 1) {
      if (heads[call[entry]! >>> STEM_SHIFT] === 0) continue;
      const place = formAt(call, this.forms, entry, this.slop, end);
      if (!place) continue;
      field += fieldsBegun(call, counted, entry);
      counted = entry + 1;
      hits.push({ first: place.first - from, last: place.last - from, loose: place.loose, kind: kindOfField(call, field) });
    }
    return hits;
  }
}
