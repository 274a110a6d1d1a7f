/**
 * Matches between the last letter of a line and the first of the next, where list items or paragraphs were
 * joined without a space.
 */
const JOINTS = new RegExp(
  [
    // "in buildings;Scope", "by 2050.However", "solutions”.Foresee"; not "1.The", which is a number and its
    // item.
    String.raw`(?=\p{Lu}\p{Ll})(?<=[\p{Ll})”"’»\]][.;:!?]|\p{N}{4}[.;])`,
    // "projects and EuroHPC.Technology", "across the EU;Improved": after an abbreviation; the word after a
    // colon may be a name of its own.
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=\p{Lu}{2}[.;!?])`,
    // "(in GWh/year)Reduction", "DNDPs[1]Number"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=\p{Ll}{2}\)|\p{Lu}\)|\(s\)|\[\d{1,3}\])`,
    // "EV chargersDesign": a word in lower case does not continue with a capital, except names ("bioRxiv",
    // "eHealth"), whose lower-case part is short.
    String.raw`(?=\p{Lu}\p{Ll})(?<=(?<![\p{L}\p{N}])\p{Ll}{4,})`,
    // "of DSOsStrengthened"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=(?<![\p{L}\p{N}])\p{Lu}{2,}s)`,
  ].join('|'),
  'gu',
);

/** Addresses may contain capitals and punctuation anywhere. */
const ADDRESS = /[@=]|:\/\/|www\./;

/** A heading "null" that was joined to the line before it or to its own text, after the split. */
const NO_HEADING = /(?<![\p{L}\p{N} ])null$/gmu;

/**
 * Splits text that the portal has run together into one line per item: many topics come with lists that lost
 * their tags, so that the words on either side of a joint are one. A heading "null" is removed, as it is on
 * its own.
 */
export function unglued(text: string): string {
  const apart = text
    .split(/(\s+)/)
    .map((word) => (ADDRESS.test(word) ? word : word.replace(JOINTS, '\n')))
    .join('');
  return apart.replace(NO_HEADING, '').split('\n').filter(Boolean).join('\n');
}
