import type { Piece } from '../versions/text-diff.js';

/**
 * As much of a difference as a page shows: all of it, or its first so many characters, cut between two pieces
 * or, within one that is longer than that, between two words. `whole` says whether it is all.
 */
export function shortDiff(pieces: Piece[], most: number): { pieces: Piece[]; whole: boolean } {
  const shown: Piece[] = [];
  let left = most;
  for (const piece of pieces) {
    if (piece.text.length <= left) {
      shown.push(piece);
      left -= piece.text.length;
      continue;
    }
    const cut = piece.text.lastIndexOf(' ', left);
    if (cut > 0) shown.push({ ...piece, text: `${piece.text.slice(0, cut)}…` });
    return { pieces: shown, whole: false };
  }
  return { pieces: shown, whole: true };
}
