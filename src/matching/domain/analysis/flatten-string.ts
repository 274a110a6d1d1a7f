/**
 * The same text, held apart from the one that it was cut out of: a piece of a text keeps the whole text in
 * memory for as long as it is remembered itself.
 */
export const flattenString = (piece: string): string => Array.from(piece).join('');
