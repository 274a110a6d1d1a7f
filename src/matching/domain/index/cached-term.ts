import { FormFinder, type NumberedForm } from './phrase-matcher.js';
import { HitList } from './hit-list.js';
import type { Form, Term } from '../analysis/terms.js';

/** Where a term occurs: at all places of these stems and at these phrase hits; in how many calls. */
export interface Whereabouts {
  readonly singles: readonly number[];
  readonly hits: HitList;
  readonly calls: number;
}

/** A term to look up; `slop`: the number of foreign words allowed in a phrase. */
export interface TermQuery {
  term: Term;
  slop: number;
}

/** A term that was looked up, with its forms in the collection's numbers. */
export class CachedTerm implements Whereabouts {
  readonly hits = new HitList();
  calls = 0;
  /** The forms whose stems are all in the collection, in the term's order. */
  usable: NumberedForm[] = [];
  singles: number[] = [];
  finder = new FormFinder([], 0);
  private readonly numbered: (NumberedForm | null)[];

  constructor(
    readonly forms: Form[],
    private readonly slop: number,
  ) {
    this.numbered = forms.map(() => null);
  }

  use(index: number, form: NumberedForm): void {
    this.numbered[index] = form;
    this.usable = this.numbered.filter((f) => f !== null);
    this.finder = new FormFinder(this.usable, this.slop);
    this.singles = [...new Set(this.usable.flatMap((f) => (f.stems.length === 1 ? f.stems : [])))];
  }
}
