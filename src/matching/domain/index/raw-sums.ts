/** What the competences of a profile bring to each call, put together: the best counts 1, the next ones s, s², … */
export class RawSums {
  private readonly heads: Int32Array;
  private readonly before: number[] = [0];
  private readonly raws: number[] = [0];
  private readonly numbers: number[] = [];

  constructor(end: number) {
    this.heads = new Int32Array(end);
  }

  add(number: number, raw: number): void {
    if (this.heads[number] === 0) this.numbers.push(number);
    this.before.push(this.heads[number]!);
    this.raws.push(raw);
    this.heads[number] = this.raws.length - 1;
  }

  /** Writes the sums to where each call has its number. */
  into(sums: Float64Array, second: number): void {
    for (const number of this.numbers) {
      const own: number[] = [];
      for (let at = this.heads[number]!; at !== 0; at = this.before[at]!) own.push(this.raws[at]!);
      if (own.length > 1) own.sort((a, b) => b - a);
      sums[number] = own.reduce((sum, raw, rank) => sum + raw * second ** rank, 0);
    }
  }
}
