import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

interface ChanceFailure {
  test: string;
  seen: string;
  cause: string;
  mended?: string;
}

/** The list may grow only by failures that have been fixed. */
const KNOWN = 30;

describe('the list of tests that failed by chance', () => {
  const all = parse(readFileSync(resolve(__dirname, '../chance-failures.yaml'), 'utf8')) as ChanceFailure[];

  it('holds none that is not mended', () => {
    expect(all.filter((failure) => !failure.mended).map((failure) => failure.test)).toEqual([]);
  });

  it('says of each where, when and why, and is as long as it was', () => {
    for (const failure of all)
      expect(failure).toEqual({
        test: expect.any(String),
        seen: expect.stringMatching(/^\d{4}-\d\d/),
        cause: expect.any(String),
        mended: expect.any(String),
      });
    expect(all).toHaveLength(KNOWN);
  });
});
