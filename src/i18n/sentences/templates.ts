/** Placeholders: kept as it is, always translated, or translated if possible. */
type Place = '{}' | '{e}' | '{v}';
interface Template {
  parts: string[];
  places: Place[];
  said: string[];
}
export type Sentences = Record<string, string>;

const PLACE = /\{[ev]?\}/g;

/** Sentences without placeholders come first, because they match exactly. */
const templatesOf = (sentences: Sentences): Template[] =>
  Object.entries(sentences)
    .map(([english, said]) => ({
      parts: english.split(PLACE),
      places: [...english.matchAll(PLACE)].map(([place]) => place as Place),
      said: said.split(PLACE),
    }))
    .sort((a, b) => Math.min(1, a.places.length) - Math.min(1, b.places.length));

/** Returns the values at a sentence's placeholders; null if the text does not match. */
function heldBy(parts: string[], text: string): string[] | null {
  const [first, ...rest] = parts as [string, ...string[]];
  if (!rest.length) return text === first ? [] : null;
  const last = rest.pop()!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return null;
  const [held, end] = [[] as string[], text.length - last.length];
  let at = first.length;
  for (const part of rest) {
    const next = text.indexOf(part, at);
    if (next < 0 || next + part.length > end) return null;
    held.push(text.slice(at, next));
    at = next + part.length;
  }
  return [...held, text.slice(at, end)];
}

/**
 * Translates a text with the first sentence that matches; undefined if none does. `quoted` formats values in
 * quotes.
 */
export function translatorOf(
  sentences: Sentences,
  quoted: (value: string) => string,
): (text: string) => string | undefined {
  const templates = templatesOf(sentences);
  const translated = (text: string): string | undefined => {
    for (const { parts, places, said } of templates) {
      const held = heldBy(parts, text);
      if (!held) continue;
      const values = held.map(
        (value, i) =>
          (places[i] === '{}' ? undefined : translated(value)) ??
          (places[i] === '{e}' ? undefined : quoted(value)),
      );
      if (values.some((value) => value === undefined)) continue;
      return said.map((part, i) => (i < said.length - 1 ? part + values[i]! : part)).join('');
    }
    return undefined;
  };
  return translated;
}
