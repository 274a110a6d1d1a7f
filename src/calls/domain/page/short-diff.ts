import type { Piece } from '../versions/text-diff.js';

/**
 * Shortens a difference for a page: all of it, or its first `most` characters, cut between two pieces or,
 * within a longer piece, between two words. `whole` says whether nothing was cut.
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
