/** A value derived from a collection, recomputed when the collection has changed. */
export class MemoizedByVersion<T> {
  private last: { state: number; made: T } | undefined;

  constructor(
    private readonly collection: { readonly state: number },
    private readonly make: () => T,
  ) {}

  get(): T {
    const { state } = this.collection;
    if (this.last?.state !== state) this.last = { state, made: this.make() };
    return this.last.made;
  }
}
