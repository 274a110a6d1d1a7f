/**
 * Returns how many letters to add, remove, change or swap with a neighbour to turn one word into the other.
 * People swap letters: fastest-levenshtein counts that twice. damerau-levenshtein gives the same numbers in
 * the same time, but would be the kernel's only package, for these few lines. Infinity above `most`, at
 * which it stops: comparing long texts is slow.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const oneSlip = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      row[j] = swapped ? Math.min(oneSlip, beforeLast[j - 2]! + 1) : oneSlip;
    }
    if (Math.min(...row) > most) return Infinity;
    [beforeLast, last] = [last, row];
  }
  return last[b.length]! > most ? Infinity : last[b.length]!;
}

const mostSlips = (candidate: string): number => Math.min(2, Math.floor(candidate.length / 4) || 1);

/**
 * Returns the known word that was probably meant; short words allow fewer slips, since most words of four
 * letters are near each other.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const slips = (candidate: string): number =>
    editDistance(word.toLowerCase(), candidate.toLowerCase(), mostSlips(candidate));
  const near = known
    .map((candidate) => ({ candidate, distance: slips(candidate) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.candidate;
}
