/**
 * Whether what has to be proved only once is tested as a whole, as before a release: `.ci/release` sets
 * RELEASE=1. Otherwise it is sampled or left out, which is said.
 */
export const RELEASE = process.env['RELEASE'] === '1';

const said = new Set<string>();
function leftOut(what: string): void {
  if (!said.has(what)) process.stderr.write(`\nLEFT OUT until a release (RELEASE=1): ${what}\n`);
  said.add(what);
}

/** Returns all of them before a release, and otherwise those that stand for them. */
export function sampled<T>(
  what: string,
  all: readonly T[],
  standsForThem: (one: T, at: number) => boolean,
): T[] {
  if (RELEASE) return [...all];
  const some = all.filter(standsForThem);
  if (some.length < all.length) leftOut(`${what}: ${all.length - some.length} of ${all.length}`);
  return some;
}

/** Returns a number that is larger before a release. */
export function times(what: string, usual: number, beforeRelease: number): number {
  if (!RELEASE) leftOut(`${what}: ${beforeRelease - usual} of ${beforeRelease}`);
  return RELEASE ? beforeRelease : usual;
}

/** Runs tests before a release alone. */
export const beforeRelease = (why: string): jest.Describe => {
  if (!RELEASE) leftOut(why);
  return RELEASE ? describe : describe.skip;
};

/** The first stands for all. */
export const first = (_: unknown, at: number): boolean => at === 0;
/** Every nth stands for all. */
export const everyNth =
  (n: number) =>
  (_: unknown, at: number): boolean =>
    at % n === 0;
