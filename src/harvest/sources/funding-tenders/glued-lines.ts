/**
 * Between the last letter of a line and the first of the next: where no blank was left between two items of a
 * list, or two paragraphs.
 */
const JOINTS = new RegExp(
  [
    // "in buildings;Scope", "by 2050.However", "solutions”.Foresee"; not "1.The", which is a number and its
    // item.
    String.raw`(?=\p{Lu}\p{Ll})(?<=[\p{Ll})”"’»\]][.;:!?]|\p{N}{4}[.;])`,
    // "projects and EuroHPC.Technology", "across the EU;Improved": behind an abbreviation; what follows a
    // colon may be its own name.
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=\p{Lu}{2}[.;!?])`,
    // "(in GWh/year)Reduction", "DNDPs[1]Number"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=\p{Ll}{2}\)|\p{Lu}\)|\(s\)|\[\d{1,3}\])`,
    // "EV chargersDesign": a word that begins small goes on in no capital, but for names ("bioRxiv",
    // "eHealth"), whose small part is short.
    String.raw`(?=\p{Lu}\p{Ll})(?<=(?<![\p{L}\p{N}])\p{Ll}{4,})`,
    // "of DSOsStrengthened"
    String.raw`(?=\p{Lu}\p{Ll}{2})(?<=(?<![\p{L}\p{N}])\p{Lu}{2,}s)`,
  ].join('|'),
  'gu',
);

/** An address holds capitals and marks where it likes. */
const ADDRESS = /[@=]|:\/\/|www\./;

/**
 * A heading "null", run into the line before it or into its own text, from which the joints have taken it
 * apart.
 */
const NO_HEADING = /(?<![\p{L}\p{N} ])null$/gmu;

/**
 * Text with a line for each item where the portal's own had run them together: many of its topics come with
 * lists that lost their tags, so that the words on either side of a joint are one. A heading "null" goes, as
 * it does where it stands by itself.
 */
export function unglued(text: string): string {
  const apart = text
    .split(/(\s+)/)
    .map((word) => (ADDRESS.test(word) ? word : word.replace(JOINTS, '\n')))
    .join('');
  return apart.replace(NO_HEADING, '').split('\n').filter(Boolean).join('\n');
}
