/** What names somebody in a text: the names that they bore, and their address. */
export interface Traces {
  names: readonly string[];
  addresses: readonly string[];
}

/** How a text is stored: as people read it, as a page, as the query of an address, or as JSON. */
export type Shape = 'text' | 'html' | 'query' | 'json';

/** A text without somebody, and the words around each place that named them. */
export interface Erased<T> {
  value: T;
  around: string[];
}

interface Range {
  from: number;
  to: number;
}

/** Stands for an erased name. */
export const GONE = '–';

/** How many characters are shown before and after. */
const AROUND = 40;
/** The members of JSON in which people write, or that show what they wrote. */
const FREE =
  /^(label|labels|line|text|acronym|leadName|partners|proposalNumber|wanted|name|description|keywords|exclusions|competences|heading|title|subject|summary|researcher|word|says|fallbackText|file|sheet|others|headings|rows)$/;
/** Members that stand in free ones and are read by programs. */
const FIXED = /^(id|uid|email|type|language|weight|url|href)$/;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
/** Characters that a page writes otherwise. */
const SPELT: Record<string, string> = {
  '&': '(?:&amp;|&)',
  "'": "(?:&#39;|&#x27;|&apos;|['’])",
  '’': "(?:&#39;|&#x27;|&apos;|['’])",
  '"': '(?:&quot;|")',
  '<': '(?:&lt;|<)',
  '>': '(?:&gt;|>)',
};
/** An accent may be a letter of its own (NFD), as in texts from a Mac. */
const accented = (char: string): string => {
  const apart = char.normalize('NFD');
  return apart === char ? escaped(char) : `(?:${char}|${apart})`;
};
const spelt = (word: string): string =>
  [...word.normalize('NFC')].map((char) => SPELT[char] ?? accented(char)).join('');

/**
 * A name as a whole word: not in a longer one, nor before a hyphen in a double name; "Ada's" and "d'Ada" name
 * Ada. Several words are found however they are written and wrapped; one alone only as it is, since it may be
 * a common word.
 */
function nameFinder(name: string): RegExp {
  const words = name.trim().split(/\s+/);
  return new RegExp(
    `(?<![\\p{L}\\p{N}\\p{M}_])(?<![\\p{L}\\p{N}]-)${words.map(spelt).join('(?:\\s|&nbsp;)+')}(?![\\p{L}\\p{N}\\p{M}_]|-[\\p{L}\\p{N}]|['’](?!s(?![\\p{L}]))\\p{L})`,
    words.length > 1 ? 'giu' : 'gu',
  );
}

/** An address, also as the query of a link spells it, and not as part of a longer one. */
const addressFinder = (address: string): RegExp =>
  new RegExp(
    `(?<![\\p{L}\\p{N}._%+-])${escaped(address).replace('@', '(?:@|%40)')}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`,
    'giu',
  );

const rangesOf = (text: string, finders: RegExp[]): Range[] =>
  finders.flatMap((finder) =>
    [...text.matchAll(finder)].map((match) => ({ from: match.index, to: match.index + match[0].length })),
  );

/** Where a page has tags: what stands in them is no text. */
const tagsIn = (html: string): Range[] =>
  [...html.matchAll(/<[^<>]*>/g)].map((match) => ({ from: match.index, to: match.index + match[0].length }));

/** Replaces these places, and shows what stands around each. */
function replaced(text: string, ranges: Range[]): Erased<string> {
  const sorted = [...ranges].sort((a, b) => a.from - b.from || b.to - a.to);
  const [around, parts]: [string[], string[]] = [[], []];
  let at = 0;
  for (const { from, to } of sorted) {
    if (from < at) continue;
    parts.push(text.slice(at, from), GONE);
    const [before, after] = [text.slice(Math.max(0, from - AROUND), from), text.slice(to, to + AROUND)];
    around.push(
      `${from > AROUND ? '…' : ''}${before}[${text.slice(from, to)}]${after}${to + AROUND < text.length ? '…' : ''}`
        .replace(/\s+/g, ' ')
        .trim(),
    );
    at = to;
  }
  return { value: parts.join('') + text.slice(at), around };
}

export class TraceFinder {
  private readonly names: RegExp[];
  private readonly addresses: RegExp[];

  private readonly own: string[];

  constructor({ names, addresses }: Traces) {
    this.own = addresses.map((address) => address.toLowerCase());
    // Longest first, so that no part of one is left.
    const longest = [...names].filter((name) => name.trim()).sort((a, b) => b.length - a.length);
    this.names = longest.map(nameFinder);
    this.addresses = addresses.filter(Boolean).map(addressFinder);
  }

  /** Erases them from a text; `also`: further places that name them. */
  inText(text: string, also: Range[] = []): Erased<string> {
    return replaced(text, [...rangesOf(text, [...this.names, ...this.addresses]), ...also]);
  }

  /** The same where words between tags are read, and attributes only hold an address. */
  inHtml(html: string): Erased<string> {
    const named = rangesOf(html, this.names);
    const tags = named.length ? tagsIn(html) : [];
    const read = named.filter(({ from, to }) => !tags.some((tag) => from < tag.to && tag.from < to));
    return replaced(html, [...read, ...rangesOf(html, this.addresses)]);
  }

  /** The same in the values of a query. */
  inQuery(query: string): Erased<string> {
    const around: string[] = [];
    const values = [...new URLSearchParams(query)].map(([name, value]): [string, string] => {
      const erased = this.inText(value);
      around.push(...erased.around);
      return [name, erased.value];
    });
    return { value: around.length ? new URLSearchParams(values).toString() : query, around };
  }

  /** The same in the members of JSON in which people write; an address in any. */
  inJson(value: unknown, free = false): Erased<unknown> {
    if (typeof value === 'string') {
      if (free) return this.inText(value);
      return replaced(value, rangesOf(value, this.addresses));
    }
    if (typeof value !== 'object' || value === null) return { value, around: [] };
    const around: string[] = [];
    const inMember = (member: unknown, isFree: boolean): unknown => {
      const erased = this.inJson(member, isFree);
      around.push(...erased.around);
      return erased.value;
    };
    const copy = Array.isArray(value)
      ? value.filter((member) => !this.isAbout(member)).map((member) => inMember(member, free))
      : Object.fromEntries(
          Object.entries(value).map(([key, member]) => [
            key,
            inMember(member, (free || FREE.test(key)) && !FIXED.test(key)),
          ]),
        );
    return { value: copy, around };
  }

  /** Whether a member of a list is about them, as a contact is: it goes as a whole. */
  private isAbout(member: unknown): boolean {
    const email = (member as { email?: unknown } | null)?.email;
    return typeof email === 'string' && this.own.includes(email.toLowerCase());
  }
}
