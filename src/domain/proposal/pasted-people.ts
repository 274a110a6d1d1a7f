/** Somebody on a pasted line. */
export interface PastedPerson { name: string; email: string; competences: string[] }

/** What is wrong on which line, counted from 1: no name with an address, or a competence that the profile does not have. */
export interface LineProblem { line: number; wrong: 'person' | 'competence'; text: string }

const PERSON = /^"?([^"<>]+?)"?\s*<([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+)>$/;

type Read = { person: PastedPerson } | { problem: LineProblem } | null;

function readLine(text: string, line: number, labels: string[]): Read {
  const [who = '', ...named] = text.split(/[;\t]/).map((part) => part.trim()).filter(Boolean);
  if (!who) return null;
  const [, name, email] = PERSON.exec(who) ?? [];
  if (name === undefined || email === undefined) return { problem: { line, wrong: 'person', text: who } };
  const known = named.map((n) => labels.find((label) => label.toLowerCase() === n.toLowerCase()) ?? null);
  const strange = known.indexOf(null);
  if (strange >= 0) return { problem: { line, wrong: 'competence', text: named[strange]! } };
  return { person: { name: name.trim(), email: email.toLowerCase(), competences: [...new Set(known as string[])] } };
}

/**
 * People as they are pasted out of a mail program or a sheet, one a line: `Name <address>; competence; competence`. Competences
 * are the profile's, in any case of letters.
 */
export function pastedPeople(text: string, labels: string[]): { people: PastedPerson[]; problems: LineProblem[] } {
  const read = text.split(/\r?\n/).map((line, i) => readLine(line, i + 1, labels));
  return {
    people: read.flatMap((r) => (r && 'person' in r ? [r.person] : [])),
    problems: read.flatMap((r) => (r && 'problem' in r ? [r.problem] : [])),
  };
}
