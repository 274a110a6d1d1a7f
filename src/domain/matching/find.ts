import { placesOf, type IndexedCall } from './indexed-call.js';
import type { Form } from './terms.js';

/** A place where a term stands: the words first..last of the call. */
export interface Hit {
  first: number;
  last: number;
  /** Whether a foreign word stands in between. */
  loose: boolean;
}

/** A form in the numbers of a collection. */
export type NumberedForm = Omit<Form, 'stems'> & { stems: number[] };

/** The phrase that begins at word `first`, if it stands there: each word within its gap, `slop` positions more in all. */
function phraseAt(call: IndexedCall, form: NumberedForm, first: number, slop: number): Hit | null {
  let last = first;
  let left = slop;
  for (let i = 1; i < form.stems.length; i += 1) {
    const gap = form.gaps[i] ?? 1;
    const from = call.positions[last] ?? 0;
    let next = last + 1;
    while (next < call.stems.length && call.stems[next] !== form.stems[i] && (call.positions[next] ?? 0) - from <= gap + left) next += 1;
    if (next >= call.stems.length || call.stems[next] !== form.stems[i]) return null;
    const over = (call.positions[next] ?? 0) - from - gap;
    if (over > left || (form.link === i && call.linked[next] !== 1)) return null;
    left -= Math.max(0, over);
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
