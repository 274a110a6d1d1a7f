import { createHash } from 'node:crypto';

/**
 * How many rows a table has, and a sum over all of them that does not ask for their order: no two servers
 * store them in the same one.
 */
export class RowSum {
  rows = 0;
  private high = 0n;
  private low = 0n;

  readonly add = (row: Buffer): void => {
    const hash = createHash('sha256').update(row).digest();
    this.rows += 1;
    this.high = BigInt.asUintN(64, this.high + hash.readBigUInt64BE(0));
    this.low = BigInt.asUintN(64, this.low + hash.readBigUInt64BE(8));
  };

  get sum(): string {
    return [this.high, this.low].map((half) => half.toString(16).padStart(16, '0')).join('');
  }
}
