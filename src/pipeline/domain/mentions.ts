/** Somebody who may be mentioned. */
export interface Mentionable {
  id: string;
  name: string;
}
/** A piece of a text; `person` where it mentions somebody. */
export interface Piece {
  text: string;
  person: string | null;
}

/** A letter or a digit before the sign belongs to an address, and one behind the name to a longer name. */
const WORD = /[\p{L}\p{N}]/u;
const folded = (text: string): string => text.toLowerCase();
const firstOf = (name: string): string => name.split(/\s+/)[0]!;

/**
 * By what people are mentioned, the longest first: their names, and their first names where nobody else has
 * the same.
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

/** A text cut where it mentions somebody by an @ and a name. What names nobody is text like all other. */
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

/** Who is mentioned, each once. */
export const mentionedIn = (text: string, people: Mentionable[]): string[] => [
  ...new Set(piecesOf(text, people).flatMap(({ person }) => person ?? [])),
];
