/** Returns a copy of the text: a substring keeps the whole text it was cut from in memory. */
export const flattenString = (piece: string): string => Array.from(piece).join('');
