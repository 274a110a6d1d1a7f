import { type Labelled, labelsOf } from '../../profiles/domain/index.js';

/** Somebody on a pasted line. */
export interface PastedPerson {
  name: string;
  email: string;
  competences: string[];
}

/**
 * What is wrong on which line, counted from 1: too long to be one person, no name with an address, a
 * competence that the profile does not have, somebody who wants no calls proposed, or from there on more
 * people than are taken at once.
 */
export interface LineProblem {
  line: number;
  wrong: 'long' | 'person' | 'competence' | 'objects' | 'many';
  text: string;
}

export const MOST_PEOPLE = 500;
const LONGEST_LINE = 600;
/** So much of a line that is too long tells which one it is. */
const SHOWN = 60;

const PERSON = /^"?([^"<>]+?)"? ?<([^\s<>]+)>$/;

/** With single spaces: what is pasted is often set with others. */
const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

interface Line {
  line: number;
  text: string;
}
type Read = { person: PastedPerson } | { problem: LineProblem };

/** What a line is held against. */
interface Judged {
  competences: Labelled[];
  /** Whether name and address are such as can be kept. */
  sound: (person: PastedPerson) => boolean;
  /** Addresses of people who want no calls from the institute. */
  objecting: ReadonlySet<string>;
}

function readLine({ line, text }: Line, { competences, sound, objecting }: Judged): Read {
  if (text.length > LONGEST_LINE)
    return { problem: { line, wrong: 'long', text: `${text.slice(0, SHOWN)}…` } };
  const [who = '', ...named] = text.split(/[;\t]/).map(folded).filter(Boolean);
  const known = named.map(
    (n) =>
      competences.find((c) => labelsOf(c).some((label) => folded(label).toLowerCase() === n.toLowerCase()))
        ?.label ?? null,
  );
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

/** Each address once: of two lines the first one's name, and the competences of both. */
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
 * People as they are pasted out of a mail program or a sheet, one a line: `Name <address>; competence;
 * competence`. Competences are the profile's, in either language and in any case of letters.
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
  const read = lines.map((line) => readLine(line, judged));
  return {
    people: together(read.flatMap((r) => ('person' in r ? [r.person] : []))),
    problems: read.flatMap((r) => ('problem' in r ? [r.problem] : [])),
  };
}
