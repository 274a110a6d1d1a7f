import { isHollow } from './draft-words.js';

/** A piece of a description about one subject, with its heading. */
export interface Block {
  label: string | null;
  text: string;
}

interface Line {
  kind: 'heading' | 'bullet' | 'text';
  text: string;
}

const BULLET = /^(?:[-–—•*·▪◦‣●➢✓]|\d{1,2}[.)]|[a-z]\))\s*(?=\S)/;
const LONGEST_HEADING = 90;
const SHORTEST_NAME = 3;
/** A shorter paragraph is a sentence surrounded by white space. */
const LONG_PARAGRAPH = 160;
/** Between two sentences, but not after an abbreviation or an initial. */
const BETWEEN_SENTENCES =
  /(?<=[.!?])(?<!\b(?:[Ee]\.g|[Ii]\.e|[Ee]x|[Cc]f|vs|etc|[A-Z])\.)\s+(?=[\p{Lu}\d«“"])/u;

const words = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
/** "Our competences", « Domaines d'expertise »: a heading that names no subject. */
const saysNothing = (heading: string): boolean =>
  words(heading)
    .flatMap((w) => w.split(/['’]/))
    .every(isHollow);

function linesOf(text: string): Line[] {
  const raw = text.split(/\r?\n/).map((l) => l.trim());
  const filled = raw.filter(Boolean);
  const isList = filled.length > 2 && filled.every((l) => l.length <= LONGEST_HEADING);
  return raw.flatMap((line, i): Line[] => {
    if (!line) return [];
    if (/^#{1,6}\s/.test(line))
      return [
        {
          kind: 'heading',
          text: line
            .replace(/^#+\s*/, '')
            .replace(/(?<!#)#+$/, '')
            .trimEnd()
            .replaceAll('**', ''),
        },
      ];
    if (BULLET.test(line)) return [{ kind: 'bullet', text: line.replace(BULLET, '') }];
    let after = i + 1;
    while (after < raw.length && !raw[after]) after += 1;
    const next = raw[after];
    return [
      {
        kind: isHeading(line, next) ? 'heading' : isList ? 'bullet' : 'text',
        text: line,
      },
    ];
  });
}

const isHeading = (line: string, next: string | undefined): boolean =>
  next !== undefined &&
  line.length <= LONGEST_HEADING &&
  !/[.;,!?]$/.test(line) &&
  (/:$/.test(line) || next.length > LONGEST_HEADING || BULLET.test(next));

interface Section {
  heading: string | null;
  lines: Line[];
}

function sectionsOf(lines: Line[]): Section[] {
  const sections: Section[] = [{ heading: null, lines: [] }];
  for (const line of lines) {
    if (line.kind === 'heading') sections.push({ heading: line.text.replace(/:$/, '').trimEnd(), lines: [] });
    else sections.at(-1)!.lines.push(line);
  }
  return sections.filter((s) => s.lines.length > 0);
}

/** "Batteries: cells and packs", "Batteries – cells and packs": the first part is the name. */
function bullet(text: string): Block {
  const parting = /:|\s[–—-]\s/.exec(text.slice(0, LONGEST_HEADING + 5));
  const [name, rest] = parting
    ? [text.slice(0, parting.index).trim(), text.slice(parting.index + parting[0].length).trim()]
    : ['', ''];
  if (name.length >= SHORTEST_NAME && name.length <= LONGEST_HEADING && !/[–—.]/.test(name) && rest)
    return { label: name, text: rest };
  const short = text.length <= LONGEST_HEADING;
  return { label: short ? text.replace(/(?<![.;,])[.;,]+$/, '') : null, text: short ? '' : text };
}

const joined = (lines: Line[]): string => lines.map((l) => l.text).join('\n');

/** Splits prose into paragraphs if several are long, otherwise into sentences. */
function prose(text: string): Block[] {
  const paragraphs = text.split('\n').filter((p) => p.length >= LONG_PARAGRAPH);
  const pieces =
    paragraphs.length > 2 ? paragraphs : text.split('\n').flatMap((p) => p.split(BETWEEN_SENTENCES));
  return pieces.map((p) => ({ label: null, text: p.trim() }));
}

function blocksOfSection({ heading, lines }: Section): Block[] {
  const bullets = lines.filter((l) => l.kind === 'bullet');
  if (heading !== null && !saysNothing(heading)) return [{ label: heading, text: joined(lines) }];
  // The introduction of a list ("we work on:") is not a subject.
  return bullets.length > 1 ? bullets.map((b) => bullet(b.text)) : prose(joined(lines));
}

/** Splits a description into pieces: by headings, lists, paragraphs or, failing those, sentences. */
export function blocksOf(description: string): Block[] {
  const sections = sectionsOf(linesOf(description));
  const named = sections.filter((s) => s.heading !== null && !saysNothing(s.heading));
  // A single heading is the title of the whole text.
  const plain = named.length === 1 ? sections.map((s) => ({ ...s, heading: null })) : sections;
  const listed = plain.filter(
    (s) => (named.length > 1 && named.includes(s)) || s.lines.filter((l) => l.kind === 'bullet').length > 1,
  );
  // Next to lists and headings, prose describes the institute as a whole.
  return (listed.length ? listed : plain).flatMap(blocksOfSection);
}
