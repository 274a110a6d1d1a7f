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
    // "natural);demonstrate", "buildings;increase"
    String.raw`(?=\p{Ll}{3})(?<=[\p{Ll}\p{N})];)`,
    // "evaluation processesdescribed in Annex F": the headings of the conditions run into what they refer to
    String.raw`(?=described$)(?<=\p{Ll}{6})`,
    // "of DSOsStrengthened"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=(?<![\p{L}\p{N}])\p{Lu}{2,}s)`,
  ].join('|'),
  'gu',
);

/** Addresses may contain capitals and punctuation anywhere. */
const ADDRESS = /[@=]|:\/\/|www\./;

/** What list items begin with. */
const TO_DO =
  'address analyse assess contribute create define deliver demonstrate design develop enable engage ensure establish evaluate explore identify implement improve increase integrate investigate promote propose provide strengthen support validate'.split(
    ' ',
  );
/** A shorter word may be the beginning of one: "under" of "underdevelop". */
const SHORTEST_END = 6;

/** Splits "ageingdemonstrate" where "ageing" is a word of the text, and an item begins with the other. */
function beforeItem(word: string, words: ReadonlySet<string>): string {
  const begins = TO_DO.find((verb) => word.endsWith(verb));
  const end = begins === undefined ? '' : word.slice(0, -begins.length);
  return end.length >= SHORTEST_END && words.has(end) ? `${end}\n${begins}` : word;
}

/** A heading "null" that was joined to the line before it or to its own text, after the split. */
const NO_HEADING = /(?<![\p{L}\p{N} ])null$/gmu;

/**
 * Splits text that the portal has run together into one line per item: many topics come with lists that lost
 * their tags, so that the words on either side of a joint are one. A heading "null" is removed, as it is on
 * its own.
 */
export function unglued(text: string): string {
  const words = new Set(text.match(/\p{L}+/gu));
  const apart = text
    .split(/(\s+)/)
    .map((word) => (ADDRESS.test(word) ? word : beforeItem(word, words).replace(JOINTS, '\n')))
    .join('');
  return apart.replace(NO_HEADING, '').split('\n').filter(Boolean).join('\n');
}
