/** What is made of a collection as it is: made anew where something in it has changed since. */
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
