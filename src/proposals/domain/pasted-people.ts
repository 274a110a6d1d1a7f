import { type Labelled, labelsOf } from '../../profiles/domain/names-in.js';

export interface PastedPerson {
  name: string;
  email: string;
  competences: string[];
}

/**
 * An error on a line, counted from 1: too long for one person, no name with an address, a competence that the
 * profile does not have, a person who objected to proposals, or the first line beyond the most people
 * accepted at once.
 */
export interface LineProblem {
  line: number;
  wrong: 'long' | 'person' | 'competence' | 'objects' | 'many';
  text: string;
}

export const MOST_PEOPLE = 500;
const LONGEST_LINE = 600;
/** How much of an overlong line is shown to identify it. */
const SHOWN = 60;

const PERSON = /^"?([^"<>]+?)"? ?<([^\s<>]+)>$/;

/** Collapses whitespace: pasted text often contains other kinds of spaces. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface Line {
  line: number;
  text: string;
}
type Read = { person: PastedPerson } | { problem: LineProblem };

/** What lines are checked against. */
interface Judged {
  competences: Labelled[];
  /** Whether name and address are valid. */
  sound: (person: PastedPerson) => boolean;
  /** Addresses of people who want no calls from the institute. */
  objecting: ReadonlySet<string>;
}

/** A competence's own label by each of its names; of two with one name, the first. */
const labelsByName = (competences: Labelled[]): Map<string, string> =>
  new Map(
    competences
      .flatMap((c) => labelsOf(c).map((name) => [folded(name).toLowerCase(), c.label] as const))
      .reverse(),
  );

function readLine(
  { line, text }: Line,
  labels: Map<string, string>,
  { sound, objecting }: Omit<Judged, 'competences'>,
): Read {
  if (text.length > LONGEST_LINE)
    return { problem: { line, wrong: 'long', text: `${text.slice(0, SHOWN)}…` } };
  const [who = '', ...named] = text.split(/[;\t]/).map(folded).filter(Boolean);
  const known = named.map((name) => labels.get(name.toLowerCase()) ?? null);
  const [, name = '', email = ''] = PERSON.exec(who) ?? [];
  const person = {
    name: name.trim(),
    email: email.toLowerCase(),
    competences: [...new Set(known.filter((label) => label !== null))],
  };
  if (!sound(person)) return { problem: { line, wrong: 'person', text: who } };
  if (objecting.has(person.email)) return { problem: { line, wrong: 'objects', text: who } };
  const strange = known.indexOf(null);
  return strange >= 0 ? { problem: { line, wrong: 'competence', text: named[strange]! } } : { person };
}

/** Merges lines with the same address: the first name, and the competences of all. */
function together(people: PastedPerson[]): PastedPerson[] {
  const byEmail = new Map<string, PastedPerson>();
  for (const person of people) {
    const first = byEmail.get(person.email) ?? person;
    byEmail.set(person.email, {
      ...first,
      competences: [...new Set([...first.competences, ...person.competences])],
    });
  }
  return [...byEmail.values()];
}

/**
 * Parses people pasted from a mail program or a spreadsheet, one per line: `Name <address>; competence;
 * competence`. Competences are those of the profile, in either language and any case.
 */
export function pastedPeople(
  text: string,
  judged: Judged,
): { people: PastedPerson[]; problems: LineProblem[] } {
  const lines = text
    .split(/\r?\n/)
    .map((told, i) => ({ line: i + 1, text: told }))
    .filter((l) => /[^\s;]/.test(l.text));
  const beyond = lines[MOST_PEOPLE];
  if (beyond) return { people: [], problems: [{ line: beyond.line, wrong: 'many', text: '' }] };
  const labels = labelsByName(judged.competences);
  const read = lines.map((line) => readLine(line, labels, judged));
  return {
    people: together(read.flatMap((r) => ('person' in r ? [r.person] : []))),
    problems: read.flatMap((r) => ('problem' in r ? [r.problem] : [])),
  };
}
