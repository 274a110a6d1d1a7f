export interface Mentionable {
  id: string;
  name: string;
}
/** A piece of a text; `person` is set if it mentions somebody. */
export interface Piece {
  text: string;
  person: string | null;
}

/** A letter or digit before the @ means an e-mail address, one after the name means a longer name. */
const WORD = /[\p{L}\p{N}]/u;
const folded = (text: string): string => text.toLowerCase();
const firstOf = (name: string): string => name.split(/\s+/)[0]!;

/**
 * The names people can be mentioned by, longest first: full names, and first names that only one person has.
 */
function callNames(people: Mentionable[]): { called: string; id: string }[] {
  const first = people.map(({ name }) => folded(firstOf(name)));
  const alone = people.filter((_, i) => first.filter((other) => other === first[i]).length === 1);
  return [
    ...people.map(({ id, name }) => ({ called: folded(name), id })),
    ...alone.map(({ id, name }) => ({ called: folded(firstOf(name)), id })),
  ]
    .filter(({ called }) => called !== '')
    .sort((a, b) => b.called.length - a.called.length);
}

/** Splits a text at its mentions (an @ and a name). An @ without a known name is ordinary text. */
export function piecesOf(text: string, people: Mentionable[]): Piece[] {
  const names = callNames(people);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (at > 0 && WORD.test(text[at - 1]!)) continue;
    const found = names.find(
      ({ called }) =>
        folded(text.slice(at + 1, at + 1 + called.length)) === called &&
        !WORD.test(text.charAt(at + 1 + called.length)),
    );
    if (!found) continue;
    const end = at + 1 + found.called.length;
    if (at > from) pieces.push({ text: text.slice(from, at), person: null });
    pieces.push({ text: text.slice(at, end), person: found.id });
    from = end;
  }
  return from < text.length ? [...pieces, { text: text.slice(from), person: null }] : pieces;
}

/** The ids of the people mentioned, without duplicates. */
export const mentionedIn = (text: string, people: Mentionable[]): string[] => [
  ...new Set(piecesOf(text, people).flatMap(({ person }) => person ?? [])),
];
