import { placesOf, type IndexedCall } from './indexed-call.js';
import type { Form } from './terms.js';
import { breakWidth } from './tokenise.js';

/** A place where a term stands: the words first..last of the call. */
export interface Hit {
  first: number;
  last: number;
  /** Whether a foreign word stands in between. */
  loose: boolean;
}

/** A form in the numbers of a collection. */
export type NumberedForm = Omit<Form, 'stems'> & { stems: number[] };

/** The next place of a phrase's word after word `last`, at most `reach` positions on; -1 where it does not stand there. */
function nextPlace(call: IndexedCall, stem: number | undefined, last: number, reach: number): number {
  // A term that holds a comma itself ("safe, sustainable") wants its two words side by side, whatever mark is between.
  if (reach >= breakWidth) return call.stems[last + 1] === stem ? last + 1 : -1;
  const limit = (call.positions[last] ?? 0) + reach;
  for (let next = last + 1; next < call.stems.length && (call.positions[next] ?? 0) <= limit; next += 1) if (call.stems[next] === stem) return next;
  return -1;
}

/** The phrase that begins at word `first`, if it stands there: each word within its gap, `slop` positions more in all. */
function phraseAt(call: IndexedCall, form: NumberedForm, first: number, slop: number): Hit | null {
  let last = first;
  let left = slop;
  for (let i = 1; i < form.stems.length; i += 1) {
    const gap = form.gaps[i] ?? 1;
    const next = nextPlace(call, form.stems[i], last, gap + left);
    if (next === -1 || call.fieldOf[next] !== call.fieldOf[first]) return null;
    if (form.link === i && call.linked[next] !== 1) return null;
    if (gap < breakWidth) left -= Math.max(0, (call.positions[next] ?? 0) - (call.positions[last] ?? 0) - gap);
    last = next;
  }
  return { first, last, loose: left < slop };
}

/** Every place where one of the forms stands, in the order of the text; of two at one place the stricter. */
export function findForms(call: IndexedCall, forms: NumberedForm[], slop: number): Hit[] {
  const byPlace = new Map<number, Hit>();
  for (const form of forms) {
    const [head] = form.stems;
    if (head === undefined) continue;
    for (const place of placesOf(call, head)) {
      const hit = phraseAt(call, form, place, form.link > 0 || form.stems.length === 1 ? 0 : slop);
      const other = byPlace.get(place);
      if (hit && (!other || (other.loose && !hit.loose))) byPlace.set(place, hit);
    }
  }
  return [...byPlace.values()].sort((a, b) => a.first - b.first);
}
